import { inboxWords } from "../i18n/inbox-words.ts";
import styles from "./ticks.module.css";

/** What a status looks like. */
type Tick = "waiting" | "unknown" | "sent" | "delivered" | "read" | "failed";

const ticks: Record<string, Tick | undefined> = {
  held: "waiting",
  scheduled: "waiting",
  accepted: "waiting",
  submitted: "waiting",
  sent: "sent",
  delivered: "delivered",
  read: "read",
  failed: "failed",
  cancelled: "failed",
};

/**
 * How far a message has come, and not a step more: a clock until WhatsApp has it, one tick when it does, two when the telephone
 * does, two blue ones when it was read; a question mark while nobody knows.
 */
export function Ticks({ status, isUnknown = false }: { status: string; isUnknown?: boolean }) {
  const say = inboxWords.useWords();
  const tick = isUnknown ? "unknown" : (ticks[status] ?? "waiting");
  const name = isUnknown ? say("status.unknown") : sayStatus(say, status);
  return (
    <svg
      className={styles.ticks}
      data-tick={tick}
      viewBox="0 0 20 12"
      role="img"
      aria-label={name}
      data-testid="ticks"
    >
      <title>{name}</title>
      <TickSign tick={tick} />
    </svg>
  );
}

/** A status in words. */
export function sayStatus(say: typeof inboxWords.say, status: string): string {
  return status in ticks ? say(`status.${status}` as "status.sent") : status;
}

function TickSign({ tick }: { tick: Tick }) {
  if (tick === "waiting") {
    return (
      <path d="M10 3.400v2.800l1.8 1.100M10 1.200a4.8 4.8 0 1 0 0 9.6 4.8 4.8 0 0 0 0-9.600z" />
    );
  }
  if (tick === "unknown") {
    return <path d="M8.2 4.200a1.9 1.9 0 1 1 2.7 1.700c-.6.3-.9.6-.9 1.200M10 9.200v.1" />;
  }
  if (tick === "failed") {
    return (
      <path d="M10 3.600v3.200M10 8.800v.1M10 1.200a4.8 4.8 0 1 0 0 9.6 4.8 4.8 0 0 0 0-9.600z" />
    );
  }
  if (tick === "sent") return <path d="m5 6.4 3.1 3.200L15 2.2" />;
  return (
    <>
      <path d="m1.5 6.4 3.1 3.200L11.5 2.2" />
      <path d="m8.4 9.2.5.4L15.8 2.2" />
    </>
  );
}
