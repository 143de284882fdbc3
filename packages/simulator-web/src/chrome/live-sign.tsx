import { useTranslation } from "react-i18next";
import { usePageState } from "../state/session-context.ts";
import styles from "./live-sign.module.css";

/** Whether what is on the page is what is happening now. */
export function LiveSign() {
  const { t } = useTranslation();
  const { connection } = usePageState();
  return (
    <span className={styles.sign} data-state={connection} data-testid="live-sign" role="status">
      <span className={styles.dot} />
      <span className={styles.word}>{t(`live.${connection}`)}</span>
    </span>
  );
}
