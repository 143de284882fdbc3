import { HELD_MAX } from "@recado/contract/v1/messages";
import type { WsRefusal } from "@recado/contract/ws-codes";
import type { AcceptedRow } from "../storage/accepting.ts";
import type { Queryable } from "../storage/connect.ts";
import { countHeld } from "../storage/held-messages.ts";
import { judgeSend, type ResolvedSend, type Standing } from "./decide.ts";

/** Sends that wait for money, as far as they matter to one transaction. */
export interface HoldQueue {
  /**
   * Judges a send. One that may wait is refused for anything but money, and kept when money is all that it lacks, or when
   * others of its account wait before it. While {@link HELD_MAX} wait, no more are kept.
   */
  judge(send: ResolvedSend, standing: Standing): { refusal: WsRefusal | null; waits: boolean };
  hold(row: AcceptedRow): void;
  /** What is to be stored. */
  readonly rows: readonly AcceptedRow[];
}

/** How many messages of each account wait already; asked only for accounts with a send that would. */
export async function findWaiting(
  sql: Queryable,
  sends: readonly { send: ResolvedSend }[],
): Promise<Map<string, number>> {
  const accountIds = sends.flatMap(({ send: { snapshot, prepared } }) =>
    snapshot && prepared.waitForBalance ? [snapshot.accountId] : [],
  );
  return accountIds.length === 0 ? new Map() : countHeld(sql, [...new Set(accountIds)], HELD_MAX);
}

/** See {@link HoldQueue}. */
export function createHoldQueue(waiting: ReadonlyMap<string, number>): HoldQueue {
  const counts = new Map(waiting);
  const rows: AcceptedRow[] = [];
  return {
    rows,
    judge(send, standing) {
      const { prepared, price, snapshot } = send;
      const refusal = judgeSend(send, standing);
      const before = counts.get(snapshot?.accountId ?? "") ?? 0;
      if (!prepared.waitForBalance || price === null || before >= HELD_MAX) {
        return { refusal, waits: false };
      }
      const other = judgeSend(send, { ...standing, balance: price });
      return { refusal: other, waits: other === null && (refusal !== null || before > 0) };
    },
    hold(row) {
      counts.set(row.account_id, (counts.get(row.account_id) ?? 0) + 1);
      rows.push(row);
    },
  };
}
