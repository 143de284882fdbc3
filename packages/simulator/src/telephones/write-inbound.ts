import type { ButtonOnTelephone, MediaOnTelephone } from "@recado/contract/simulator-api";
import type { Clock } from "../clock.ts";
import type { Events } from "../store/events.ts";
import { toMediaOnTelephone } from "../store/media.ts";
import { type MessageRow, type Messages, readList } from "../store/messages.ts";
import type { OfficialNumber } from "../store/numbers.ts";
import type { Windows } from "../store/windows.ts";
import {
  type ChangePayload,
  type InboundPayload,
  type NewPayload,
  wordsOf,
} from "../upstreams/inbound-payload.ts";
import type { Upstreams } from "../upstreams/upstream.ts";

/** What a person writes. */
export interface Writing {
  number: OfficialNumber;
  /** Digits. */
  mobile: string;
  /** What it quotes, or is about. */
  quoted: MessageRow | undefined;
  /** The number is not told. */
  hidden?: boolean;
  payload:
    | Exclude<InboundPayload, { type: "button" | "row" }>
    /** The label or the id of a button, or of a row of a list, of what it quotes. */
    | { type: "button"; text: string };
}

/** What writing needs. */
export interface WritingParts {
  events: Events;
  messages: Messages;
  windows: Windows;
  clock: Clock;
  upstreams: Upstreams;
}

/**
 * Somebody does something towards an official number: a bubble of its own or a change of one, an open window, an
 * event. Must run inside a transaction. A `button` is a tap only when it quotes something that has it; else it is
 * the text that stands on it.
 *
 * @returns the message's id
 */
export function writeInbound(parts: WritingParts, writing: Writing): string {
  const { number, mobile, quoted, hidden = false } = writing;
  const at = parts.clock();
  const upstream = parts.upstreams[number.provider];
  const id = upstream.createInboundId(mobile);
  const payload = resolvePayload(writing);
  const messageSeq = isChange(payload)
    ? changeBubble(parts, quoted, payload)
    : addBubble(parts, writing, { id, at, payload });
  if (payload.type !== "system") parts.windows.open(number.id, mobile, at);
  if (number.subscribed) {
    const content = { id, numberId: number.id, mobile, at, quoted, hidden, payload };
    parts.events.insertOutbox({
      ...upstream.formatInbound(content, number),
      numberId: number.id,
      orderKey: mobile,
      dueAt: at,
      ...(messageSeq === undefined ? {} : { messageSeq }),
    });
  }
  return id;
}

function isChange(payload: InboundPayload): payload is ChangePayload {
  return payload.type === "reaction" || payload.type === "edit" || payload.type === "revoke";
}

function changeBubble(
  parts: WritingParts,
  quoted: MessageRow | undefined,
  payload: ChangePayload,
): undefined {
  if (quoted === undefined) return;
  if (payload.type === "reaction") parts.messages.setReaction(quoted.seq, payload.emoji || null);
  else if (payload.type === "edit") parts.messages.setBody(quoted.seq, payload.text);
  else parts.messages.revoke(quoted.seq);
}

function addBubble(
  parts: WritingParts,
  { number, mobile, quoted }: Writing,
  { id, at, payload }: { id: string; at: number; payload: NewPayload },
): number {
  const media = payload.type === "media" ? payload : undefined;
  return parts.messages.insert({
    id,
    provider: number.provider,
    numberId: number.id,
    // A change of number stands in the chat of the new one.
    mobile: payload.type === "system" ? payload.newMobile : mobile,
    official: number.displayNumber,
    direction: "out",
    type: media?.kind ?? (payload.type === "row" ? "button" : payload.type),
    body: media === undefined ? wordsOf(payload) : media.caption,
    media:
      media === undefined
        ? null
        : toMediaOnTelephone(media.media, media.kind as MediaOnTelephone["kind"], null),
    mediaId: media?.media.id ?? null,
    replyTo: quoted?.id ?? null,
    status: "sent",
    arrived: false,
    at,
  });
}

function resolvePayload({ payload, quoted }: Writing): InboundPayload {
  if (payload.type !== "button") return payload;
  const { text } = payload;
  return (quoted && (findRow(quoted, text) ?? findButton(quoted, text))) ?? { type: "text", text };
}

/** What was tapped. */
type Tap = Extract<InboundPayload, { type: "button" | "row" }>;

/** A row by its id, else the first of that title. */
function findRow(quoted: MessageRow, wanted: string): Tap | null {
  const rows = readList(quoted)?.sections.flatMap((section) => section.rows) ?? [];
  const byId = rows.findIndex(({ id }) => id === wanted);
  const index = byId >= 0 ? byId : rows.findIndex(({ title }) => title === wanted);
  const row = rows[index];
  if (!row) return null;
  const { id, title, description } = row;
  return { type: "row", id, text: title, description, position: index + 1 };
}

/** A button by its label, else by what it answers to the business. */
function findButton(quoted: MessageRow, wanted: string): Tap | null {
  const hasButtons = quoted.type === "template" || quoted.type === "interactive";
  if (!hasButtons || quoted.list !== null) return null;
  const payloads = JSON.parse(quoted.payloads ?? "{}") as Record<string, string>;
  const byPayload = Object.entries(payloads).find(([, payload]) => payload === wanted)?.[0];
  const text = Object.hasOwn(payloads, wanted) ? wanted : (byPayload ?? wanted);
  const labels = (JSON.parse(quoted.buttons) as ButtonOnTelephone[]).map((button) => button.text);
  const position = Math.max(1, labels.indexOf(text) + 1);
  return { type: "button", text, payload: payloads[text] ?? text, position };
}
