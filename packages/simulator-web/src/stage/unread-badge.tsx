import { useTranslation } from "react-i18next";
import styles from "./unread-badge.module.css";

/** How many messages wait, on the corner of whatever it stands in; nothing when none does. */
export function UnreadBadge({ count }: { count: number }) {
  const { t } = useTranslation();
  if (count === 0) {
    return null;
  }
  return (
    <span key={count} className={styles.badge}>
      <span aria-hidden="true">{count > 99 ? "99+" : count}</span>
      <span className="visually-hidden">{t("rail.unread", { count })}</span>
    </span>
  );
}
