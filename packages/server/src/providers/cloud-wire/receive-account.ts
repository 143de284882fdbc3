import type { InboundItem } from "../../domain/inbound.ts";
import type { Change } from "./change.ts";
import { listOf, recordOf, textOf } from "./untrusted-json.ts";

/** Fields about the account, its numbers and its persons' wishes: kept and named (fact sheet §3.4, §3.7, §3.8). */
export const ACCOUNT_FIELDS: ReadonlySet<string> = new Set([
  "account_alerts",
  "account_review_update",
  "account_update",
  "business_capability_update",
  "phone_number_name_update",
  "phone_number_quality_update",
  "security",
  "smb_message_echoes",
  "user_preferences",
]);

/** Fields whose value is a list of independent items. */
const LISTS: Readonly<Record<string, string>> = {
  smb_message_echoes: "message_echoes",
  user_preferences: "user_preferences",
};

/** A notice for the change, one for each element where it holds several; null for other fields. */
export function readAccountChange(change: Change): InboundItem[] | null {
  if (!ACCOUNT_FIELDS.has(change.field)) return null;
  const list = LISTS[change.field];
  const count = list === undefined ? 1 : Math.max(1, listOf(change.value[list]).length);
  const notice: InboundItem = {
    kind: "notice",
    businessId: change.businessId,
    numberId: textOf(recordOf(change.value.metadata)?.phone_number_id),
    what: change.field,
  };
  return Array.from({ length: count }, () => ({ ...notice }));
}
