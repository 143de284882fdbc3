import { Loader } from "@mantine/core";
import { IconFile, IconReload, IconX } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { ApiProblem } from "../../../api/api-problem.ts";
import { currentLanguage } from "../../../i18n/language.ts";
import { shellWords } from "../../../i18n/shell-words.ts";
import { describeProblem } from "../../../ui/problem/describe-problem.ts";
import { inboxWords } from "../i18n/inbox-words.ts";
import { formatBytes } from "../text/format-bytes.ts";
import styles from "./attachment-strip.module.css";
import type { Attachment, useAttachments } from "./use-attachments.ts";

/** The files that will be sent, with how far each is uploaded. */
export function AttachmentStrip({ attached }: { attached: ReturnType<typeof useAttachments> }) {
  const say = inboxWords.useWords();
  const sayProblem = shellWords.useWords();
  if (attached.files.length === 0) return null;
  return (
    <ul className={styles.strip} aria-label={say("composer.files")}>
      {attached.files.map((one) => (
        <li
          key={one.key}
          className={styles.file}
          data-failed={one.error !== null}
          data-testid="attachment"
        >
          <Thumbnail file={one.file} />
          <span className={styles.about}>
            <span className={styles.name}>{one.file.name}</span>
            {one.error === null ? (
              <span className={styles.size}>{formatBytes(one.file.size, currentLanguage())}</span>
            ) : (
              <span className={styles.why} role="alert">
                {describeProblem(one.error, sayProblem)}
              </span>
            )}
          </span>
          <FileState one={one} onAgain={() => attached.again(one.key)} />
          <button
            type="button"
            className={styles.remove}
            aria-label={say("composer.removeFile", { name: one.file.name })}
            onClick={() => attached.remove(one.key)}
          >
            <IconX size={14} stroke={1.8} />
          </button>
        </li>
      ))}
    </ul>
  );
}

function FileState({ one, onAgain }: { one: Attachment; onAgain: () => void }) {
  const say = inboxWords.useWords();
  if (one.error !== null) {
    // What is no file for WhatsApp is none the next time either.
    if (one.error instanceof ApiProblem && !one.error.passes) return null;
    return (
      <button type="button" className={styles.remove} aria-label={say("again")} onClick={onAgain}>
        <IconReload size={14} stroke={1.8} />
      </button>
    );
  }
  return one.uploaded === null ? <Loader size={14} color="gray" /> : null;
}

function Thumbnail({ file }: { file: File }) {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (!file.type.startsWith("image/")) return;
    const made = URL.createObjectURL(file);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  return url === null ? (
    <span className={styles.sign}>
      <IconFile size={18} stroke={1.5} aria-hidden />
    </span>
  ) : (
    <img className={styles.sign} src={url} alt="" />
  );
}
