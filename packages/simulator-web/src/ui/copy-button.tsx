import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { classes } from "./classes.ts";
import styles from "./copy-button.module.css";
import { Icon } from "./icon.tsx";

/** Copies a text and says so for a moment. */
export function CopyButton({ text, label }: { text: string; label?: string }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (copied) {
      const timer = window.setTimeout(() => setCopied(false), 1800);
      return () => window.clearTimeout(timer);
    }
  }, [copied]);
  return (
    <button
      type="button"
      className={classes(styles.button, copied && styles.done)}
      aria-label={label}
      onClick={() => void copyText(text).then(setCopied)}
    >
      <Icon name={copied ? "check" : "copy"} size={16} />
      <span aria-live="polite">{copied ? t("common.copied") : t("common.copy")}</span>
    </button>
  );
}

/** Puts a text on the clipboard; false when the browser does not allow it. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
