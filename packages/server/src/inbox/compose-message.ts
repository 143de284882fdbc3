import type { ConversationRow as ShownConversation } from "@recado/contract/console/inbox";
import type { ThreadMessage } from "@recado/contract/console/inbox-thread";
import { refuseField } from "../accounts/check-fields.ts";
import type { Directory } from "../accounts/directory.ts";
import type { AccountSnapshot } from "../domain/account-snapshot.ts";
import { reachesHidden } from "../domain/person-address.ts";
import type { SendExtras } from "../domain/session-content.ts";
import { type Acceptance, KEY_LIFE_MS } from "../gateway/accept.ts";
import { hashSendKey } from "../gateway/key-ring.ts";
import type { MediaIntake } from "../gateway/media-intake.ts";
import type { ConsoleSendRequest, TemplateWish } from "../gateway/send-request.ts";
import { AppError } from "../platform/app-error.ts";
import type { Transaction } from "../storage/connect.ts";
import {
  type ConversationRow,
  findUnresolved,
  updateConversation,
} from "../storage/conversations.ts";
import { deleteDraft, findDraft } from "../storage/drafts.ts";
import { isKeyUsed } from "../storage/idempotency-keys.ts";
import { findInboundAddress } from "../storage/inbound-address.ts";
import { beatPresence } from "../storage/presence.ts";
import { changeLocked, type Happening, refuseHeld } from "./change-locked.ts";
import { holdComposer } from "./composer.ts";
import { give } from "./hand-over.ts";
import type { AgentAct, InboxDeps } from "./inbox-deps.ts";
import { loadConversation } from "./load-inbox.ts";
import { loadItems } from "./load-items.ts";

/*
 * Sending out of the composer. First it is made sure, with the conversation's row held, that nobody else writes in it or has
 * it, and that the window is open; then the one acceptance that every door shares takes the message; then the conversation
 * learns that it was answered. A process that dies in between leaves a message that stands: the page asks again with the
 * same key, gets that message, and the conversation learns of it then.
 */

/** What composing needs besides. */
export interface ComposeDeps extends InboxDeps {
  directory: Directory;
  acceptance: Pick<Acceptance, "send">;
}

/** What is to be sent. */
export interface Composition {
  text: string | null;
  template: TemplateWish | null;
  variables: ConsoleSendRequest["variables"];
  media: MediaIntake | null;
  mediaName: string;
  extras: SendExtras | null;
  /** Made by the page: the same key is the same message. */
  key: string;
}

/** What was accepted, and where its conversation stands. */
export interface Composed {
  message: ThreadMessage;
  conversation: ShownConversation;
  replayed: boolean;
}

/**
 * Sends to the person of a conversation. Refuses with `composing` or `taken` when somebody else writes there or has it
 * (`maySupervise` may join in), with `window_closed` what only a template may say now, and as `/v1` does otherwise.
 */
export async function composeMessage(
  deps: ComposeDeps,
  act: AgentAct & { maySupervise: boolean },
  composition: Composition,
): Promise<Composed> {
  const { accountId, conversationId } = act;
  const { row } = await loadConversation(deps.pool, { accountId, id: conversationId });
  const snapshot = (await deps.directory.snapshots(deps.pool, [accountId])).get(accountId);
  const projectId = pickProject(snapshot, { ...row, template: composition.template });
  const provider = snapshot?.channels.get(row.channelId)?.provider ?? "";
  const mobile = await findAddress(deps, { accountId, row, provider });
  const keyHash = hashSendKey({ source: "console", projectId, key: composition.key });
  const sinceMs = deps.clock.now() - KEY_LIFE_MS;
  const isKnown = await isKeyUsed(deps.pool, { accountId, keyHash, sinceMs });
  // What was sent under this key is answered again, whoever has the conversation by now.
  if (!isKnown) await prepare(deps, act, composition);
  const { key, ...said } = composition;
  const answer = await deps.acceptance.send({
    ...{ source: "console", accountId, projectId, mobile, userId: act.userId },
    channelId: row.channelId,
    ...{ ...said, customField: "", idempotencyKey: key },
  });
  if (answer.code !== 1) throw explain(answer);
  await noteAnswer(deps, act, answer.messageId);
  return show(deps, act, answer);
}

/** The project that serves the conversation's number: its own, else a template's, else any. */
function pickProject(
  snapshot: AccountSnapshot | undefined,
  of: { channelId: string; projectId: string; template: TemplateWish | null },
): string {
  const serving = [...(snapshot?.projects.values() ?? [])].filter(
    ({ channelId }) => channelId === of.channelId,
  );
  const number = of.template && "number" in of.template ? (of.template.number ?? 0) : 0;
  const templated = snapshot?.templatesByNumber.get(number)?.projectId;
  const wanted = [templated, of.projectId];
  const found = wanted.flatMap((id) => serving.find((project) => project.id === id) ?? []);
  const [project] = [...found, ...serving];
  if (project) return project.id;
  throw new AppError(
    "project_inactive",
    "No project sends by this conversation's number any more.",
  );
}

/**
 * Where the person wrote from last, as far as that is a number of theirs still. Whoever hides the number is answered by
 * WhatsApp's id of them, where the provider can.
 */
async function findAddress(
  deps: ComposeDeps,
  of: {
    accountId: string;
    row: { id: string; contact: { addresses: { kind: string; value: string }[] } };
    provider: string;
  },
): Promise<string> {
  const { addresses } = of.row.contact;
  const phones = addresses.filter(({ kind }) => kind === "phone");
  const takesIds = reachesHidden(of.provider);
  const usable = phones.length > 0 || !takesIds ? phones : addresses;
  const last = await findInboundAddress(deps.pool, { accountId: of.accountId, id: of.row.id });
  const found = usable.find(({ value }) => value === last) ?? usable[0];
  return (
    found?.value ??
    refuseField(
      "mobile",
      "the person hides the number, and this channel's provider sends to numbers only",
    )
  );
}

async function prepare(
  deps: ComposeDeps,
  act: AgentAct & { maySupervise: boolean },
  composition: Composition,
): Promise<void> {
  const { accountId, userId } = act;
  let isNew = false;
  await changeLocked(deps, act, async (sql, conversation) => {
    const { assigneeId, windowExpiresAt } = conversation;
    const held = await holdComposer(sql, deps, { ...act, takeOver: false });
    isNew = held.isNew;
    if (assigneeId !== null && assigneeId !== userId && !act.maySupervise) {
      await refuseHeld(sql, "taken", { accountId, userId: assigneeId });
    }
    if (composition.template === null && windowExpiresAt.getTime() <= deps.clock.now()) {
      const message =
        "More than 24 hours have passed since the person's last message: send a template.";
      throw new AppError("window_closed", message);
    }
    const happenings = await reopen(sql, deps, conversation);
    if (assigneeId !== null) return happenings;
    const opened = { ...conversation, ...(happenings.length > 0 && REOPENED) };
    return [...happenings, await give(sql, deps, { conversation: opened, userId })];
  });
  if (isNew) await beatPresence(deps.pool, accountId);
}

const REOPENED = { state: "open", snoozedUntil: null, resolvedAt: null } as const;

/** Whoever writes in a conversation that was put aside or ended goes on with it. */
async function reopen(
  sql: Transaction,
  deps: ComposeDeps,
  conversation: ConversationRow,
): Promise<Happening[]> {
  const { accountId, contactId, channelId, state } = conversation;
  if (state === "open") return [];
  if (state === "resolved") {
    const other = await findUnresolved(sql, { accountId, id: contactId }, channelId);
    if (other !== null) {
      throw new AppError("conflict", `The person has an open conversation: go on in ${other}.`);
    }
  }
  await updateConversation(sql, { ...conversation, ...REOPENED }, new Date(deps.clock.now()));
  return [{ kind: "conversation.reopened", data: {} }];
}

/** The person has an answer now, unless they wrote again meanwhile. Safe to repeat. */
async function noteAnswer(deps: ComposeDeps, act: AgentAct, messageId: string): Promise<void> {
  const nowMs = deps.clock.now();
  await changeLocked(deps, act, async (sql, conversation) => {
    const { lastInboundAt, waitingSince, firstAnsweredAt } = conversation;
    const [item] = (await loadItems(sql, itemOf(deps, act, messageId))).values();
    const answeredAt = item ? new Date(item.at) : new Date(nowMs);
    const left = lastInboundAt > answeredAt ? lastInboundAt : null;
    const isFirst = firstAnsweredAt === null;
    const same = waitingSince?.getTime() === left?.getTime();
    await forgetDraft(sql, act);
    if (same && !isFirst) return [];
    const next = { ...conversation, firstAnsweredAt: firstAnsweredAt ?? answeredAt };
    const waits = waitingSince === null ? null : left;
    await updateConversation(sql, { ...next, waitingSince: waits }, new Date(nowMs));
    return [{ kind: "conversation.answered", data: { messageId } }];
  });
}

async function forgetDraft(sql: Transaction, act: AgentAct): Promise<void> {
  const draft = await findDraft(sql, act);
  if (draft?.kind === "reply") await deleteDraft(sql, act);
}

async function show(
  deps: ComposeDeps,
  act: AgentAct,
  { messageId, replayed }: { messageId: string; replayed: boolean },
): Promise<Composed> {
  const { accountId, conversationId: id } = act;
  const { seq, conversation } = await loadConversation(deps.pool, { accountId, id });
  const items = await loadItems(deps.pool, { ...itemOf(deps, act, messageId), version: seq });
  const message = items.get(messageId);
  if (message?.type !== "message") throw new Error("an accepted message cannot be found");
  return { message, conversation, replayed };
}

function itemOf(deps: ComposeDeps, { accountId }: AgentAct, messageId: string) {
  const nothing = { version: 0, notes: [], events: [] };
  return { accountId, ...nothing, nowMs: deps.clock.now(), messageIds: [messageId] };
}

function explain(answer: Exclude<Awaited<ReturnType<Acceptance["send"]>>, { code: 1 }>): AppError {
  if (answer.code === "key-reused") {
    const message = "This Idempotency-Key was used for another message in the last 72 hours.";
    return new AppError("idempotency_key_reused", message);
  }
  if (!answer.problem) throw new Error("a refusal without its explanation");
  const { code, message, errors } = answer.problem;
  return new AppError(code, { message, ...(errors.length > 0 && { errors }) });
}
