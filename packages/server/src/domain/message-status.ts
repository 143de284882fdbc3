/**
 * The life of a message that goes out: accepted → submitted → sent → delivered → read, or failed from
 * any state before delivered. This is the only place that decides what an event does to a message.
 *
 * | event     | accepted, submitted, sent        | delivered, read  | failed, cancelled                   |
 * | --------- | -------------------------------- | ---------------- | ----------------------------------- |
 * | further   | moves on, told to the integrator | moves on, told   | delivered/read: the truth wins, the refund is taken back; sent: noted |
 * | earlier   | noted, not told                  | noted, not told  | –                                   |
 * | repeated  | ignored                          | ignored          | ignored                             |
 * | failed    | fails, refunded, told            | noted, not told  | ignored; cancelled: noted           |
 * | cancelled | while it waits to be called: ends and is refunded, not told; else ignored | ignored | ignored |
 *
 * Before accepted it may have been held for want of money: it fails or is cancelled as above, and no money moves.
 */

/** Where a message stands. */
export type MessageStatus =
  | "held"
  | "accepted"
  | "submitted"
  | "sent"
  | "delivered"
  | "read"
  | "failed"
  | "cancelled";

/** What is still owed to a message, see the column `messages.lane`. */
export type MessageLane =
  | "held"
  | "unprepared"
  | "preparing"
  | "queued"
  | "calling"
  | "unknown"
  | "awaiting";

/** The part of a message that events change. Times in milliseconds. */
export interface MessageState {
  status: MessageStatus;
  lane: MessageLane | null;
  /** Calls made or begun so far. */
  attempts: number;
  dueAtMs: number | null;
  deadlineAtMs: number;
  code: string | null;
  reason: string | null;
  refunded: boolean;
  providerMessageId: string | null;
  submittedAtMs: number | null;
  sentAtMs: number | null;
  deliveredAtMs: number | null;
  readAtMs: number | null;
  failedAtMs: number | null;
}

/** Something that happened to it. */
export type MessageChange =
  | { kind: "submitted"; atMs: number; providerMessageId: string }
  | {
      kind: "progress";
      status: "sent" | "delivered" | "read";
      atMs: number;
      providerMessageId: string | null;
      /** WhatsApp's own id, where the provider's is another. */
      whatsappId?: string | undefined;
    }
  | {
      kind: "failed";
      atMs: number;
      code: string;
      reason: string;
      providerMessageId?: string | null;
    }
  /** Certainly not accepted; tried again at `dueAtMs`. Ignored unless it is still in the lane `from`. */
  | {
      kind: "retry";
      /** A call that was taken for unknown meanwhile counts as calling, if no later one was made. */
      from: "preparing" | "calling";
      /** Number of the attempt that ended; null while preparing. */
      attempt: number | null;
      atMs: number;
      dueAtMs: number;
      code: string;
      reason: string;
      /** Another number that it goes to; its file must be made ready for that one. Absent: the same. */
      to?: NextNumber;
    }
  /** Its number cannot take it now, and another can. Ignored unless it waits and was never called. */
  | { kind: "moved"; atMs: number; to: NextNumber; code: string; reason: string }
  /** Its sender takes it back. Ignored unless it waits: not while a call is under way, nor after one. */
  | { kind: "cancelled"; atMs: number }
  /** A call was perhaps accepted; given up at `giveUpAtMs` or its deadline. Ignored unless it is calling. */
  | { kind: "unknown"; atMs: number; giveUpAtMs: number; why: string };

/** The number that a message goes to next. */
export interface NextNumber {
  channelId: string;
  /** Whether it has a file that must be made ready. */
  hasFile: boolean;
}

/** What follows from a change. */
export interface Consequences {
  next: MessageState;
  /** The event to record; null when nothing new was learnt. */
  event: { kind: string; atMs: number; data: Record<string, string> | null } | null;
  /** What the integrator is told; null: nothing. */
  tell: "sent" | "delivered" | "read" | "failed" | null;
  money: "refund" | "refund-reversal" | null;
}

const RANK = { held: -1, accepted: 0, submitted: 1, sent: 2, delivered: 3, read: 4 } as const;

const STAMP = { sent: "sentAtMs", delivered: "deliveredAtMs", read: "readAtMs" } as const;

/** Applies one change. Pure; the same change twice does nothing the second time. */
export function advanceMessage(state: MessageState, change: MessageChange): Consequences {
  switch (change.kind) {
    case "submitted":
      return submitted(state, change);
    case "progress":
      return progressed(state, change);
    case "failed":
      return failed(state, change);
    case "retry":
      return retried(state, change);
    case "moved":
      return moved(state, change);
    case "unknown":
      return becameUnknown(state, change);
    case "cancelled":
      return cancelled(state, change);
  }
}

function submitted(
  state: MessageState,
  change: Extract<MessageChange, { kind: "submitted" }>,
): Consequences {
  if (state.submittedAtMs !== null) return nothing(state);
  const next = {
    ...state,
    submittedAtMs: change.atMs,
    providerMessageId: state.providerMessageId ?? change.providerMessageId,
  };
  // A status may overtake the answer of the call: the message is further already.
  if (state.status === "accepted") {
    Object.assign(next, { status: "submitted", lane: "awaiting", dueAtMs: state.deadlineAtMs });
  }
  const data = { providerMessageId: change.providerMessageId };
  return { next, event: { kind: "submitted", atMs: change.atMs, data }, tell: null, money: null };
}

function progressed(
  state: MessageState,
  change: Extract<MessageChange, { kind: "progress" }>,
): Consequences {
  const stamp = STAMP[change.status];
  if (state[stamp] !== null) return nothing(state);
  const next: MessageState = {
    ...state,
    [stamp]: change.atMs,
    providerMessageId: state.providerMessageId ?? change.providerMessageId,
  };
  const data = change.whatsappId === undefined ? null : { whatsappId: change.whatsappId };
  const event = { kind: change.status, atMs: change.atMs, data };
  const noted = { next, event, tell: null, money: null };
  if (state.status === "failed" || state.status === "cancelled") {
    if (change.status === "sent") return noted;
    const revived = settle(next, change.status);
    Object.assign(revived, { code: null, reason: null, refunded: false });
    return {
      next: revived,
      event,
      tell: change.status,
      money: state.refunded ? "refund-reversal" : null,
    };
  }
  if (RANK[change.status] <= RANK[state.status]) return noted;
  return { next: settle(next, change.status), event, tell: change.status, money: null };
}

function failed(
  state: MessageState,
  change: Extract<MessageChange, { kind: "failed" }>,
): Consequences {
  if (state.failedAtMs !== null) return nothing(state);
  const providerMessageId = state.providerMessageId ?? change.providerMessageId ?? null;
  const next: MessageState = { ...state, providerMessageId, failedAtMs: change.atMs };
  const data = { code: change.code, reason: change.reason };
  const event = { kind: "failed", atMs: change.atMs, data };
  if (["delivered", "read", "cancelled"].includes(state.status)) {
    return { next, event, tell: null, money: null };
  }
  const ended = settle(next, "failed");
  if (state.status === "held") {
    Object.assign(ended, { code: change.code, reason: change.reason });
    return { next: ended, event, tell: "failed", money: null };
  }
  Object.assign(ended, { code: change.code, reason: change.reason, refunded: true });
  return { next: ended, event, tell: "failed", money: "refund" };
}

function retried(
  state: MessageState,
  change: Extract<MessageChange, { kind: "retry" }>,
): Consequences {
  if (state.status !== "accepted" || !isOwnLane(state, change)) return nothing(state);
  const { to } = change;
  const mustPrepare = to ? to.hasFile : change.from === "preparing";
  const lane = mustPrepare ? "unprepared" : "queued";
  const next: MessageState = { ...state, lane, dueAtMs: change.dueAtMs };
  return { next, event: formatRetry(change, to), tell: null, money: null };
}

function moved(
  state: MessageState,
  change: Extract<MessageChange, { kind: "moved" }>,
): Consequences {
  const waits = state.lane === "queued" || state.lane === "unprepared";
  if (state.status !== "accepted" || !waits) return nothing(state);
  const lane = change.to.hasFile ? "unprepared" : "queued";
  const next: MessageState = { ...state, lane };
  return { next, event: formatRetry(change, change.to), tell: null, money: null };
}

function formatRetry(
  { atMs, code, reason }: { atMs: number; code: string; reason: string },
  to: NextNumber | undefined,
): Consequences["event"] {
  if (!to) return { kind: "retry", atMs, data: { code, reason } };
  return { kind: "failover", atMs, data: { code, reason, channelId: to.channelId } };
}

function isOwnLane(
  state: MessageState,
  change: Extract<MessageChange, { kind: "retry" }>,
): boolean {
  if (change.from === "preparing") return state.lane === "preparing";
  const own = change.attempt === state.attempts;
  return own && (state.lane === "calling" || state.lane === "unknown");
}

function becameUnknown(
  state: MessageState,
  change: Extract<MessageChange, { kind: "unknown" }>,
): Consequences {
  if (state.status !== "accepted" || state.lane !== "calling") return nothing(state);
  const dueAtMs = Math.min(change.giveUpAtMs, state.deadlineAtMs);
  const next: MessageState = { ...state, lane: "unknown", dueAtMs };
  const event = { kind: "unknown", atMs: change.atMs, data: { why: change.why } };
  return { next, event, tell: null, money: null };
}

function cancelled(
  state: MessageState,
  change: Extract<MessageChange, { kind: "cancelled" }>,
): Consequences {
  const event = { kind: "cancelled", atMs: change.atMs, data: null };
  if (state.status === "held") {
    return { next: settle(state, "cancelled"), event, tell: null, money: null };
  }
  const waits = state.lane === "queued" || state.lane === "unprepared";
  if (state.status !== "accepted" || !waits) return nothing(state);
  const next = { ...settle(state, "cancelled"), refunded: true };
  return { next, event, tell: null, money: "refund" };
}

function settle(state: MessageState, status: MessageStatus): MessageState {
  return { ...state, status, lane: null, dueAtMs: null };
}

function nothing(state: MessageState): Consequences {
  return { next: state, event: null, tell: null, money: null };
}
