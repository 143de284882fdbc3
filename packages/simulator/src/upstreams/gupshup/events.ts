import type { DueStep } from "../../store/events.ts";
import type { OfficialNumber } from "../../store/numbers.ts";
import type { Template } from "../../store/templates.ts";
import { toStatus } from "../meta/events.ts";
import { getFailureCode } from "../meta/failure-codes.ts";
import { toInbound } from "../meta/inbound-event.ts";
import { toTemplateChange } from "../meta/template-event.ts";
import { createWamid } from "../meta/wamid.ts";
import type { InboundContent, TemplateNews, UpstreamEvent, UpstreamEvents } from "../upstream.ts";
import { canTellItself, formatInboundEvent } from "./inbound-event.ts";
import { formatOwnEvent } from "./own-event.ts";
import { formatTemplateEvent } from "./template-event.ts";
import { toGupshupId } from "./template-id.ts";
import { toWhatsappId } from "./whatsapp-id.ts";

type UrlOfFile = (number: OfficialNumber, mediaId: string) => string;

/** Gupshup's callbacks, one whole body each: its own (fact sheet 4.3 to 4.9) or Meta's shape (4.10). */
export function createGupshupEvents(urlOfFile: UrlOfFile): UpstreamEvents {
  return {
    createInboundId: (mobile) => createWamid(mobile, "from-user"),
    formatStatus(step, number) {
      if (number.callbackVersion === 3) return [passStatus(step, number)];
      const event = formatMessageEvent(step, number);
      // Handing over is told before what WhatsApp makes of it, and never of what Gupshup itself refuses.
      const isFirst = step.kind === "sent" || step.kind === "failed";
      return isFirst && !isDecidedByGupshup(step) ? [formatEnqueued(step, number), event] : [event];
    },
    formatInbound: (content, number) =>
      number.callbackVersion === 3 || !canTellItself(content)
        ? passInbound(content, number, urlOfFile)
        : formatInboundEvent(content, number, urlOfFile),
    formatTemplate: (template, number, news) =>
      number.callbackVersion === 3
        ? passTemplate(template, number, news)
        : formatTemplateEvent(template, number, news),
  };
}

/** Codes with which Gupshup fails a message before it hands it over: the event has no `gsId` (5.1, 5.2). */
function isDecidedByGupshup(step: DueStep): boolean {
  const code = failureOf(step)?.code ?? 0;
  const isOwn = code === 500 || code === 503;
  return isOwn || (code >= 1000 && code <= 1012) || (code >= 4001 && code <= 4005);
}

function failureOf(step: DueStep): { code: number; details?: string } | null {
  return step.kind === "failed" ? JSON.parse(step.detail ?? '{"code":131000}') : null;
}

function formatEnqueued(step: DueStep, number: OfficialNumber): UpstreamEvent {
  return formatOwnEvent(number, {
    type: "message-event",
    at: step.happened_at,
    payload: {
      id: step.id,
      type: "enqueued",
      destination: step.mobile,
      payload: {
        whatsappMessageId: toWhatsappId(step.id, step.mobile),
        type: step.type === "template" ? "template" : "session",
      },
    },
  });
}

function formatMessageEvent(step: DueStep, number: OfficialNumber): UpstreamEvent {
  const failure = failureOf(step);
  const ids = isDecidedByGupshup(step)
    ? { id: step.id }
    : { id: toWhatsappId(step.id, step.mobile), gsId: step.id };
  const inner =
    failure === null
      ? { ts: Math.floor(step.happened_at / 1000) }
      : { code: failure.code, reason: getFailureCode(failure.code).title };
  const category = step.category ?? "service";
  const isFree = category === "service";
  const type = isFree ? "free_customer_service" : "regular";
  const isPriced = step.kind === "sent" || step.kind === "delivered";
  return formatOwnEvent(number, {
    type: "message-event",
    at: step.happened_at,
    payload: {
      ...ids,
      type: step.kind,
      destination: step.mobile,
      payload: inner,
      ...(isPriced ? { pricing: { policy: "PMP", category, type } } : {}),
    },
  });
}

/** The envelope of an event in Meta's shape; handing over is not told in it by this simulator (4.10). */
function pass(number: OfficialNumber, field: string, value: unknown): UpstreamEvent {
  const body = {
    object: "whatsapp_business_account",
    gs_app_id: number.id,
    entry: [{ id: number.wabaId, changes: [{ field, value }] }],
  };
  return { kind: "message", json: JSON.stringify(body) };
}

function passTemplate(
  template: Template,
  number: OfficialNumber,
  news: TemplateNews,
): UpstreamEvent {
  const { field, value } = toTemplateChange(template, news);
  const ids = {
    message_template_id: Number(template.id),
    gs_template_id: toGupshupId(template.id),
  };
  return pass(number, field, { ...value, ...ids });
}

function headOf(number: OfficialNumber) {
  return {
    messaging_product: "whatsapp",
    metadata: { display_phone_number: number.displayNumber, phone_number_id: number.wabaId },
  };
}

function passStatus(step: DueStep, number: OfficialNumber): UpstreamEvent {
  const id = isDecidedByGupshup(step) ? step.id : toWhatsappId(step.id, step.mobile);
  const status = { ...toStatus(step, number), id, gs_id: step.id };
  return pass(number, "messages", { ...headOf(number), statuses: [status] });
}

function passInbound(
  content: InboundContent,
  number: OfficialNumber,
  urlOfFile: UrlOfFile,
): UpstreamEvent {
  const { contacts, messages } = toInbound(content, number, (id) => urlOfFile(number, id));
  const { quoted, payload } = content;
  const isOurs = quoted?.direction === "in" && payload.type !== "reaction";
  const context = isOurs && {
    from: number.displayNumber,
    id: toWhatsappId(quoted.id, quoted.mobile),
    gs_id: quoted.id,
  };
  const told = messages.map((message) => (context ? { ...message, context } : message));
  return pass(number, "messages", {
    ...headOf(number),
    ...(contacts === undefined ? {} : { contacts }),
    messages: told,
  });
}
