import { correctCampaigns } from "../storage/campaigns.ts";
import type { Queryable } from "../storage/connect.ts";
import { correctSpending } from "../storage/spending.ts";

/** A message whose price was given back (-1), or taken again (1), as its caps must learn it. */
export interface Correction {
  messageId: string;
  campaignId: string | null;
  /** How it had ended when the price was given back. */
  ended: "failed" | "cancelled";
  sign: 1 | -1;
}

/**
 * A refund gives message and money back to the day on which the message was accepted, in each cap that counts it, and to
 * its campaign: yesterday's failure makes no room today. While the wallet is locked. For an account without caps, and
 * messages without campaign, nothing is asked. Answers the statements that are on their way.
 */
export function correctLimits(
  sql: Queryable,
  wanted: { accountId: string; capped: boolean; corrections: readonly Correction[] },
): Promise<void>[] {
  const { accountId, capped, corrections } = wanted;
  if (corrections.length === 0) return [];
  const ofCampaigns = corrections.flatMap(({ campaignId, ...correction }) =>
    campaignId === null ? [] : [{ campaignId, ...correction }],
  );
  const statements = [
    ...(capped ? [correctSpending(sql, accountId, corrections)] : []),
    ...(ofCampaigns.length > 0 ? [correctCampaigns(sql, accountId, ofCampaigns)] : []),
  ];
  // Whoever waits for all of them hears of a failure; none may count as unhandled before.
  for (const statement of statements) statement.catch(() => {});
  return statements;
}
