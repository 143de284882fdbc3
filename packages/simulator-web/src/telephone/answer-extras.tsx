import type { ThreadItem } from "@recado/contract/simulator-api";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { formatBytes } from "../text/bytes.ts";
import { Icon } from "../ui/icon.tsx";
import styles from "./answer-extras.module.css";
import { kindOfMime } from "./outgoing-file.ts";
import { Quote } from "./quote.tsx";

interface AnswerExtrasProps {
  quoted: ThreadItem | null;
  businessName: string;
  file: File | null;
  onStopQuoting: () => void;
  onRemoveFile: () => void;
}

/** What the next answer carries besides its text: the bubble that it quotes, the file. */
export function AnswerExtras(props: AnswerExtrasProps) {
  const { quoted, businessName, file, onStopQuoting, onRemoveFile } = props;
  const { t } = useTranslation();
  return (
    <>
      {quoted !== null && (
        <div className={styles.extra} role="status">
          <span className="visually-hidden">{t("answer.quoting")}</span>
          <div className={styles.quoted}>
            <Quote item={quoted} businessName={businessName} />
          </div>
          <RemoveButton label={t("answer.cancelQuote")} onClick={onStopQuoting} />
        </div>
      )}
      {file !== null && (
        <div className={styles.extra} role="status">
          <FilePreview file={file} />
          <RemoveButton label={t("answer.removeFile")} onClick={onRemoveFile} />
        </div>
      )}
    </>
  );
}

function FilePreview({ file }: { file: File }) {
  const { t, i18n } = useTranslation();
  const preview = usePreview(file);
  const kind = kindOfMime(file.type);
  return (
    <div className={styles.file}>
      {preview === null ? (
        <span className={styles.sign}>
          <Icon name={kind === "video" ? "play" : "attach"} />
        </span>
      ) : (
        <img src={preview} alt="" />
      )}
      <span className={styles.about}>
        <strong>{file.name}</strong>
        <span>
          {t(`media.${kind}`)} · {formatBytes(file.size, i18n.language)}
        </span>
      </span>
    </div>
  );
}

function usePreview(file: File): string | null {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    if (!file.type.startsWith("image/")) {
      setAddress(null);
      return;
    }
    const made = URL.createObjectURL(file);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  return address;
}

function RemoveButton({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <button type="button" className={styles.remove} aria-label={label} onClick={onClick}>
      <Icon name="close" size={17} />
    </button>
  );
}
