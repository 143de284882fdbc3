import type { JsonRecord } from "../cloud-wire/untrusted-json.ts";

/** A callback in Gupshup's own shape (fact sheet §4.3). */
export interface AppEvent {
  /** The app's name: it stands for the number and for the business account. */
  app: string;
  type: string;
  payload: JsonRecord;
  /** Milliseconds since 1970, when Gupshup made it; unread. */
  timestamp: unknown;
}
