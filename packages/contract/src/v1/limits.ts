import { z } from "zod";
import { id, money } from "../admin-fields.ts";
import { amount, momentOrNull, momentOut, pageOf, pageQuery } from "./fields.ts";
import { campaignName } from "./messages.ts";

/* Caps, campaigns and alerts of `/v1`. */

const messagesMax = z.number().int().min(0).max(1_000_000_000).nullable();
const count = z.number().int();

/** A cap by day with what of it is used; null: no limit of that kind. */
export const cap = z
  .object({
    scope: z.enum(["account", "project"]),
    project_id: id.nullable(),
    time_zone: z.string().describe("Whose midnight begins the day."),
    day: z.string().describe("The day that is counted now, YYYY-MM-DD."),
    messages_max: messagesMax,
    messages_used: count,
    amount_max: amount.nullable(),
    amount_used: amount,
    frees_at: momentOut.describe("When the next day begins."),
  })
  .meta({ id: "Cap" });
export const capList = z.object({ items: z.array(cap) }).meta({ id: "CapList" });

/** A campaign and what came of it. */
export const campaign = z
  .object({
    id,
    project_id: id,
    name: z.string(),
    messages_max: messagesMax,
    amount_max: amount.nullable(),
    accepted: count.describe("Messages that were paid for, whatever became of them."),
    sent: count.describe("Of these, neither failed nor cancelled: what messages_max counts."),
    failed: count,
    cancelled: count,
    spent: amount.describe("Paid and not given back: what amount_max counts."),
    refunded: amount.describe("Paid and given back."),
    created_at: momentOut,
    last_accepted_at: momentOrNull,
  })
  .meta({ id: "Campaign" });
export const campaignPage = pageOf(campaign).meta({ id: "CampaignPage" });
export const campaignQuery = pageQuery.extend({ project_id: id.optional() });
export const ofProject = z.strictObject({ project_id: id.optional() });
export const campaignParams = z.strictObject({ name: campaignName });
/** The limits of a campaign, whole: what is absent or null is unlimited. */
export const campaignLimits = z
  .strictObject({
    project_id: id.optional().describe("Absent: the token's project, else the first."),
    messages_max: messagesMax.optional(),
    amount_max: money.nullable().optional(),
  })
  .meta({ id: "CampaignLimits" });

/** Tells somebody when the balance is low. */
export const balanceAlert = z
  .object({
    id,
    threshold: amount,
    rearm_at: amount.describe("Once the balance has reached it, the alert can fire again."),
    webhook: z.boolean().describe("Posts balance.low to the endpoints that name it."),
    emails: z.array(z.string()),
    language: z.enum(["es", "en"]),
    state: z.enum(["armed", "fired"]),
    fired_at: momentOrNull,
    fired_balance: amount.nullable(),
    created_at: momentOut,
  })
  .meta({ id: "BalanceAlert" });
export const balanceAlertList = z
  .object({ items: z.array(balanceAlert) })
  .meta({ id: "BalanceAlertList" });
export const newBalanceAlert = z
  .strictObject({
    threshold: money.describe("Fires when the balance falls below it."),
    rearm_at: money.optional().describe("Absent: a tenth above the threshold."),
    webhook: z.boolean().default(true),
    emails: z.array(z.email().max(254)).max(10).default([]),
    language: z.enum(["es", "en"]).default("es").describe("Of the e-mails."),
  })
  .meta({ id: "NewBalanceAlert" });
