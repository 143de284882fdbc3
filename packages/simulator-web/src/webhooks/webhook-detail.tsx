import type { ReceivedWebhook } from "@recado/contract/simulator-api";
import { useTranslation } from "react-i18next";
import { CopyButton } from "../ui/copy-button.tsx";
import { Icon } from "../ui/icon.tsx";
import { JsonText } from "./json-text.tsx";
import styles from "./webhook-detail.module.css";

interface WebhookDetailProps {
  webhook: ReceivedWebhook;
  /** The bubble that it tells of; null when the body does not say. */
  bubbleId: string | null;
  onShowBubble: (id: string) => void;
}

/** The whole of a webhook: its body as JSON, its headers, what was answered. */
export function WebhookDetail({ webhook, bubbleId, onShowBubble }: WebhookDetailProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.detail}>
      <div className={styles.bar}>
        <span className={styles.state}>
          {t(`hooks.signature.${webhook.signature ?? "unknown"}`)} ·{" "}
          {t("hooks.answered", { status: webhook.answered })}
        </span>
      </div>
      <div className={styles.bar}>
        <h3>{t("hooks.body")}</h3>
        {bubbleId !== null && (
          <button type="button" className={styles.show} onClick={() => onShowBubble(bubbleId)}>
            <Icon name="devices" size={16} />
            {t("hooks.showBubble")}
          </button>
        )}
        <CopyButton text={webhook.raw} label={t("hooks.copyBody")} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <pre className={styles.body} tabIndex={0}>
        <JsonText value={webhook.body} />
      </pre>
      <h3>{t("hooks.headers")}</h3>
      <dl className={styles.headers}>
        {Object.entries(webhook.headers).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
