import type { ButtonOnTelephone, MediaOnTelephone } from "@recado/contract/simulator-api";
import type { Clock } from "../clock.ts";
import type { Events } from "../store/events.ts";
import { type MediaRow, toMediaOnTelephone } from "../store/media.ts";
import { type MessageRow, type Messages, readList } from "../store/messages.ts";
import type { OfficialNumber } from "../store/numbers.ts";
import type { Windows } from "../store/windows.ts";
import type { InboundContent, PlacePayload, Upstreams } from "../upstreams/upstream.ts";

/** What a person writes. */
export interface Writing {
  number: OfficialNumber;
  /** Digits. */
  mobile: string;
  quoted: MessageRow | undefined;
  payload:
    | { type: "text"; text: string }
    /** The label or the id of a button, or of a row of a list. */
    | { type: "button"; text: string }
    | PlacePayload
    | { type: "media"; kind: MediaOnTelephone["kind"]; media: MediaRow; caption: string | null };
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
 * Somebody writes to an official number: a bubble, an open window, an event. Must run inside a transaction.
 * A `button` is a tap only when it quotes something that has it; else it is the text that stands on it.
 *
 * @returns the message's id
 */
export function writeInbound(parts: WritingParts, writing: Writing): string {
  const { number, mobile, quoted } = writing;
  const at = parts.clock();
  const upstream = parts.upstreams[number.provider];
  const id = upstream.createInboundId(mobile);
  const payload = resolvePayload(writing);
  const media = payload.type === "media" ? payload : undefined;
  const seq = parts.messages.insert({
    id,
    provider: number.provider,
    numberId: number.id,
    mobile,
    official: number.displayNumber,
    direction: "out",
    type: media?.kind ?? (payload.type === "row" ? "button" : payload.type),
    body: media === undefined ? textOf(payload) : media.caption,
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
  parts.windows.open(number.id, mobile, at);
  if (number.subscribed) {
    const content: InboundContent = { id, numberId: number.id, mobile, at, quoted, payload };
    parts.events.insertOutbox({
      ...upstream.formatInbound(content, number),
      numberId: number.id,
      orderKey: mobile,
      dueAt: at,
      messageSeq: seq,
    });
  }
  return id;
}

function resolvePayload({ payload, quoted }: Writing): InboundContent["payload"] {
  if (payload.type !== "button") return payload;
  const { text } = payload;
  return (quoted && (findRow(quoted, text) ?? findButton(quoted, text))) ?? { type: "text", text };
}

/** A row by its id, else the first of that title. */
function findRow(quoted: MessageRow, wanted: string): InboundContent["payload"] | null {
  const rows = readList(quoted)?.sections.flatMap((section) => section.rows) ?? [];
  const byId = rows.findIndex(({ id }) => id === wanted);
  const index = byId >= 0 ? byId : rows.findIndex(({ title }) => title === wanted);
  const row = rows[index];
  if (!row) return null;
  const { id, title, description } = row;
  return { type: "row", id, text: title, description, position: index + 1 };
}

/** A button by its label, else by what it answers to the business. */
function findButton(quoted: MessageRow, wanted: string): InboundContent["payload"] | null {
  const hasButtons = quoted.type === "template" || quoted.type === "interactive";
  if (!hasButtons || quoted.list !== null) return null;
  const payloads = JSON.parse(quoted.payloads ?? "{}") as Record<string, string>;
  const byPayload = Object.entries(payloads).find(([, payload]) => payload === wanted)?.[0];
  const text = Object.hasOwn(payloads, wanted) ? wanted : (byPayload ?? wanted);
  const labels = (JSON.parse(quoted.buttons) as ButtonOnTelephone[]).map((button) => button.text);
  const position = Math.max(1, labels.indexOf(text) + 1);
  return { type: "button", text, payload: payloads[text] ?? text, position };
}

function textOf(payload: InboundContent["payload"]): string {
  if (payload.type === "media") return payload.caption ?? "";
  if (payload.type !== "location") return payload.text;
  const degrees = `${payload.latitude}, ${payload.longitude}`;
  return [payload.name, payload.address, degrees].filter(Boolean).join("\n");
}
