import type { TickState } from "@recado/contract/simulator-api";
import { useTranslation } from "react-i18next";
import { classes } from "../ui/classes.ts";
import styles from "./ticks.module.css";

/** One tick for sent, two for delivered, two blue ones for read; a clock before, a red mark when it failed. */
export function Ticks({ status }: { status: TickState }) {
  const { t } = useTranslation();
  return (
    <svg
      className={classes(styles.ticks, styles[status])}
      viewBox="0 0 20 12"
      role="img"
      aria-label={t(`tick.${status}`)}
    >
      <title>{t(`tick.${status}`)}</title>
      {status === "pending" && <path d="M10 3.2v3l1.9 1.2M10 1a5 5 0 1 0 0 10 5 5 0 0 0 0-10z" />}
      {status === "failed" && (
        <path d="M10 3.4v3.4M10 8.9v.1M10 .9a5.1 5.1 0 1 0 0 10.200A5.1 5.1 0 0 0 10 .9z" />
      )}
      {status !== "pending" && status !== "failed" && (
        <>
          <path className={styles.first} d="m1.5 6.3 3.3 3.400L12 2" />
          <path className={styles.second} d="m7.7 8.7 1 1L16.5 2" pathLength={1} />
        </>
      )}
    </svg>
  );
}
