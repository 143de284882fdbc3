import type { ReactNode } from "react";
import styles from "./state-badge.module.css";

/** How something stands: `good` is well, `wait` is under way or wants attention, `bad` is wrong, `mute` is over or at rest. */
export type Standing = "good" | "wait" | "bad" | "mute" | "accent";

/** A dot and a word; the word carries the meaning, the colour only helps. */
export function StateBadge({ standing, children }: { standing: Standing; children: ReactNode }) {
  return (
    <span className={styles.badge} data-standing={standing}>
      {children}
    </span>
  );
}
