import type * as limits from "@recado/contract/v1/limits";
import type * as optOuts from "@recado/contract/v1/opt-outs";
import type { z } from "zod";
import type { BalanceAlert } from "../../accounts/balance-alerts.ts";
import type { OptOut } from "../../accounts/opt-outs.ts";
import type { Campaign, Cap } from "../../accounts/spend-caps.ts";
import { formatMoney } from "../../domain/money.ts";

/* Limits as `/v1` and the administration API show them. */

/** A cap and what of it is used. */
export function formatCap(row: Cap): z.input<typeof limits.cap> {
  return {
    scope: row.scope,
    project_id: row.scope === "project" ? row.scopeId : null,
    time_zone: row.timeZone,
    day: row.day,
    messages_max: formatCount(row.messagesMax),
    messages_used: Number(row.messages),
    amount_max: formatAmount(row.amountMax),
    amount_used: formatMoney(row.amount),
    frees_at: row.freesAt.toISOString(),
  };
}

/** A campaign and its counts. */
export function formatCampaign(row: Campaign): z.input<typeof limits.campaign> {
  return {
    ...{ id: row.id, project_id: row.projectId, name: row.name },
    messages_max: formatCount(row.messagesMax),
    amount_max: formatAmount(row.amountMax),
    accepted: Number(row.accepted),
    sent: Number(row.accepted - row.failed - row.cancelled),
    failed: Number(row.failed),
    cancelled: Number(row.cancelled),
    spent: formatMoney(row.spent),
    refunded: formatMoney(row.refunded),
    created_at: row.createdAt.toISOString(),
    last_accepted_at: row.lastAcceptedAt?.toISOString() ?? null,
  };
}

/** An alert. */
export function formatAlert(row: BalanceAlert): z.input<typeof limits.balanceAlert> {
  const { id, webhook, emails, language, state } = row;
  return {
    ...{ id, webhook, emails, language, state },
    threshold: formatMoney(row.threshold),
    rearm_at: formatMoney(row.rearmAt),
    fired_at: row.firedAt?.toISOString() ?? null,
    fired_balance: formatAmount(row.firedBalance),
    created_at: row.createdAt.toISOString(),
  };
}

/** A person on the list. */
export function formatOptOut(row: OptOut): z.input<typeof optOuts.optOut> {
  const { mobile, source, note } = row;
  return { mobile, source, note, project_id: row.projectId, since: row.createdAt.toISOString() };
}

function formatCount(count: bigint | null): number | null {
  return count === null ? null : Number(count);
}

function formatAmount(amount: bigint | null): string | null {
  return amount === null ? null : formatMoney(amount);
}
