import type { DueStep } from "../../store/events.ts";
import type { OfficialNumber } from "../../store/numbers.ts";
import { formatMetaJson } from "../../webhooks/meta-json.ts";
import type { UpstreamEvents } from "../upstream.ts";
import { getFailureCode } from "./failure-codes.ts";
import { toInbound } from "./inbound-event.ts";
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
    formatTemplate: (template, _number, news) => ({
      kind: "field",
      json: formatTemplateEvent(template, news),
    }),
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
