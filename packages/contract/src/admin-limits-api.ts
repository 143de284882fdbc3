import { z } from "zod";
import { id, momentOrNull, money, pageQuery, text } from "./admin-fields.ts";

/* The administration API, continued: caps, campaigns, alerts and opt-out lists. */

const messagesMax = z.number().int().min(0).max(1_000_000_000).nullable();
const amountOrNull = z.string().nullable();
const count = z.number().int();
const words = z.array(z.string().min(1).max(50)).max(50).nullable();
const reply = z.string().min(1).max(1_000).nullable();

/** A cap by day with what of it is used; null: no limit of that kind. */
export const cap = z.object({
  scope: z.enum(["account", "project"]),
  projectId: id.nullable(),
  timeZone: z.string(),
  day: z.string(),
  /** What counts: the smaller of the operator's and what the account allows itself. */
  messagesMax,
  messagesUsed: count,
  amountMax: amountOrNull,
  operatorMessagesMax: messagesMax,
  operatorAmountMax: amountOrNull,
  amountUsed: z.string(),
  freesAt: z.string(),
});
export const capList = z.object({ items: z.array(cap) });
/** A cap, whole: what is absent or null is unlimited, and without any limit the cap is taken away. */
export const newCap = z.strictObject({
  projectId: id.optional(),
  messagesMax: messagesMax.optional(),
  amountMax: money.nullable().optional(),
  timeZone: text(64).optional(),
});

/** A campaign and what came of it. */
export const campaign = z.object({
  id,
  projectId: id,
  name: z.string(),
  messagesMax,
  amountMax: amountOrNull,
  accepted: count,
  sent: count,
  failed: count,
  cancelled: count,
  spent: z.string(),
  refunded: z.string(),
  createdAt: z.string(),
  lastAcceptedAt: momentOrNull,
});

/** Tells somebody when the balance is low. */
export const balanceAlert = z.object({
  id,
  threshold: z.string(),
  rearmAt: z.string(),
  webhook: z.boolean(),
  emails: z.array(z.string()),
  language: z.enum(["es", "en"]),
  state: z.enum(["armed", "fired"]),
  firedAt: momentOrNull,
  firedBalance: amountOrNull,
  createdAt: z.string(),
});
export const balanceAlertList = z.object({ items: z.array(balanceAlert) });
export const newBalanceAlert = z.strictObject({
  threshold: money,
  rearmAt: money.optional(),
  webhook: z.boolean().optional(),
  emails: z.array(z.email().max(254)).max(10).optional(),
  language: z.enum(["es", "en"]).optional(),
});
export const removedAlert = z.strictObject({ alertId: id });

/** A person who is not sent marketing by a project. */
export const optOut = z.object({
  mobile: z.string(),
  source: z.enum(["listed", "word", "whatsapp"]),
  note: z.string(),
  since: z.string(),
});
export const optOutQuery = pageQuery.extend({ mobile: text(20).optional() });
/** A list as text: CSV (mobile, note) or a JSON list, at most 10,000 people. */
export const optOutList = z.strictObject({ list: text(4 * 1024 * 1024) });
export const optOutReport = z.object({
  added: count,
  already: count,
  refused: count,
  problems: z.array(z.object({ line: count, mobile: z.string(), message: z.string() })),
});
export const removedOptOut = z.strictObject({ mobile: text(20) });

/** What a person writes to be listed, or taken off the list, and what is answered. */
export const optOutRules = z.object({
  outWords: z.array(z.string()),
  inWords: z.array(z.string()),
  outReply: z.string().nullable(),
  inReply: z.string().nullable(),
});
/** The rules, whole: what is absent or null is as usual. */
export const newOptOutRules = z.strictObject({
  outWords: words.optional(),
  inWords: words.optional(),
  outReply: reply.optional(),
  inReply: reply.optional(),
});

/** What a command answers that only does something. */
export const done = z.object({ done: z.literal(true) });
