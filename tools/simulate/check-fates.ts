import type { FinalMessage, FinalState } from "./final-state.ts";
import type { CallSeen, Record as RunRecord, StatusSeen } from "./record.ts";

/** How long what WhatsApp has posted may lie before it is read, by machines that stand still now and then. */
const UNREAD_MS_MAX = 300_000;

/** Every message ends, in the state that what WhatsApp did and said calls for, and never goes back. */
export function checkFates(record: RunRecord, state: FinalState): string[] {
  const calls = Map.groupBy(record.calls, (call) => call.messageId);
  const statuses = Map.groupBy(record.statuses, (status) => status.messageId);
  return state.messages.flatMap((message) => {
    const facts = {
      calls: calls.get(message.id) ?? [],
      statuses: (statuses.get(message.id) ?? []).filter((one) => one.answeredAtMs !== null),
      failedHookAtMs: findFailedHook(record, message),
      unknownAfterMs: record.plan.unknownAfterMs,
      wasTakenBack: record.cancels.includes(message.id),
    };
    const why = judgeFate(message, facts);
    return why === null ? [] : [`${message.id} ended ${message.status}: ${why}`];
  });
}

interface Facts {
  calls: readonly CallSeen[];
  statuses: readonly StatusSeen[];
  failedHookAtMs: number;
  unknownAfterMs: number;
  wasTakenBack: boolean;
}

const FINAL = ["sent", "delivered", "read", "failed", "cancelled"];

function judgeFate(message: FinalMessage, facts: Facts): string | null {
  const { status } = message;
  if (!FINAL.includes(status) || message.lane !== null) return "that is no end";
  const said = (wanted: StatusSeen["status"]) =>
    facts.statuses.find((one) => one.status === wanted);
  const doubt = facts.calls.find((call) => !call.isRefusalHeard);
  if (status === "cancelled") {
    if (!facts.wasTakenBack) return "nobody took it back";
    return doubt ? "it was handed over, or may have been" : null;
  }
  if (said("read")) return status === "read" ? null : "it was read";
  if (said("delivered")) return status === "delivered" ? null : "it was delivered";
  if (status === "read" || status === "delivered") return "WhatsApp never said so";
  if (said("failed")) return status === "failed" ? null : "WhatsApp said that it failed";
  const giveUpMs = Math.min(
    message.deadlineAtMs,
    doubt ? doubt.atMs + facts.unknownAfterMs : Number.POSITIVE_INFINITY,
  );
  const sent = said("sent");
  if (status === "sent") return sent ? null : "WhatsApp never said so";
  const sentAtMs = sent?.answeredAtMs ?? Number.POSITIVE_INFINITY;
  if (sentAtMs < giveUpMs - UNREAD_MS_MAX) return "WhatsApp had said in time that it was sent";
  if (doubt && facts.failedHookAtMs < giveUpMs) return "it was given up before its time";
  return null;
}

function findFailedHook(record: RunRecord, { id }: FinalMessage): number {
  const times = record.hooks
    .filter((hook) => hook.messageId === id && hook.event === "failed")
    .map((hook) => hook.atMs);
  return Math.min(Number.POSITIVE_INFINITY, ...times);
}
