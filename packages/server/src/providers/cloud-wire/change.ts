import type { JsonRecord } from "./untrusted-json.ts";

/** One `changes[]` element of a webhook, with what stands around it (fact sheet §3.3). */
export interface Change {
  /** The WABA id of the entry; null when it is missing. */
  businessId: string | null;
  /** `entry[].time`: when it happened; null when it is missing. */
  at: Date | null;
  field: string;
  /** `entry[].time`: when a field about the account changed; unread. */
  time?: unknown;
  value: JsonRecord;
}

/** What every message and status of one change shares. */
export interface NumberEvent {
  businessId: string | null;
  /** Meta's `phone_number_id`. */
  numberId: string;
  /** `contacts[]`: names and ids of the persons concerned. */
  contacts: JsonRecord[];
}
