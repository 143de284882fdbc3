import { RETENTION_DAYS_MAX, RETENTION_DAYS_MIN } from "@recado/contract/admin-operator-api";
import type { Queryable } from "../storage/connect.ts";
import { findRetention, putRetention, type RetentionRow } from "../storage/retention.ts";
import { checkBetween } from "./check-fields.ts";
import type { Operator } from "./operator.ts";

/** How long an account's things are kept. */
export type Retention = RetentionRow;

/** What may be set, in days; null: for ever; what is undefined stays. */
export type RetentionChange = Partial<
  Record<"bodiesDays" | "eventsDays" | "deliveriesDays" | "journalDays", number | null | undefined>
>;

/** What an account has set; everything is kept for ever before that. */
export async function readRetention(sql: Queryable, accountId: string): Promise<RetentionRow> {
  const kept = { bodiesDays: null, eventsDays: null, deliveriesDays: null, journalDays: null };
  return (await findRetention(sql, accountId)) ?? { accountId, ...kept, updatedAt: null };
}

/**
 * Sets how long things are kept, from the next night on. What was removed does not come back. Refuses less than a week:
 * the 72 hours of a key, the seven days for which statuses may come, a day of retries stand on what is kept.
 */
export async function setRetention(
  operator: Pick<Operator, "pool" | "clock">,
  accountId: string,
  change: RetentionChange,
): Promise<RetentionRow> {
  const before = await readRetention(operator.pool, accountId);
  const choose = (name: keyof RetentionChange): number | null => {
    const days = change[name];
    if (days === undefined) return before[name];
    const bounds = { min: RETENTION_DAYS_MIN, max: RETENTION_DAYS_MAX };
    return days === null ? null : checkBetween(name, days, bounds);
  };
  await putRetention(operator.pool, {
    accountId,
    bodiesDays: choose("bodiesDays"),
    eventsDays: choose("eventsDays"),
    deliveriesDays: choose("deliveriesDays"),
    journalDays: choose("journalDays"),
    updatedAt: new Date(operator.clock.now()),
  });
  return readRetention(operator.pool, accountId);
}
