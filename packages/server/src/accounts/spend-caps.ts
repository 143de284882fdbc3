import { AppError } from "../platform/app-error.ts";
import { touchAccount } from "../storage/accounts.ts";
import {
  type CampaignRow,
  findCampaigns,
  listCampaigns,
  upsertCampaign,
} from "../storage/campaigns.ts";
import { withTransaction } from "../storage/connect.ts";
import type { ProjectRow } from "../storage/projects.ts";
import {
  type CapUsage,
  deleteCap,
  findCap,
  findCaps,
  type NewCap,
  recountSpending,
  upsertCap,
} from "../storage/spending.ts";
import { lockBalances } from "../storage/transfers.ts";
import { checkTimeZone } from "./check-fields.ts";
import { type Operator, stamp } from "./operator.ts";
import { type Page, type PageRequest, readPage } from "./page.ts";

/** A cap by day with what of it is used. */
export type Cap = CapUsage;

/** A campaign with its counts. */
export type Campaign = CampaignRow;

/** Limits of messages and of money, 1/10,000 units; null: none. */
export interface SpendLimits {
  messagesMax: bigint | null;
  amountMax: bigint | null;
}

/** A cap of an account, or of one of its projects. */
export interface CapWish extends SpendLimits {
  accountId: string;
  /** Null: all that the account sends. */
  project: Pick<ProjectRow, "id" | "timeZone"> | null;
  /** Whose midnight begins the day; default the project's, for an account America/Bogota. */
  timeZone?: string | undefined;
  /** Who sets it: whoever operates the account, or the account for itself. Of two the smaller counts. */
  by: NewCap["by"];
}

/**
 * Sets what may be sent in a day, in place of an earlier cap of the same side; without any limit that side's is taken away. What was
 * accepted since the day began counts, whenever the cap was set. Safe to repeat.
 */
export async function setCap(operator: Operator, wish: CapWish): Promise<void> {
  const { accountId, project, messagesMax, amountMax, by } = wish;
  const at = new Date(operator.clock.now());
  const cap: NewCap = {
    ...{ accountId, messagesMax, amountMax, at, by },
    scopeId: project?.id ?? accountId,
    scope: project === null ? "account" : "project",
    timeZone: checkTimeZone("timeZone", wish.timeZone ?? project?.timeZone ?? "America/Bogota"),
  };
  // By itself first: whoever begins to accept from now on counts. Then those that came before are counted too.
  const isCapped = await withTransaction(operator.pool, async (sql) => {
    const capped = await upsertCap(sql, cap);
    if (!capped) await deleteCap(sql, accountId, cap.scopeId);
    await touchAccount(sql, [accountId]);
    return capped;
  });
  if (!isCapped) return;
  await withTransaction(operator.pool, async (sql) => {
    await lockBalances(sql, [accountId]);
    const kept = await findCap(sql, cap);
    if (kept) await recountSpending(sql, { ...cap, ...kept }, at);
  });
}

/** The caps of an account and of its projects, or of one project and its account, as they stand now. */
export async function listCaps(
  operator: Pick<Operator, "pool" | "clock">,
  of: { accountId: string; projectId: string | null },
): Promise<Cap[]> {
  const caps = await findCaps(operator.pool, [of.accountId], new Date(operator.clock.now()));
  return caps
    .filter(({ scope, scopeId }) => scope === "account" || (of.projectId ?? scopeId) === scopeId)
    .sort((left, right) => (left.scope + left.scopeId < right.scope + right.scopeId ? -1 : 1));
}

/** Sets the limits of a campaign, which is made if there is none of that name. Safe to repeat. */
export function setCampaign(
  operator: Operator,
  wish: SpendLimits & { accountId: string; projectId: string; name: string },
): Promise<Campaign> {
  return withTransaction(operator.pool, async (sql) => {
    // Sends make campaigns too, and hold the wallet while they do.
    await lockBalances(sql, [wish.accountId]);
    return upsertCampaign(sql, { ...wish, ...stamp(operator) });
  });
}

/** Campaigns, newest first. */
export function browseCampaigns(
  operator: Pick<Operator, "pool">,
  of: { accountId: string; projectId: string | null },
  page: PageRequest,
): Promise<Page<Campaign>> {
  return readPage(page, (slice) => listCampaigns(operator.pool, of, slice));
}

/** The campaign of that name; refuses with `not_found` when there is none. */
export async function findCampaign(
  operator: Pick<Operator, "pool">,
  key: { accountId: string; projectId: string; name: string },
): Promise<Campaign> {
  const [row] = await findCampaigns(operator.pool, [key]);
  if (!row) throw new AppError("not_found", "There is no such campaign.");
  return row;
}
