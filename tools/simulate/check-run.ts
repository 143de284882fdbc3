import { checkCalls } from "./check-calls.ts";
import { checkFates } from "./check-fates.ts";
import { checkHooks } from "./check-hooks.ts";
import { checkMoney } from "./check-money.ts";
import { checkSends } from "./check-sends.ts";
import { readFinalState } from "./final-state.ts";
import type { RealDatabase } from "./real-database.ts";
import type { Record as RunRecord } from "./record.ts";

/*
 * The model: what integrators are promised, said again from their own pages, by somebody who has not read how it is
 * done. It knows what was asked, what WhatsApp and the receivers saw, and what the database holds at the end.
 */

/** Everything that contradicts a promise, empty when all were kept; and how many messages there were. */
export async function checkRun(
  sql: RealDatabase["pool"],
  record: RunRecord,
): Promise<{ violations: string[]; messages: number }> {
  const state = await readFinalState(sql);
  const violations = [
    ...checkSends(record, state),
    ...checkMoney(record, state),
    ...checkCalls(record, state),
    ...checkFates(record, state),
    ...checkHooks(record, state),
  ];
  return { violations, messages: state.messages.length };
}
