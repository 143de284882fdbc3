import type { ReceivedWebhook } from "@recado/contract/simulator-api";
import { useTranslation } from "react-i18next";
import { Icon } from "../ui/icon.tsx";
import styles from "./signature-mark.module.css";

const icons = {
  valid: "shieldGood",
  invalid: "shieldBad",
  unknown: "shieldUnknown",
} as const;

/** Whether the webhook's signature was right. */
export function SignatureMark({ signature }: { signature: ReceivedWebhook["signature"] }) {
  const { t } = useTranslation();
  const state = signature ?? "unknown";
  return (
    <span className={styles.mark} data-state={state} title={t(`hooks.signature.${state}`)}>
      <Icon name={icons[state]} size={18} />
      <span className="visually-hidden">{t(`hooks.signature.${state}`)}</span>
    </span>
  );
}
