import { useTranslation } from "react-i18next";
import styles from "./day-separator.module.css";
import { daysAgo } from "./thread-layout.ts";

/** The day of the bubbles below it, stuck to the top while they scroll by. */
export function DaySeparator({ at }: { at: string }) {
  const { t, i18n } = useTranslation();
  const ago = daysAgo(at);
  const date = new Intl.DateTimeFormat(i18n.language, { dateStyle: ago < 300 ? "full" : "long" });
  const name =
    ago === 0
      ? t("telephone.today")
      : ago === 1
        ? t("telephone.yesterday")
        : date.format(new Date(at));
  return (
    <p className={styles.day}>
      <time dateTime={at.slice(0, 10)}>{name}</time>
    </p>
  );
}
