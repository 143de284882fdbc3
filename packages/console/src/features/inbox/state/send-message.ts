import { ApiProblem } from "../../../api/api-problem.ts";
import { applyItem, applyRows } from "../../../live/apply-change.ts";
import { backoffDelayMs } from "../../../live/backoff.ts";
import { makeUuid } from "../../../live/make-uuid.ts";
import { loadSetting, saveSetting } from "../../../ui/local-setting.ts";
import { changeOutbox, findNext, mergeKept } from "../composer/outbox.ts";
import type { Desk, OutgoingMessage } from "./desk.ts";
import { type BodyOf, inboxApi } from "./inbox-api.ts";

/** The server remembers a key for 72 hours; what is older is not repeated by itself. */
const REPEAT_HOURS_MAX = 48;

/**
 * Sends out of the composer. The key is made here, once; the message stays in the outbox, over reloads too, until the server's
 * own row is in the thread or the server has refused it.
 */
export function sendMessage(
  desk: Desk,
  conversationId: string,
  body: BodyOf<"composeMessage">,
): void {
  const key = makeUuid();
  const at = new Date().toISOString();
  desk.outbox.update((outbox) =>
    changeOutbox(outbox, { kind: "send", key, conversationId, body, at }),
  );
  void deliver(desk, key, 0);
}

/** Keeps the outbox in this browser, for this person alone, and takes up what an earlier page left uncertain. */
export function startOutbox(desk: Desk): () => void {
  const setting = `inbox.outbox.${desk.catalogue.get()?.me ?? ""}`;
  desk.outbox.update(() => loadOutbox(setting));
  const keys = new Set(desk.outbox.get().map(({ key }) => key));
  const stop = desk.outbox.subscribe(() => {
    const outbox = desk.outbox.get();
    for (const { key } of outbox) keys.add(key);
    const kept = mergeKept(readKept(setting), { outbox, keys });
    saveSetting(setting, kept.length === 0 ? null : JSON.stringify(kept));
  });
  for (const { key, state } of desk.outbox.get()) {
    if (state === "unsure") void deliver(desk, key, 0);
  }
  return stop;
}

/** Takes those out of the outbox whose rows the thread shows by now. */
export function clearShown(desk: Desk, messageIds: ReadonlySet<string>): void {
  desk.outbox.update((outbox) => changeOutbox(outbox, { kind: "shown", messageIds }));
}

/** Throws a refused message away; its text goes back to whoever asks. */
export function discardMessage(desk: Desk, key: string): OutgoingMessage | undefined {
  const found = desk.outbox.get().find((each) => each.key === key);
  desk.outbox.update((outbox) => changeOutbox(outbox, { kind: "discard", key }));
  return found;
}

async function deliver(desk: Desk, key: string, attempt: number): Promise<void> {
  desk.outbox.update((outbox) => changeOutbox(outbox, { kind: "again", key }));
  const outgoing = desk.outbox.get().find((each) => each.key === key);
  if (outgoing === undefined || outgoing.state !== "sending") return;
  const { conversationId, body } = outgoing;
  // It is taken up when what was written before it has its answer.
  if (findNext(desk.outbox.get(), conversationId)?.key !== key) return;
  try {
    const { message, conversation } = await inboxApi.compose(conversationId, body, key);
    desk.outbox.update((outbox) =>
      changeOutbox(outbox, { kind: "answered", key, messageId: message.id }),
    );
    desk.model.update((model) =>
      applyItem(applyRows(model, [conversation]), conversation, message),
    );
    clearShown(desk, new Set([message.id]));
    goOn(desk, conversationId);
  } catch (error) {
    const problem =
      error instanceof ApiProblem ? error : new ApiProblem("unreadable", { status: 0 });
    desk.outbox.update((outbox) => changeOutbox(outbox, { kind: "problem", key, problem }));
    const now = desk.outbox.get().find((each) => each.key === key);
    if (now?.state !== "unsure") return goOn(desk, conversationId);
    const waitMs = Math.max(
      (problem.retryAfterS ?? 0) * 1_000,
      backoffDelayMs(attempt, Math.random()),
    );
    setTimeout(() => void deliver(desk, key, attempt + 1), waitMs);
  }
}

function goOn(desk: Desk, conversationId: string): void {
  const next = findNext(desk.outbox.get(), conversationId);
  if (next !== undefined) void deliver(desk, next.key, 0);
}

function loadOutbox(setting: string): OutgoingMessage[] {
  const oldest = new Date(Date.now() - REPEAT_HOURS_MAX * 3_600_000).toISOString();
  return readKept(setting).map((one): OutgoingMessage => {
    if (one.state === "refused") return one;
    const refusal = { code: "unreachable", detail: "" };
    // Whoever closed the page in the middle does not know: the same key asks the server.
    return one.at > oldest ? { ...one, state: "unsure" } : { ...one, state: "refused", refusal };
  });
}

function readKept(setting: string): OutgoingMessage[] {
  try {
    return JSON.parse(loadSetting(setting) ?? "[]") as OutgoingMessage[];
  } catch {
    return [];
  }
}
