import { inboxWords } from "../i18n/inbox-words.ts";
import { useNow } from "../state/use-now.ts";
import styles from "./window-clock.module.css";
import { windowLeft } from "./window-left.ts";

/** What is left of the 24-hour window, counting down; a closed one says so. */
export function WindowClock({ expiresAt }: { expiresAt: string }) {
  const say = inboxWords.useWords();
  const { state, hours, minutes } = windowLeft(expiresAt, useNow());
  const left =
    hours > 0 ? `${hours} h${hours < 3 && minutes > 0 ? ` ${minutes}` : ""}` : `${minutes} min`;
  const text = state === "closed" ? say("window.closedShort") : left;
  const title = state === "closed" ? say("window.closed") : say("window.left", { left });
  return (
    <span className={styles.clock} data-state={state} title={title} data-testid="window-clock">
      <Dial part={state === "closed" ? 0 : (hours + minutes / 60) / 24} />
      <span aria-hidden="true">{text}</span>
      <span className="visually-hidden">{title}</span>
    </span>
  );
}

/** A ring that empties with the window. */
function Dial({ part }: { part: number }) {
  return (
    <svg viewBox="0 0 12 12" width="11" height="11" aria-hidden="true" className={styles.dial}>
      <circle cx="6" cy="6" r="4.6" className={styles.ring} />
      <circle
        cx="6"
        cy="6"
        r="4.6"
        className={styles.left}
        pathLength={1}
        strokeDasharray={`${Math.min(1, part)} 1`}
        transform="rotate(-90 6 6)"
      />
    </svg>
  );
}
