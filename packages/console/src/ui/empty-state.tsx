import type { TablerIcon } from "@tabler/icons-react";
import type { ReactNode } from "react";
import styles from "./empty-state.module.css";

/** What a list shows when it is empty: why, and what to do next. `children` are the buttons for it. */
export function EmptyState(props: {
  icon: TablerIcon;
  title: string;
  text?: string;
  children?: ReactNode;
}) {
  const { icon: Icon, title, text, children } = props;
  return (
    <div className={styles.empty} data-testid="empty">
      <Icon size={26} stroke={1.4} className={styles.icon} aria-hidden />
      <h2 className={styles.title}>{title}</h2>
      {text !== undefined && <p className={styles.text}>{text}</p>}
      {children !== undefined && <div className={styles.act}>{children}</div>}
    </div>
  );
}
