import type { MessageContent } from "@recado/contract/v1/message-content";
import type { DeletionItem, EditItem, MessageItem } from "../domain/inbound.ts";
import type { Transaction } from "../storage/connect.ts";
import type { NumberOwner } from "../storage/inbound.ts";
import { type LockedInbound, lockInbound, updateInbound } from "../storage/inbound-changes.ts";
import {
  CONTEXT_AGE_MAX_MS,
  NOTHING,
  type ReceiveMessagesDeps,
  receiveMessage,
} from "./receive-messages.ts";
import type { FollowUp } from "./receive-statuses.ts";
import { type Telling, tellIntegrator } from "./tell-integrator.ts";

interface Given<Item> {
  owner: NumberOwner;
  item: Item;
  nowMs: number;
}

type Version = NonNullable<MessageContent["versions"]>[number];

/** Most versions of one message that are kept: the first, and the latest. */
const VERSIONS_MAX = 50;

/** Follows whatever a person did: wrote, changed what they wrote, or took it back. */
export async function receiveFromPerson(
  sql: Transaction,
  deps: ReceiveMessagesDeps,
  { owner, item, nowMs }: Given<MessageItem | EditItem | DeletionItem>,
): Promise<FollowUp> {
  if (item.kind === "edit") return receiveEdit(sql, deps, { owner, item, nowMs });
  if (item.kind === "deletion") return receiveDeletion(sql, deps, { owner, item, nowMs });
  return receiveMessage(sql, deps, { owner, item, nowMs });
}

/**
 * Gives a message its new words and keeps the old ones; once however often it is posted, and in the order of
 * WhatsApp's time however it arrives. The words that come for a message that nobody knows are one themselves.
 */
async function receiveEdit(
  sql: Transaction,
  deps: ReceiveMessagesDeps,
  { owner, item, nowMs }: Given<EditItem>,
): Promise<FollowUp> {
  const original = await findOriginal(sql, { owner, item, nowMs });
  if (original === null) {
    const edit = { message_id: null, whatsapp_id: item.target, before: null };
    const lost: MessageItem = {
      ...{ kind: "message", type: "edit", media: null, profileName: null, replyTo: null },
      ...{ numberId: item.numberId, providerMessageId: item.providerMessageId, text: item.text },
      ...{ from: item.from, userId: item.userId, at: item.at, content: { edit } },
    };
    return receiveMessage(sql, deps, { owner, item: lost, nowMs });
  }
  if (original.isForgotten) return NOTHING;
  const version: Version = { at: item.at.toISOString(), text: item.text };
  const known = original.content?.versions ?? [
    { at: original.receivedAt.toISOString(), text: original.body },
  ];
  if (known.some(({ at, text }) => at === version.at && text === version.text)) return NOTHING;
  const versions = limitVersions([...known, version].toSorted(byTime));
  const body = versions.at(-1)?.text ?? item.text;
  const content = { ...original.content, versions };
  await updateInbound(sql, { accountId: owner.accountId, id: original.id, body, content });
  // Older words than those of today are kept and not told.
  if (versions.at(-1) !== version) return NOTHING;
  const before = original.body;
  const edit = { message_id: original.id, whatsapp_id: item.target, before };
  return tellIntegrator(sql, deps, {
    ...about(owner, original),
    event: { kind: "edited", at: item.at, data: { before, after: item.text } },
    said: saidOf(item, { text: item.text, carried: { kind: "edit", content: { edit } } }),
    nowMs,
  });
}

/** Marks a message that its writer took back, once; of a message that nobody knows there is nothing to mark. */
async function receiveDeletion(
  sql: Transaction,
  deps: ReceiveMessagesDeps,
  { owner, item, nowMs }: Given<DeletionItem>,
): Promise<FollowUp> {
  const original = await findOriginal(sql, { owner, item, nowMs });
  if (original === null || original.isForgotten) return NOTHING;
  if (original.content?.deleted_at !== undefined) return NOTHING;
  const { id, body } = original;
  const content = { ...original.content, deleted_at: item.at.toISOString() };
  await updateInbound(sql, { accountId: owner.accountId, id, body, content });
  const deletion = { message_id: id, whatsapp_id: item.target };
  return tellIntegrator(sql, deps, {
    ...about(owner, original),
    event: { kind: "deleted", at: item.at, data: {} },
    said: saidOf(item, { text: "", carried: { kind: "deletion", content: { deletion } } }),
    nowMs,
  });
}

function findOriginal(
  sql: Transaction,
  { owner, item, nowMs }: Given<EditItem | DeletionItem>,
): Promise<LockedInbound | null> {
  return lockInbound(sql, {
    accountId: owner.accountId,
    channelId: owner.channelId,
    providerMessageId: item.target,
    sinceMs: nowMs - CONTEXT_AGE_MAX_MS,
    now: new Date(nowMs),
  });
}

function about(owner: NumberOwner, original: LockedInbound): Pick<Telling, "message"> {
  const { id, projectId, channelId, mobile, customField } = original;
  const { accountId } = owner;
  // What it once quoted does not count: it is about what was written, not about a template.
  const message = { accountId, id, projectId, channelId, mobile, customField, templateId: null };
  return { message };
}

function saidOf(item: EditItem | DeletionItem, said: Telling["said"]): Telling["said"] {
  const isHidden = item.from === null && item.userId !== null;
  return isHidden ? { ...said, userId: item.userId ?? "" } : said;
}

/** By whole seconds: some events have no more, and one must not seem older than what it changes. */
function byTime(left: Version, right: Version): number {
  const seconds = ({ at }: Version) => Math.floor(Date.parse(at) / 1_000);
  return seconds(left) - seconds(right);
}

function limitVersions(versions: Version[]): Version[] {
  if (versions.length <= VERSIONS_MAX) return versions;
  return [...versions.slice(0, 1), ...versions.slice(1 - VERSIONS_MAX)];
}
