import type { InboundItem } from "../../domain/inbound.ts";
import { boundRecord } from "./bound-json.ts";
import type { Change, NumberEvent } from "./change.ts";
import { readMessage } from "./receive-message.ts";
import { readStatus } from "./receive-status.ts";
import { unsupported } from "./receive-unsupported.ts";
import { listOf, recordOf, textOf } from "./untrusted-json.ts";

/** Reads `field: "messages"` (fact sheet §3.4, §3.6): persons' messages, statuses, errors; null for other fields. */
export function readMessagesChange(change: Change): InboundItem[] | null {
  if (change.field !== "messages") return null;
  const { value } = change;
  const numberId = textOf(recordOf(value.metadata)?.phone_number_id);
  if (numberId === null) return [unsupported("messages without phone_number_id")];
  const event: NumberEvent = {
    businessId: change.businessId,
    numberId,
    contacts: listOf(value.contacts)
      .map(recordOf)
      .filter((contact) => contact !== null),
  };
  const items = [
    ...listOf(value.messages).map((message) => readMessage(message, event)),
    ...listOf(value.statuses).map((status) => readStatus(status, event)),
    ...listOf(value.errors).map((error) => readError(error, event)),
  ];
  return items.length === 0 ? [unsupported("messages without items")] : items;
}

/** Trouble of the account that concerns no message in particular. */
function readError(value: unknown, event: NumberEvent): InboundItem {
  const code = textOf(recordOf(value)?.code);
  if (code === null) return unsupported("error without code");
  const { businessId, numberId } = event;
  const said = { at: null, officialNumber: null, data: boundRecord(value) };
  return { kind: "notice", businessId, numberId, what: `error ${code.slice(0, 20)}`, said };
}
