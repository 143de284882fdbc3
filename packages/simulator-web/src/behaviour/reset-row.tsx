import { useState } from "react";
import { useTranslation } from "react-i18next";
import { postReset } from "../api/simulator-client.ts";
import { Icon } from "../ui/icon.tsx";
import styles from "./reset-row.module.css";

/** Forgets everything, after the reader has said so twice. */
export function ResetRow() {
  const { t } = useTranslation();
  const [step, setStep] = useState<"idle" | "asking" | "failed">("idle");
  const reset = () => {
    postReset().then(
      () => setStep("idle"),
      () => setStep("failed"),
    );
  };
  return (
    <div className={styles.row}>
      <p>{t("behaviour.resetHint")}</p>
      {step === "asking" ? (
        <div className={styles.asking} role="alertdialog" aria-label={t("behaviour.resetConfirm")}>
          <strong>{t("behaviour.resetConfirm")}</strong>
          <div>
            <button type="button" onClick={() => setStep("idle")}>
              {t("common.cancel")}
            </button>
            <button type="button" className={styles.yes} data-testid="reset-yes" onClick={reset}>
              {t("behaviour.resetYes")}
            </button>
          </div>
        </div>
      ) : (
        <button
          type="button"
          className={styles.reset}
          data-testid="reset"
          onClick={() => setStep("asking")}
        >
          <Icon name="trash" size={18} />
          {t("behaviour.reset")}
        </button>
      )}
      {step === "failed" && <p role="alert">{t("common.failed")}</p>}
    </div>
  );
}
