import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { CopyButton } from "../ui/copy-button.tsx";
import { Icon } from "../ui/icon.tsx";
import type { Lead } from "./chat-actions.ts";
import styles from "./lead-sheet.module.css";

/** Shows where a button leads, since nothing opens outside of the simulator. */
export function LeadSheet({ lead, onClose }: { lead: Lead; onClose: () => void }) {
  const { t } = useTranslation();
  const close = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    close.current?.focus();
    return () => {
      if (before instanceof HTMLElement) {
        before.focus();
      }
    };
  }, []);
  return (
    <div
      className={styles.sheet}
      role="dialog"
      aria-label={t(`button.${lead.kind}`)}
      onKeyDown={(event) => event.key === "Escape" && onClose()}
    >
      <div className={styles.head}>
        <strong>{t(`button.${lead.kind}`)}</strong>
        <button ref={close} type="button" aria-label={t("common.close")} onClick={onClose}>
          <Icon name="close" size={18} />
        </button>
      </div>
      <code className={styles.target}>{lead.target}</code>
      <div className={styles.foot}>
        <span>{lead.kind === "copy_code" ? "" : t("button.nothingOpens")}</span>
        <CopyButton text={lead.target} />
      </div>
    </div>
  );
}
