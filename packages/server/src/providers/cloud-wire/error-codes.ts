import type { Failure } from "../../domain/send-outcome.ts";

/**
 * Meta's error codes as data: who can do something, whether the same call may be made again, and what
 * else the error stops. Fact sheet §2.2; the HTTP status is not in it because it cannot be trusted.
 */
export interface CodeRule {
  blame: Failure["blame"];
  /** `rest`: the whole number must pause, {@link CodeRule.restMs} at least. */
  retry: "never" | "soon" | "pair" | "rest";
  /** With `rest` only. */
  restMs?: number;
  scope: ErrorScope;
}

/** What an error is about: the narrower it is, the more of the traffic may go on. */
export type ErrorScope = "message" | "recipient" | "template" | "number" | "business" | "token";

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;

const TOKEN: CodeRule = { blame: "us", retry: "never", scope: "token" };
const CALLS: CodeRule = { blame: "us", retry: "rest", restMs: MINUTE_MS, scope: "business" };
const FAULT: CodeRule = { blame: "provider", retry: "soon", scope: "message" };
const CONTENT: CodeRule = { blame: "customer", retry: "never", scope: "message" };
const PERSON: CodeRule = { blame: "recipient", retry: "never", scope: "recipient" };
const TEMPLATE: CodeRule = { blame: "customer", retry: "never", scope: "template" };
const NUMBER: CodeRule = { blame: "customer", retry: "never", scope: "number" };
const BUSINESS: CodeRule = { blame: "customer", retry: "never", scope: "business" };

/** Every code of the fact sheet's table that can meet a message or a call of ours. */
export const ERROR_CODES: ReadonlyMap<number, CodeRule> = new Map<number, CodeRule>([
  [0, TOKEN],
  [1, FAULT],
  [2, FAULT],
  [3, TOKEN],
  [4, CALLS],
  [10, TOKEN],
  [17, CALLS],
  [33, NUMBER],
  [100, CONTENT],
  [104, TOKEN],
  [190, TOKEN],
  [368, BUSINESS],
  // Older words for 131047 and 131048, which the manual still lists.
  [470, PERSON],
  [471, NUMBER],
  [613, CALLS],
  [80007, CALLS],
  [80008, CALLS],
  [130403, PERSON],
  [130429, { blame: "us", retry: "rest", restMs: SECOND_MS, scope: "number" }],
  [130472, PERSON],
  [130497, BUSINESS],
  [131000, FAULT],
  [131005, TOKEN],
  [131008, CONTENT],
  [131009, CONTENT],
  [131014, CONTENT],
  [131016, FAULT],
  [131020, CONTENT],
  [131021, CONTENT],
  [131026, PERSON],
  [131030, PERSON],
  [131031, BUSINESS],
  [131037, NUMBER],
  [131041, CONTENT],
  [131042, BUSINESS],
  [131045, NUMBER],
  [131047, PERSON],
  [131048, NUMBER],
  [131049, PERSON],
  [131050, PERSON],
  [131051, CONTENT],
  [131052, CONTENT],
  [131053, CONTENT],
  [131055, TEMPLATE],
  [131056, { blame: "recipient", retry: "pair", scope: "recipient" }],
  [131057, { blame: "provider", retry: "rest", restMs: 30 * SECOND_MS, scope: "number" }],
  // Only listing pages has it: the caller starts again from the first page.
  [131059, { blame: "us", retry: "soon", scope: "message" }],
  [131062, PERSON],
  [131063, TEMPLATE],
  [131064, BUSINESS],
  [132000, CONTENT],
  [132001, TEMPLATE],
  [132005, CONTENT],
  [132007, TEMPLATE],
  [132008, CONTENT],
  [132012, CONTENT],
  [132015, TEMPLATE],
  [132016, TEMPLATE],
  [132018, CONTENT],
  [132068, TEMPLATE],
  [132069, TEMPLATE],
  [133000, NUMBER],
  [133004, FAULT],
  [133006, NUMBER],
  [133010, NUMBER],
  [133015, NUMBER],
  [134011, BUSINESS],
  [134100, TEMPLATE],
  [134101, { blame: "provider", retry: "soon", scope: "template" }],
  [134102, NUMBER],
  [135000, CONTENT],
  [137000, PERSON],
]);

/** The rule of a code; the range 200–299 is "permission missing". Null when Meta invented a new one. */
export function findCodeRule(code: number): CodeRule | null {
  if (code >= 200 && code <= 299) return TOKEN;
  return ERROR_CODES.get(code) ?? null;
}
