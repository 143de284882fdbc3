import { type DragEvent, type ReactNode, useRef, useState } from "react";
import { inboxWords } from "../i18n/inbox-words.ts";
import styles from "./file-drop.module.css";

interface FileDropProps {
  className: string | undefined;
  isOff: boolean;
  onFiles: (files: Iterable<File>) => void;
  children: ReactNode;
}

/** Takes files that are dropped anywhere on a thread. */
export function FileDrop({ className, isOff, onFiles, children }: FileDropProps) {
  const say = inboxWords.useWords();
  // Entering a child leaves its parent: the difference tells whether the file is still above us.
  const depth = useRef(0);
  const [isOver, setOver] = useState(false);
  const hasFiles = ({ dataTransfer }: DragEvent) => !isOff && dataTransfer.types.includes("Files");
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: who has no pointer attaches files by the button.
    <div
      className={className}
      onDragEnter={(event) => {
        if (!hasFiles(event)) return;
        depth.current += 1;
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!hasFiles(event)) return;
        depth.current -= 1;
        if (depth.current <= 0) setOver(false);
      }}
      onDragOver={(event) => {
        if (hasFiles(event)) event.preventDefault();
      }}
      onDrop={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        depth.current = 0;
        setOver(false);
        onFiles(event.dataTransfer.files);
      }}
    >
      {children}
      {isOver && <div className={styles.veil}>{say("composer.drop")}</div>}
    </div>
  );
}
