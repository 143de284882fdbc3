import type { InboundItem } from "../../domain/inbound.ts";
import { boundRecord } from "./bound-json.ts";
import type { Change } from "./change.ts";
import { digitsOf } from "./receive-phone.ts";
import { readTime } from "./receive-time.ts";
import { listOf, recordOf, textOf } from "./untrusted-json.ts";

/** Fields about the account and its numbers, which the operator should see (fact sheet §3.8). */
const TOLD_FIELDS: readonly string[] = [
  "account_alerts",
  "account_review_update",
  "account_update",
  "business_capability_update",
  "phone_number_name_update",
  "phone_number_quality_update",
  "security",
];

/** Fields whose value is a list of independent items, which are counted (§3.4, §3.7). */
const LISTS: Readonly<Record<string, string>> = {
  smb_message_echoes: "message_echoes",
  user_preferences: "user_preferences",
};

/** Fields about the account, its numbers and its persons' wishes: kept and named. */
export const ACCOUNT_FIELDS: ReadonlySet<string> = new Set([...TOLD_FIELDS, ...Object.keys(LISTS)]);

/** A notice for the change, one for each element where it holds several; null for other fields. */
export function readAccountChange(change: Change): InboundItem[] | null {
  if (!ACCOUNT_FIELDS.has(change.field)) return null;
  const { businessId, field, value } = change;
  const numberId = textOf(recordOf(value.metadata)?.phone_number_id);
  const notice: InboundItem = { kind: "notice", businessId, numberId, what: field };
  if (TOLD_FIELDS.includes(field)) {
    const officialNumber = digitsOf(value.display_phone_number);
    const at = readTime(change.time);
    return [{ ...notice, said: { at, officialNumber, data: boundRecord(value) } }];
  }
  const list = LISTS[field];
  const count = list === undefined ? 1 : Math.max(1, listOf(value[list]).length);
  return Array.from({ length: count }, () => ({ ...notice }));
}
