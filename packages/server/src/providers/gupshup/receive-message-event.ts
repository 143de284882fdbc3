import type { InboundItem, StatusItem } from "../../domain/inbound.ts";
import { digitsOf } from "../cloud-wire/receive-phone.ts";
import { readTime } from "../cloud-wire/receive-time.ts";
import { unsupported } from "../cloud-wire/receive-unsupported.ts";
import { recordOf, textOf } from "../cloud-wire/untrusted-json.ts";
import type { AppEvent } from "./app-event.ts";
import { reportedFailure } from "./failures.ts";

/** How far a message has come. */
export const MESSAGE_STATUSES: readonly StatusItem["status"][] = [
  "sent",
  "delivered",
  "read",
  "failed",
];

/** Events about a message that do not move it: handed over, dialled differently. */
export const MESSAGE_NOTICES: readonly string[] = ["enqueued", "mismatch"];

/**
 * Reads a `message-event` (fact sheet §4.4). The id under which the message was accepted is in `gsId`, and
 * in `id` when Gupshup itself decided; a report more than a week old has only WhatsApp's, which is in `id` too.
 */
export function readMessageEvent({ app, payload, timestamp }: AppEvent): InboundItem {
  const word = textOf(payload.type) ?? "";
  if (MESSAGE_NOTICES.includes(word)) {
    return { kind: "notice", businessId: app, numberId: app, what: `message-event ${word}` };
  }
  if (word === "deleted") return readDeletion(payload, { app, timestamp });
  const status = MESSAGE_STATUSES.find((one) => one === word);
  if (status === undefined) return unsupported(`message-event ${word}`);
  const id = textOf(payload.id);
  const gsId = textOf(payload.gsId);
  const inner = recordOf(payload.payload);
  const at = readTime(inner?.ts) ?? readTime(timestamp);
  const providerMessageId = gsId ?? id;
  if (providerMessageId === null || at === null) {
    return unsupported(`message-event ${word} without id or time`);
  }
  return {
    kind: "status",
    numberId: app,
    providerMessageId,
    ...(gsId !== null && id !== null && status !== "failed" ? { whatsappId: id } : {}),
    // Nothing that we send along comes back.
    opaque: null,
    status,
    at,
    failure:
      status === "failed"
        ? reportedFailure({
            code: integerOf(inner?.code),
            reason: textOf(inner?.reason),
            byWhatsApp: gsId !== null,
          })
        : null,
    pricing: readPricing(payload.pricing),
  };
}

/** A person took a message of theirs back (§4.4 `deleted`): its id is in `id`. Meta sends it no more. */
function readDeletion(
  payload: AppEvent["payload"],
  of: Pick<AppEvent, "app" | "timestamp">,
): InboundItem {
  const target = textOf(payload.id);
  const at = readTime(recordOf(payload.payload)?.ts) ?? readTime(of.timestamp);
  if (target === null || at === null)
    return unsupported("message-event deleted without id or time");
  const from = digitsOf(payload.destination);
  return { kind: "deletion", numberId: of.app, from, userId: null, at, target };
}

/** Before prices by message there was no `type`: then all but the service category was charged (§4.5). */
function readPricing(value: unknown): StatusItem["pricing"] {
  const pricing = recordOf(value);
  const category = textOf(pricing?.category)?.toLowerCase() ?? null;
  if (category === null) return null;
  const type = textOf(pricing?.type);
  return { category, billable: type === null ? category !== "service" : type === "regular" };
}

function integerOf(value: unknown): number | null {
  const text = textOf(value);
  return text !== null && /^\d{1,9}$/u.test(text) ? Number(text) : null;
}
