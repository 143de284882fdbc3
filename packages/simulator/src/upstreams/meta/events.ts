import type { DueStep } from "../../store/events.ts";
import type { OfficialNumber } from "../../store/numbers.ts";
import { formatMetaJson } from "../../webhooks/meta-json.ts";
import type { InboundContent, UpstreamEvents } from "../upstream.ts";
import { getFailureCode } from "./failure-codes.ts";
import { formatTemplateEvent } from "./template-event.ts";
import { toBusinessScopedId } from "./wa-id.ts";
import { createWamid } from "./wamid.ts";

const errorCodesPage =
  "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/";

const lateDetails: Record<number, string> = {
  131026: "Message Undeliverable.",
  131047:
    "Message failed to send because more than 24 hours have passed since the customer last replied to this number.",
  131048:
    "Message failed to send because there are restrictions on how many messages can be sent from this phone number.",
};

/** Meta's webhooks (fact sheet 3.4 to 3.6). `urlOfMedia` makes the address of an inbound file. */
export function createMetaEvents(urlOfMedia: (id: string) => string): UpstreamEvents {
  return {
    createInboundId: (mobile) => createWamid(mobile, "from-user"),
    formatStatus: (step, number) => [
      { kind: "status", json: formatMetaJson(toStatus(step, number)) },
    ],
    formatInbound: (content, number) => {
      const value = toInbound(content, number, urlOfMedia);
      return { kind: "message", json: formatMetaJson(value).slice(1, -1) };
    },
    formatTemplate: (template) => ({ kind: "field", json: formatTemplateEvent(template) }),
  };
}

/** One element of `statuses[]`. */
export function toStatus(step: DueStep, number: OfficialNumber): Record<string, unknown> {
  const isFailed = step.kind === "failed";
  const category = step.category ?? "service";
  const isPriced = step.kind === "sent" || step.kind === "delivered";
  return {
    id: step.id,
    status: step.kind,
    timestamp: String(Math.floor(step.happened_at / 1000)),
    recipient_id: step.mobile,
    ...(isFailed ? {} : { recipient_user_id: toBusinessScopedId(step.mobile, number.wabaId) }),
    ...(step.opaque === null ? {} : { biz_opaque_callback_data: step.opaque }),
    ...(isPriced && step.type !== "reaction"
      ? {
          pricing: {
            billable: category !== "service",
            pricing_model: "PMP",
            type: category === "service" ? "free_customer_service" : "regular",
            category,
          },
        }
      : {}),
    ...(isFailed ? { errors: [toError(step.detail)] } : {}),
  };
}

function toError(detail: string | null): Record<string, unknown> {
  const failure = JSON.parse(detail ?? '{"code":131000}') as { code: number; details?: string };
  const { title } = getFailureCode(failure.code);
  return {
    code: failure.code,
    title,
    message: title,
    error_data: { details: failure.details ?? lateDetails[failure.code] ?? `${title}.` },
    href: errorCodesPage,
  };
}

/** The contacts and the message of one inbound change. */
export function toInbound(
  content: InboundContent,
  number: OfficialNumber,
  urlOfMedia: (id: string) => string,
): { contacts: object[]; messages: object[] } {
  const userId = toBusinessScopedId(content.mobile, number.wabaId);
  return {
    contacts: [
      { profile: { name: nameOf(content.mobile) }, wa_id: content.mobile, user_id: userId },
    ],
    messages: [
      {
        ...(content.quoted === undefined ? {} : { context: contextOf(content, number) }),
        from: content.mobile,
        from_user_id: userId,
        id: content.id,
        timestamp: String(Math.floor(content.at / 1000)),
        ...payloadOf(content, urlOfMedia),
      },
    ],
  };
}

function contextOf(content: InboundContent, number: OfficialNumber): Record<string, string> {
  const isTheirs = content.quoted?.direction === "out";
  return {
    from: isTheirs ? content.mobile : number.displayNumber,
    id: content.quoted?.id ?? "",
  };
}

function payloadOf(
  { payload, quoted }: InboundContent,
  urlOfMedia: (id: string) => string,
): Record<string, unknown> {
  if (payload.type === "text") return { type: "text", text: { body: payload.text } };
  if (payload.type === "button") {
    if (quoted?.type === "interactive") {
      const reply = { id: payload.payload, title: payload.text };
      return { type: "interactive", interactive: { type: "button_reply", button_reply: reply } };
    }
    return { type: "button", button: { payload: payload.payload, text: payload.text } };
  }
  if (payload.type === "row") {
    const { id, text: title, description } = payload;
    const reply = { id, title, ...(description === null ? {} : { description }) };
    return { type: "interactive", interactive: { type: "list_reply", list_reply: reply } };
  }
  if (payload.type === "location") {
    const { type: _, name, address, ...degrees } = payload;
    const named = { ...(name === null ? {} : { name }), ...(address === null ? {} : { address }) };
    return { type: "location", location: { ...degrees, ...named } };
  }
  const { media, kind, caption } = payload;
  return {
    type: kind,
    [kind]: {
      ...(caption === null || kind === "audio" || kind === "sticker" ? {} : { caption }),
      ...(kind === "document" ? { filename: media.name ?? "archivo" } : {}),
      mime_type: media.mime,
      sha256: Buffer.from(media.sha256, "hex").toString("base64"),
      id: media.id,
      url: urlOfMedia(media.id),
      ...(kind === "audio" ? { voice: false } : {}),
      ...(kind === "sticker" ? { animated: false } : {}),
    },
  };
}

const names = [
  "Ana",
  "Luis",
  "Marta",
  "Jorge",
  "Sofía",
  "Pedro",
  "Lucía",
  "Andrés",
  "Ñusta",
  "Íñigo",
];

/** A person's profile name: always the same for one telephone. */
export function nameOf(mobile: string): string {
  return names[Number(mobile.slice(-1))] ?? "Ana";
}
