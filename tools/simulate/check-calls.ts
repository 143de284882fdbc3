import type { FinalState } from "./final-state.ts";
import type { CallSeen, Record as RunRecord } from "./record.ts";

/** What WhatsApp saw: each message at most once, and never again after a doubt. */
export function checkCalls(record: RunRecord, state: FinalState): string[] {
  const messages = new Map(state.messages.map((message) => [message.id, message]));
  const byMessage = Map.groupBy(record.calls, (call) => call.messageId);
  return [...byMessage].flatMap(([messageId, calls]) => {
    const message = messages.get(messageId);
    if (!message) return [`WhatsApp was handed ${messageId}, which nobody has accepted`];
    return [
      ...(calls.some((call) => call.to !== message.mobile) ? [`${messageId} went to another`] : []),
      ...checkOne(messageId, calls),
    ];
  });
}

function checkOne(messageId: string, calls: readonly CallSeen[]): string[] {
  const accepted = calls.filter((call) => call.isAccepted).length;
  if (accepted > 1) return [`${messageId} was submitted ${accepted} times`];
  // Another call is right only when WhatsApp has said, and was heard to say, that it did not take this one.
  const early = calls.slice(0, -1).find((call) => !call.isRefusalHeard || !call.mayRepeat);
  return early ? [`${messageId} was handed over again after a doubt or a final refusal`] : [];
}
