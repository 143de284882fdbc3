import { useTranslation } from "react-i18next";
import styles from "./logo.module.css";

/** Recado's mark: a note with a folded corner that is about to speak. */
export function Logo() {
  const { t } = useTranslation();
  return (
    <h1 className={styles.logo}>
      <svg viewBox="0 0 32 32" aria-hidden="true">
        <rect className={styles.ground} width="32" height="32" rx="9" />
        <path
          className={styles.note}
          d="M8 10.6A2.6 2.6 0 0 1 10.6 8h10.8A2.6 2.6 0 0 1 24 10.6v7.2L18.8 23H13l-4.2 2.700c-.4.26-.8 0-.8-.45z"
        />
        <path className={styles.fold} d="M24 17.800h-3.200a2 2 0 0 0-2 2V23z" />
        <path className={styles.lines} d="M12 12.800h8M12 16.600h4.6" />
      </svg>
      <span className={styles.name}>Recado</span>
      <span className={styles.tag}>{t("page.tagline")}</span>
    </h1>
  );
}
