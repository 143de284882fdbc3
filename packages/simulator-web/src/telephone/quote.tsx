import type { ThreadItem } from "@recado/contract/simulator-api";
import { useTranslation } from "react-i18next";
import { classes } from "../ui/classes.ts";
import styles from "./quote.module.css";

/** The quoted bubble in short; null when it is not there any more. */
export function Quote({ item, businessName }: { item: ThreadItem | null; businessName: string }) {
  const { t } = useTranslation();
  const own = item?.direction === "out";
  return (
    <blockquote className={classes(styles.quote, own && styles.own)}>
      {item !== null && (
        <strong className={styles.who}>{own ? t("bubble.quotedPerson") : businessName}</strong>
      )}
      <span className={styles.text}>
        {item === null ? t("bubble.quotedGone") : gistOf(item, t)}
      </span>
    </blockquote>
  );
}

/** What a message says in one line: its text without marks, else what kind of file it is. */
export function gistOf(item: ThreadItem, t: (key: string) => string): string {
  if (item.body !== null && item.body !== "") {
    return item.body.replace(/```|[*_~]/g, "");
  }
  const media = item.media ?? (item.header?.kind === "media" ? item.header.media : null);
  return media === null ? item.type : (media.name ?? t(`media.${media.kind}`));
}
