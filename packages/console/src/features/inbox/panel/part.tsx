import type { ReactNode } from "react";
import styles from "./context-panel.module.css";

/** A part of the panel with its heading; nothing when it is empty. */
export function Part(props: {
  title: string;
  isEmpty?: boolean;
  aside?: ReactNode;
  children: ReactNode;
}) {
  const { title, isEmpty = false, aside, children } = props;
  if (isEmpty) return null;
  return (
    <section className={styles.part}>
      <h3>
        {title}
        {aside}
      </h3>
      {children}
    </section>
  );
}
