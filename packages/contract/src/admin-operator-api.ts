import { z } from "zod";
import { id, momentOrNull, pageQuery } from "./admin-fields.ts";

/* The administration API, third part: what whoever runs the platform for others needs. */

/** A UTC day, `2026-11-22`. */
export const day = z.iso.date({ error: "must be a day such as 2026-11-22" });

/** A month on the account's clocks. */
export const month = z
  .string()
  .regex(/^20\d{2}-(0[1-9]|1[0-2])$/u, "must be a month such as 2026-11");

/** A day of a reseller, settled: `resale` is what its customers paid, `wholesale` what it owes for that. */
export const settlement = z.object({
  day: z.string(),
  messages: z.number(),
  resale: z.string(),
  wholesale: z.string(),
  margin: z.string(),
  causeId: id,
  postedAt: z.string(),
});

/** What a report on margin can be broken down by. */
export const MARGIN_GROUPS = ["day", "account", "category", "country"] as const;

/** Days are UTC, both included; at most 92 of them. `by` names what lines are broken down by, by commas. */
export const marginQuery = z.strictObject({
  from: day,
  to: day,
  accountId: id.optional(),
  /** Customers of this reseller alone. */
  resellerId: id.optional(),
  by: z
    .string()
    .regex(/^(day|account|category|country)(,(day|account|category|country)){0,3}$/u, {
      error: "must be some of day, account, category, country, by commas",
    })
    .default("day,account,category,country"),
});
const marginFigures = {
  /** Messages charged, refunded, and charged again on those days. */
  charged: z.number(),
  refunded: z.number(),
  reversed: z.number(),
  revenue: z.string(),
  cost: z.string(),
  margin: z.string(),
};
/** A line; what it is not broken down by is null. Different currencies are never added up. */
export const marginLine = z.object({
  currency: z.string(),
  day: z.string().nullable(),
  accountId: id.nullable(),
  accountName: z.string().nullable(),
  category: z.string().nullable(),
  country: z.string().nullable(),
  ...marginFigures,
});
export const marginReport = z.object({ items: z.array(marginLine) });

const statementLine = z.object({
  kind: z.string(),
  category: z.string().nullable(),
  count: z.number(),
  amount: z.string(),
});
/** A month of an account's money; `opening_balance` and all lines add up to `closing_balance`. */
export const statementDocument = z.object({
  account_id: id,
  account_name: z.string(),
  month: z.string(),
  time_zone: z.string(),
  currency: z.string(),
  starts_at: z.string(),
  ends_at: z.string(),
  closed: z.boolean(),
  opening_balance: z.string(),
  lines: z.array(statementLine),
  late_lines: z.array(statementLine),
  totals: z.record(z.string(), z.string()),
  closing_balance: z.string(),
});
/** `digest` is the SHA-256 of the document's JSON, byte for byte as `/v1` gives it out. */
export const statement = z.object({
  digest: z.string(),
  csv: z.string(),
  document: statementDocument,
});
export const statementParams = z.strictObject({ id, month });

/** Fewest days for which anything is kept: the longest of the promises that stand on it. */
export const RETENTION_DAYS_MIN = 7;
/** Most days that can be asked for; ten years. Null is for ever. */
export const RETENTION_DAYS_MAX = 3_660;

const days = z.number().int().min(RETENTION_DAYS_MIN).max(RETENTION_DAYS_MAX).nullable();
/** How long things are kept, in days; null: for ever. What is left out stays. */
export const retentionUpdate = z.strictObject({
  bodiesDays: days.optional(),
  eventsDays: days.optional(),
  deliveriesDays: days.optional(),
  journalDays: days.optional(),
});
export const retention = z.object({
  accountId: id,
  bodiesDays: z.number().nullable(),
  eventsDays: z.number().nullable(),
  deliveriesDays: z.number().nullable(),
  journalDays: z.number().nullable(),
  updatedAt: momentOrNull,
});
/** What a run removed. `more`: it stopped at its limit; run it again, or wait for the night. */
export const retentionRun = z.object({
  accounts: z.number(),
  bodies: z.number(),
  files: z.number(),
  events: z.number(),
  attempts: z.number(),
  deliveries: z.number(),
  journal: z.number(),
  partitions: z.array(z.string()),
  more: z.boolean(),
});
export const retentionRunQuery = z.strictObject({ accountId: id.optional() });

/** Who changed what. Secrets are never in it: they stand as `***`. */
export const auditEntry = z.object({
  id,
  at: z.string(),
  /** Null: the platform as a whole. */
  accountId: id.nullable(),
  actor: z.enum(["administrator", "reseller", "account"]),
  tokenId: id,
  tokenLabel: z.string().nullable(),
  userId: id.nullable(),
  login: z.string().nullable(),
  address: z.string(),
  /** Method and route, such as `PATCH /admin/accounts/:id`. */
  action: z.string(),
  targetId: z.string().nullable(),
  /** What was answered; null: the process died in between, and nobody knows. */
  status: z.number().nullable(),
  before: z.unknown(),
  after: z.unknown(),
  request: z.unknown(),
});
export const auditQuery = pageQuery.extend({
  accountId: id.optional(),
  /** Its beginning: `PATCH /admin/accounts`. */
  action: z
    .string()
    .regex(/^[A-Z]{1,7}( [\w/:.-]{0,100})?$/u, "must begin like PATCH /admin/accounts")
    .optional(),
  tokenId: id.optional(),
});
