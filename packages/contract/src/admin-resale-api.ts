import { z } from "zod";
import { id, pageQuery } from "./admin-fields.ts";
import { day } from "./admin-operator-api.ts";

/* The administration API: resellers, who they sell to, what they handed on, and what was settled with them. */

/** What was settled: `resale` is what its customers paid, `wholesale` what it owes for that. */
const settled = {
  /** Messages that were paid for in the end; below zero when more came back. */
  messages: z.number(),
  resale: z.string(),
  wholesale: z.string(),
  margin: z.string(),
};

/** UTC days, both included. Without `to` it is today, without `from` the first day of the month of `to`. */
const span = { from: day.optional(), to: day.optional() };

/** Most days of one report on settlements: a leap year. */
export const SETTLEMENT_DAYS_MAX = 366;

/** A reseller, and what was settled with it in a span of days. */
export const reseller = z.object({
  id,
  name: z.string(),
  state: z.enum(["active", "disabled"]),
  currency: z.string(),
  balance: z.string(),
  /** Accounts that it owns. */
  customers: z.number(),
  /** The first day that is not settled yet; null: none was. */
  settledUntil: z.string().nullable(),
  ...settled,
});
export const resellerQuery = pageQuery.extend(span);

/** An account that a reseller owns. */
export const customer = z.object({
  id,
  name: z.string(),
  state: z.enum(["active", "disabled"]),
  currency: z.string(),
  balance: z.string(),
  createdAt: z.string(),
});

/** Money that a reseller handed on. */
export const allocation = z.object({
  causeId: id,
  at: z.string(),
  accountId: id,
  accountName: z.string(),
  amount: z.string(),
  reference: z.string(),
  note: z.string(),
});

/** What a report on settlements tells the sum of. */
export const SETTLEMENT_PERIODS = ["day", "month"] as const;

export const settlementQuery = z.strictObject({
  ...span,
  by: z.enum(SETTLEMENT_PERIODS).default("day"),
});

/** The settlements of a span, oldest first; `period` is a day (`2026-11-22`) or a month (`2026-11`) of which only days of the span are in it. */
export const settlementReport = z.object({
  currency: z.string(),
  from: z.string(),
  to: z.string(),
  settledUntil: z.string().nullable(),
  items: z.array(z.object({ period: z.string(), ...settled })),
  totals: z.object(settled),
  /** The same as RFC 4180 has it, with the currency in each line. */
  csv: z.string(),
});
