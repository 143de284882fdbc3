import { RETENTION_DAYS_MIN } from "@recado/contract/admin-operator-api";
import type { MessageContent } from "@recado/contract/v1/message-content";
import type { Directory } from "../accounts/directory.ts";
import { noteInbound } from "../contacts/note-inbound.ts";
import type { InboundMedia, MessageItem } from "../domain/inbound.ts";
import type { IdMaker } from "../platform/ids.ts";
import type { LinkSigner } from "../platform/link-signer.ts";
import type { Transaction } from "../storage/connect.ts";
import {
  findInbound,
  findProjectOfChannel,
  findReplyContext,
  insertInbound,
  type NumberOwner,
  type ReplyQuestion,
} from "../storage/inbound.ts";
import {
  completeInbound,
  insertAddressChange,
  listEarlierAddresses,
} from "../storage/inbound-changes.ts";
import { isForgotten } from "../storage/retention.ts";
import { makeDatedId } from "./dated-id.ts";
import { makeInboundPlace } from "./inbound-place.ts";
import type { FollowUp } from "./receive-statuses.ts";
import { type Telling, tellIntegrator } from "./tell-integrator.ts";

/** How a person's file is kept in `messages.media`. */
export interface InboundFile extends InboundMedia {
  /** Key in the blob store; null until it was fetched. */
  storageKey: string | null;
  bytes: number | null;
  /** Why it could not be fetched; null otherwise. */
  error: string | null;
}

/** What receiving messages needs. */
export interface ReceiveMessagesDeps {
  directory: Directory;
  ids: IdMaker;
  links: LinkSigner;
  publicUrl(): string;
}

/** Nothing older is looked at for what a message answers or changes. */
export const CONTEXT_AGE_MAX_MS = 90 * 86_400_000;
const DAY_MS = 86_400_000;
const LINK_LIFE_MS = 30 * DAY_MS;

/** What follows from nothing. */
export const NOTHING: FollowUp = { deliveries: 0, finish: () => [] };

/**
 * Stores what a person wrote and puts it on its way to the integrator, once however often the provider
 * posts it.
 */
export async function receiveMessage(
  sql: Transaction,
  deps: ReceiveMessagesDeps,
  given: { owner: NumberOwner; item: MessageItem; nowMs: number },
): Promise<FollowUp> {
  const { owner, item, nowMs } = given;
  const { accountId, channelId } = owner;
  const mobile = addressOf(item);
  await noteAddressChange(sql, accountId, item);
  const sinceMs = nowMs - CONTEXT_AGE_MAX_MS;
  const question = { accountId, channelId, mobile, quoted: item.replyTo, sinceMs };
  const context = await findContext(sql, question);
  const projectId = context.projectId ?? (await findProjectOfChannel(sql, accountId, channelId));
  if (projectId === null) return NOTHING;
  const id = makeInboundId(owner, item);
  const { place, openingId } = makeInboundPlace(deps.ids, { saidAt: item.at, nowMs });
  const content = joinContent(item, context.quotedId);
  const forgotten = await isOutdated(sql, { accountId, saidAt: item.at, nowMs });
  const media = forgotten ? null : item.media && formatFile(item.media);
  const stored = await insertInbound(sql, {
    accountId,
    id,
    projectId,
    channelId,
    mobile,
    kind: item.type,
    body: forgotten ? "" : item.text,
    media,
    replyTo: context.quotedId,
    customField: forgotten ? "" : context.customField,
    providerMessageId: item.providerMessageId,
    receivedAt: item.at,
    fetchAt: media ? new Date(nowMs) : null,
    content: forgotten ? null : content,
    userId: item.userId,
    place,
  });
  if (!stored) {
    await completeInbound(sql, {
      ...{ accountId, id, content, userId: item.userId },
      now: new Date(nowMs),
    });
    return NOTHING;
  }
  const { customField, templateId } = context;
  const message = { accountId, id, projectId, channelId, mobile, customField, templateId };
  const where = { accountId, channelId, projectId, messageId: id };
  const notes = await noteInbound(sql, deps.ids, { ...where, item, openingId, nowMs });
  return tellIntegrator(sql, deps, {
    message,
    nowMs,
    notes,
    // A file that is not kept is not fetched: nothing leads to it.
    ...describe(deps, { item: { ...item, media: media && item.media }, id, content }, given),
  });
}

/**
 * Whether a post that is read late says what its account keeps no longer: nothing would blank it afterwards. Asked only
 * of what is older than the shortest time that can be set.
 */
async function isOutdated(
  sql: Transaction,
  of: { accountId: string; saidAt: Date; nowMs: number },
): Promise<boolean> {
  const { accountId, saidAt, nowMs } = of;
  if (nowMs - saidAt.getTime() < RETENTION_DAYS_MIN * DAY_MS) return false;
  return isForgotten(sql, accountId, { saidAt, now: new Date(nowMs) });
}

/** Where a person is reached: the number, or WhatsApp's id of whoever hides it. */
export function addressOf(item: { from: string | null; userId: string | null }): string {
  return item.from ?? item.userId ?? "";
}

/** The id of a person's message, see {@link makeDatedId}. */
export function makeInboundId(
  owner: Pick<NumberOwner, "accountId" | "channelId">,
  item: Pick<MessageItem, "at" | "providerMessageId">,
): string {
  const seed = `${owner.accountId} ${owner.channelId} ${item.providerMessageId}`;
  return makeDatedId(item.at, seed);
}

/** Where a person's file is fetched from by the integrator. */
export function formatInboundLink(
  deps: Pick<ReceiveMessagesDeps, "links" | "publicUrl">,
  message: { accountId: string; id: string; name: string },
  nowMs: number,
): string {
  const path = `in/${message.accountId}/${message.id}`;
  const seal = deps.links.sign(path, nowMs + LINK_LIFE_MS);
  return `${deps.publicUrl()}/media/${path}/${seal}/${encodeURIComponent(message.name)}`;
}

/** What a person's file is called where it has no name of its own. */
export function nameInboundFile(id: string, media: { kind: string; name: string | null }): string {
  return media.name ?? `${media.kind}-${id}`;
}

/** A person who changed number or id is found again under the new one. */
async function noteAddressChange(
  sql: Transaction,
  accountId: string,
  item: MessageItem,
): Promise<void> {
  const system = item.content?.system;
  if (!system) return;
  const { mobile_before, mobile, user_id_before, user_id } = system;
  for (const [earlier, address] of [
    [mobile_before, mobile],
    [user_id_before, user_id],
  ]) {
    if (!earlier || !address || earlier === address) continue;
    await insertAddressChange(sql, { accountId, address, earlier, at: item.at });
  }
}

/**
 * What a message answers. What it is about and was not sent by us, the person may have written. Only somebody whom
 * nothing was ever sent to is looked for under earlier addresses.
 */
async function findContext(sql: Transaction, question: ReplyQuestion) {
  const context = await findReplyContext(sql, question);
  const { quoted } = question;
  if (quoted !== null && context.quotedId === null) {
    const own = await findInbound(sql, { ...question, quoted });
    if (own) return { ...context, ...own };
  }
  if (context.projectId !== null) return context;
  const { accountId, mobile: address } = question;
  for (const mobile of await listEarlierAddresses(sql, { accountId, address })) {
    const earlier = await findReplyContext(sql, { ...question, mobile });
    if (earlier.projectId !== null) return earlier;
  }
  return context;
}

/** What a message carries, with our own id of the one that it is about. */
function joinContent(item: MessageItem, quotedId: string | null): MessageContent | null {
  const { content, replyTo } = item;
  if (replyTo === null) return content ?? null;
  if (content?.reaction) {
    return { ...content, reaction: { ...content.reaction, message_id: quotedId } };
  }
  return { ...content, quote: { message_id: quotedId, whatsapp_id: replyTo } };
}

/** What happened, in words for the log of events and for the integrator. */
function describe(
  deps: ReceiveMessagesDeps,
  { item, id, content }: { item: MessageItem; id: string; content: MessageContent | null },
  { owner, nowMs }: { owner: NumberOwner; nowMs: number },
): Pick<Telling, "event" | "said"> {
  const { accountId } = owner;
  const name = item.media ? nameInboundFile(id, item.media) : "";
  const media = item.media && {
    url: formatInboundLink(deps, { accountId, id, name }, nowMs),
    type: item.media.mime,
    name,
  };
  const system = content?.system;
  const isKnown = system !== undefined && system.type !== "other";
  return {
    event: isKnown
      ? {
          kind: `contact.${system.type}`,
          at: item.at,
          data: { channel_id: owner.channelId, ...system },
        }
      : { kind: "reply", at: item.at, data: { type: item.type } },
    said: {
      // What WhatsApp says in a system message is nothing that the person wrote.
      text: item.type === "system" ? "" : item.text,
      ...(media && { media }),
      ...(item.from === null && item.userId !== null && { userId: item.userId }),
      ...(content && { carried: { kind: item.type, content } }),
    },
  };
}

function formatFile(media: InboundMedia): InboundFile {
  return { ...media, storageKey: null, bytes: null, error: null };
}
