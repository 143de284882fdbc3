import { memo, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { WebhookEntry } from "../state/page-state.ts";
import { formatMobile } from "../text/phone-number.ts";
import { classes } from "../ui/classes.ts";
import { Icon } from "../ui/icon.tsx";
import { SignatureMark } from "./signature-mark.tsx";
import { WebhookDetail } from "./webhook-detail.tsx";
import styles from "./webhook-row.module.css";
import type { WebhookSummary } from "./webhook-summary.ts";

interface WebhookRowProps {
  entry: WebhookEntry;
  summary: WebhookSummary;
  /** The telephone it is about, as far as is known. */
  mobile: string | null;
  onShowBubble: (id: string) => void;
}

/** One webhook: what happened, when, to which message, and whether its signature was right; opens to the whole of it. */
export const WebhookRow = memo(function WebhookRow(props: WebhookRowProps) {
  const { entry, summary, mobile, onShowBubble } = props;
  const { t, i18n } = useTranslation();
  const [open, setOpen] = useState(false);
  const detailId = useId();
  const { webhook } = entry;
  const refused = webhook.answered < 200 || webhook.answered > 299;
  const time = new Intl.DateTimeFormat(i18n.language, { timeStyle: "medium", hourCycle: "h23" });
  return (
    <li
      className={classes(styles.row, entry.seq > 0 && styles.fresh)}
      data-testid="webhook-row"
      data-kind={summary.kind}
      data-signature={webhook.signature ?? "unknown"}
      data-answered={webhook.answered}
    >
      <button
        type="button"
        className={styles.head}
        aria-expanded={open}
        aria-controls={detailId}
        onClick={() => setOpen(!open)}
      >
        <span className={styles.first}>
          <span className={styles.chip} data-kind={summary.kind}>
            {t(`hooks.kind.${summary.kind}`)}
          </span>
          {refused && (
            <span
              className={styles.answered}
              title={t("hooks.answered", { status: webhook.answered })}
            >
              HTTP {webhook.answered}
            </span>
          )}
          <span className={styles.mobile}>{mobile === null ? "" : formatMobile(mobile)}</span>
          <time className={styles.time} dateTime={webhook.at}>
            {time.format(new Date(webhook.at))}
          </time>
          <SignatureMark signature={webhook.signature} />
        </span>
        {summary.gist !== null && <span className={styles.gist}>{summary.gist}</span>}
        {summary.messageId !== null && <span className={styles.id}>{summary.messageId}</span>}
        <span className={styles.turn} data-open={open || undefined}>
          <Icon name="chevron" size={16} />
        </span>
      </button>
      <div id={detailId} hidden={!open}>
        {open && (
          <WebhookDetail
            webhook={webhook}
            bubbleId={summary.whatsappId}
            onShowBubble={onShowBubble}
          />
        )}
      </div>
    </li>
  );
});
