import styles from "./supervisor-page.module.css";

/** For a table that is wider than a telephone: it scrolls by keys too, and its edge says that there is more. */
export const SCROLL_BY_KEYS = {
  viewportProps: { tabIndex: 0 },
  classNames: { viewport: styles.wide ?? "" },
} as const;
