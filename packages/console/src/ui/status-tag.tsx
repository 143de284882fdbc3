import type { ReactNode } from "react";
import styles from "./status-tag.module.css";

/** How a thing stands: a dot and a word. The colour only repeats what the word says. */
export function StatusTag(props: {
  kind: "good" | "wait" | "bad" | "mute" | "accent";
  children: ReactNode;
}) {
  return (
    <span className={styles.tag} data-kind={props.kind}>
      {props.children}
    </span>
  );
}
