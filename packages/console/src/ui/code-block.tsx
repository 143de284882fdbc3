import { ActionIcon, CopyButton, Tooltip } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { shellWords } from "../i18n/shell-words.ts";
import styles from "./code-block.module.css";

/** A text for machines, with a button that copies it. */
export function CodeBlock({ code, label }: { code: string; label: string }) {
  const say = shellWords.useWords();
  return (
    <div className={styles.block}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard. */}
      <section className={styles.code} tabIndex={0} aria-label={label}>
        <pre>{code}</pre>
      </section>
      <CopyButton value={code}>
        {({ copied, copy }) => (
          <Tooltip label={say(copied ? "shell.copied" : "shell.copy")}>
            <ActionIcon className={styles.copy} onClick={copy} aria-label={say("shell.copy")}>
              {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </div>
  );
}
