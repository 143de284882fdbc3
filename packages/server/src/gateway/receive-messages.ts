import { createHash } from "node:crypto";
import type { Directory } from "../accounts/directory.ts";
import { wantsEvent } from "../domain/event-filter.ts";
import type { InboundMedia, MessageItem } from "../domain/inbound.ts";
import { makeReplyBody } from "../domain/webhook-body.ts";
import type { IdMaker } from "../platform/ids.ts";
import type { LinkSigner } from "../platform/link-signer.ts";
import type { Transaction } from "../storage/connect.ts";
import { insertDeliveries } from "../storage/deliveries.ts";
import { findProjectEndpoints } from "../storage/endpoints.ts";
import { insertEvents } from "../storage/events.ts";
import {
  findProjectOfChannel,
  findReplyContext,
  insertInbound,
  type NumberOwner,
} from "../storage/inbound.ts";
import type { FollowUp } from "./receive-statuses.ts";

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

const CONTEXT_AGE_MAX_MS = 90 * 86_400_000;
const LINK_LIFE_MS = 30 * 86_400_000;

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
  const mobile = item.from ?? item.userId ?? "";
  const sinceMs = nowMs - CONTEXT_AGE_MAX_MS;
  const question = { accountId, channelId, mobile, quoted: item.replyTo, sinceMs };
  const context = await findReplyContext(sql, question);
  const projectId = context.projectId ?? (await findProjectOfChannel(sql, accountId, channelId));
  if (projectId === null) return NOTHING;
  const id = makeInboundId(owner, item);
  const media = item.media && formatFile(item.media);
  const stored = await insertInbound(sql, {
    accountId,
    id,
    projectId,
    channelId,
    mobile,
    kind: item.type,
    body: item.text,
    media,
    replyTo: context.quotedId,
    customField: context.customField,
    providerMessageId: item.providerMessageId,
    receivedAt: item.at,
    fetchAt: media ? new Date(nowMs) : null,
  });
  if (!stored) return NOTHING;
  const message = { accountId, id, projectId, channelId, mobile, customField: context.customField };
  return tellIntegrator(sql, deps, { message, item, nowMs });
}

/**
 * The id of a person's message: made of WhatsApp's time and id, so that the same message posted again
 * collides with itself, in whatever month it comes.
 */
export function makeInboundId(owner: NumberOwner, item: MessageItem): string {
  const digest = createHash("sha256")
    .update(`${owner.accountId} ${owner.channelId} ${item.providerMessageId}`)
    .digest();
  const bytes = Buffer.alloc(16);
  bytes.writeUIntBE(Math.max(0, item.at.getTime()), 0, 6);
  digest.copy(bytes, 6, 0, 10);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString("hex");
  return [
    [0, 8],
    [8, 12],
    [12, 16],
    [16, 20],
    [20, 32],
  ]
    .map(([from, to]) => hex.slice(from, to))
    .join("-");
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

interface Told {
  message: {
    accountId: string;
    id: string;
    projectId: string;
    channelId: string;
    mobile: string;
    customField: string;
  };
  item: MessageItem;
  nowMs: number;
}

const NOTHING: FollowUp = { deliveries: 0, finish: () => [] };

async function tellIntegrator(
  sql: Transaction,
  deps: ReceiveMessagesDeps,
  { message, item, nowMs }: Told,
): Promise<FollowUp> {
  const { accountId, projectId } = message;
  const eventId = deps.ids.next(nowMs);
  const data = { type: item.type };
  const event = { accountId, id: eventId, kind: "reply", messageId: message.id, projectId };
  const endpoints = (await findProjectEndpoints(sql, [{ accountId, projectId }])).filter(
    (endpoint) => wantsEvent(endpoint, { kind: "reply" }),
  );
  const snapshot = (await deps.directory.snapshots(sql, [accountId])).get(accountId);
  const officialNumber = snapshot?.channels.get(message.channelId)?.officialNumber ?? "";
  const body = formatReply(deps, { message, item, nowMs }, officialNumber);
  const rows = endpoints.map((endpoint) => ({
    accountId,
    id: deps.ids.next(nowMs),
    endpointId: endpoint.id,
    seq: null,
    eventId,
    kind: "reply" as const,
    orderKey: `${message.channelId} ${message.mobile}`,
    messageId: message.id,
    body,
    at: new Date(nowMs),
  }));
  return {
    deliveries: rows.length,
    finish: () => [
      insertEvents(sql, [{ ...event, at: item.at, data }]),
      insertDeliveries(sql, rows),
    ],
  };
}

function formatReply(
  deps: ReceiveMessagesDeps,
  { message, item, nowMs }: Told,
  officialNumber: string,
): string {
  const { accountId, id, mobile, customField } = message;
  const name = item.media ? (item.media.name ?? `${item.media.kind}-${id}`) : "";
  const media = item.media && {
    url: formatInboundLink(deps, { accountId, id, name }, nowMs),
    type: item.media.mime,
    name,
  };
  const facts = { mobile, message: item.text, customField, officialNumber };
  return JSON.stringify(makeReplyBody({ ...facts, media: media ?? undefined }));
}

function formatFile(media: InboundMedia): InboundFile {
  return { ...media, storageKey: null, bytes: null, error: null };
}
