import type { InboundItem, StatusItem } from "../../domain/inbound.ts";
import type { NumberEvent } from "./change.ts";
import { readTime } from "./receive-time.ts";
import { unsupported } from "./receive-unsupported.ts";
import { listOf, recordOf, textOf } from "./untrusted-json.ts";
import { reportedFailure } from "./upstream-error.ts";

/** Meta's words for how far a message has come. A voice note that was played has been read. */
export const MESSAGE_STATUSES: Readonly<Record<string, StatusItem["status"]>> = {
  sent: "sent",
  delivered: "delivered",
  read: "read",
  played: "read",
  failed: "failed",
};

/** Reads one element of `statuses[]` (fact sheet §3.6). The old `deleted` and new words are `unsupported`. */
export function readStatus(value: unknown, event: NumberEvent): InboundItem {
  const record = recordOf(value);
  const word = textOf(record?.status) ?? "";
  const status = Object.hasOwn(MESSAGE_STATUSES, word) ? MESSAGE_STATUSES[word] : undefined;
  const providerMessageId = textOf(record?.id);
  const at = readTime(record?.timestamp);
  if (status === undefined) return unsupported(`status ${word}`);
  if (providerMessageId === null || at === null) return unsupported("status without id or time");
  return {
    kind: "status",
    numberId: event.numberId,
    providerMessageId,
    opaque: textOf(record?.biz_opaque_callback_data),
    status,
    at,
    failure: status === "failed" ? reportedFailure(listOf(record?.errors)[0]) : null,
    pricing: readPricing(record?.pricing),
  };
}

/** `billable` will go away: then the type tells, since only `regular` is charged. */
function readPricing(value: unknown): StatusItem["pricing"] {
  const pricing = recordOf(value);
  const category = textOf(pricing?.category);
  if (pricing === null || category === null) return null;
  const { billable } = pricing;
  return {
    category,
    billable: typeof billable === "boolean" ? billable : pricing.type === "regular",
  };
}
