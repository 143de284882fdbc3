/** A clock that is further ahead than this is wrong, and is not followed. */
const AHEAD_MAX = "1 minute";

/**
 * SQL for the moment behind which an account's next movements stand, one microsecond after the other: `at`, or the wallet's last
 * movement where that is later, since several fall into one millisecond and clocks differ. With the wallet locked, the order of `at` is the
 * order in which the balance moved.
 */
export function ledgerMoment(at: string): string {
  return `case when w.updated_at between ${at} and ${at} + interval '${AHEAD_MAX}' then w.updated_at else ${at} end`;
}
