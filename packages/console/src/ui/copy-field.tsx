import { ActionIcon } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useState } from "react";
import { shellWords } from "../i18n/shell-words.ts";
import styles from "./copy-field.module.css";

const SHOWN_MS = 1_600;

/** A secret, link or code to be taken along: shown whole, with a button that copies it. */
export function CopyField({
  value,
  label,
  testId,
}: {
  value: string;
  label: string;
  testId?: string;
}) {
  const say = shellWords.useWords();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
    } catch {
      // Plain http on another machine has no clipboard: the text is selected by a click, to be copied by hand.
      return;
    }
    setCopied(true);
    setTimeout(() => setCopied(false), SHOWN_MS);
  };
  const Icon = copied ? IconCheck : IconCopy;
  return (
    <div className={styles.field}>
      <input
        className={styles.value}
        value={value}
        readOnly
        aria-label={label}
        onFocus={(event) => event.currentTarget.select()}
        data-testid={testId}
      />
      <ActionIcon
        size={28}
        onClick={() => void copy()}
        aria-label={say(copied ? "shell.copied" : "shell.copy")}
      >
        <Icon size={16} stroke={1.7} />
      </ActionIcon>
    </div>
  );
}
