import type { MediaOnTelephone } from "@recado/contract/simulator-api";
import type { Clock } from "../clock.ts";
import type { Events } from "../store/events.ts";
import { type MediaRow, toMediaOnTelephone } from "../store/media.ts";
import type { MessageRow, Messages } from "../store/messages.ts";
import type { OfficialNumber } from "../store/numbers.ts";
import type { Windows } from "../store/windows.ts";
import type { InboundContent, Upstreams } from "../upstreams/upstream.ts";

/** What a person writes. */
export interface Writing {
  number: OfficialNumber;
  /** Digits. */
  mobile: string;
  quoted: MessageRow | undefined;
  payload:
    | { type: "text"; text: string }
    | { type: "button"; text: string }
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
 * A `button` is a tap only when it quotes something with buttons; else it is the text that stands on it.
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
    type: media?.kind ?? payload.type,
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

function resolvePayload(writing: Writing): InboundContent["payload"] {
  const { payload, quoted } = writing;
  if (payload.type !== "button") return payload;
  const hasButtons = quoted?.type === "template" || quoted?.type === "interactive";
  if (!hasButtons) return { type: "text", text: payload.text };
  const payloads = JSON.parse(quoted?.payloads ?? "{}") as Record<string, string>;
  return { type: "button", text: payload.text, payload: payloads[payload.text] ?? payload.text };
}

function textOf(payload: InboundContent["payload"]): string {
  return payload.type === "media" ? (payload.caption ?? "") : payload.text;
}
