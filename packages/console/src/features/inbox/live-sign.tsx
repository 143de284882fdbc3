import type { ExternalStore } from "../../live/external-store.ts";
import type { LiveStatus } from "../../live/start-live.ts";
import { useStore } from "../../live/use-store.ts";
import { Hint } from "../../ui/hint/hint.tsx";
import { inboxWords } from "./i18n/inbox-words.ts";
import styles from "./live-sign.module.css";
import { useNow } from "./state/use-now.ts";
import { formatSpan } from "./text/format-moment.ts";

/** The server beats every ten seconds; after so long without a word the page may be stale. */
const STALE_MS = 30_000;

/** How fresh the page is: a green dot, or since when it is not. */
export function LiveSign({ status }: { status: ExternalStore<LiveStatus> }) {
  const say = inboxWords.useWords();
  const { state, heardAtMs } = useStore(status, (value) => value);
  const ageMs = useNow() - heardAtMs;
  const shown = state === "live" && ageMs > STALE_MS ? "lost" : state;
  const since = heardAtMs === 0 ? "" : formatSpan(ageMs);
  const text = say(`live.${shown}`);
  return (
    <Hint label={since === "" ? text : say("live.heard", { since })} position="right">
      <span className={styles.sign} data-state={shown} data-testid="live-sign" role="status">
        <span className={styles.dot} aria-hidden="true" />
        <span className={styles.text}>{text}</span>
      </span>
    </Hint>
  );
}
