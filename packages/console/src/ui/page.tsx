import { IconChevronLeft } from "@tabler/icons-react";
import { Link, type LinkProps } from "@tanstack/react-router";
import type { ReactNode } from "react";
import styles from "./page.module.css";

/**
 * A page with a head: its name, a sentence on what it is for, and what can be done on it. `wide` lets tables have the whole
 * width; without it, text and forms keep a measure that can be read.
 */
export function Page(props: {
  title: ReactNode;
  about?: string | undefined;
  actions?: ReactNode;
  /** Between head and content: tabs or filters. */
  tools?: ReactNode;
  wide?: boolean;
  /** On a page of one thing: the list that it stands in. */
  back?: Pick<LinkProps, "to" | "params"> & { label: string };
  children: ReactNode;
}) {
  const { title, about, actions, tools, wide = false, back, children } = props;
  return (
    <div className={styles.page} data-wide={wide}>
      {back !== undefined && (
        <Link to={back.to} params={back.params} className={styles.back}>
          <IconChevronLeft size={14} aria-hidden />
          {back.label}
        </Link>
      )}
      <header className={styles.head}>
        <div className={styles.names}>
          <h1 className={styles.title}>{title}</h1>
          {about !== undefined && <p className={styles.about}>{about}</p>}
        </div>
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </header>
      {tools !== undefined && <div className={styles.tools}>{tools}</div>}
      <div className={styles.content}>{children}</div>
    </div>
  );
}

/** A part of a page: a name and a sentence at the left, its content at the right; one below the other on a telephone. */
export function PageSection(props: {
  title: ReactNode;
  about?: string | undefined;
  children: ReactNode;
}) {
  const { title, about, children } = props;
  return (
    <section className={styles.section}>
      <div>
        <h2 className={styles.sectionTitle}>{title}</h2>
        {about !== undefined && <p className={styles.about}>{about}</p>}
      </div>
      <div className={styles.sectionContent}>{children}</div>
    </section>
  );
}
