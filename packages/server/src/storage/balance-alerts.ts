import type { Queryable } from "./connect.ts";
import { formatJson } from "./format-json.ts";

/** Tells somebody when a balance is low. Amounts in 1/10,000 units. */
export interface BalanceAlertRow {
  accountId: string;
  id: string;
  /** Fires when the balance falls below it. */
  threshold: bigint;
  /** Armed again once the balance has reached it. */
  rearmAt: bigint;
  webhook: boolean;
  emails: string[];
  language: "es" | "en";
  state: "armed" | "fired";
  firedAt: Date | null;
  /** The balance that made it fire. */
  firedBalance: bigint | null;
  createdAt: Date;
}

/** A balance that fell, within one transaction. */
export interface FallenBalance {
  accountId: string;
  before: bigint;
  after: bigint;
}

const COLUMNS = `b.account_id as "accountId", b.id, b.threshold, b.rearm_at as "rearmAt", b.webhook,
  b.emails, b.language, b.state, b.fired_at as "firedAt", b.fired_balance as "firedBalance",
  b.created_at as "createdAt"`;

/**
 * Fires the alerts whose threshold was crossed, and arms those whose balance was high enough before. Exact, since the
 * wallets are locked and every fall across a level comes by here; who is to be told is told later (`told_at`).
 */
export async function settleAlerts(
  sql: Queryable,
  fallen: readonly FallenBalance[],
  at: Date,
): Promise<void> {
  if (fallen.length === 0) return;
  await sql.query({
    name: "settle-alerts",
    text: `update balance_alerts b set
             state = case when s.after < b.threshold then 'fired' else 'armed' end,
             fired_at = case when s.after < b.threshold then $2 else b.fired_at end,
             fired_balance = case when s.after < b.threshold then s.after else b.fired_balance end,
             told_at = case when s.after < b.threshold then null else b.told_at end
           from json_to_recordset($1) as s(account_id uuid, before bigint, after bigint)
           where b.account_id = s.account_id and (b.state = 'armed' or s.before >= b.rearm_at)
             and (s.after < b.threshold or b.state = 'fired')`,
    values: [
      formatJson(
        fallen.map(({ accountId, before, after }) => ({
          account_id: accountId,
          before: String(before),
          after: String(after),
        })),
      ),
      at,
    ],
  });
}

/**
 * Looks at every balance that has an alert as it stands: arms those that have risen enough, and fires those that fell by
 * another way than a send (a refund taken back, an adjustment), or were low when the alert was made. Answers how many fired.
 */
export async function sweepAlerts(sql: Queryable, at: Date): Promise<number> {
  const { rows } = await sql.query<{ state: string }>({
    name: "sweep-alerts",
    text: `update balance_alerts b set
             state = case when w.balance < b.threshold then 'fired' else 'armed' end,
             fired_at = case when w.balance < b.threshold then $1 else b.fired_at end,
             fired_balance = case when w.balance < b.threshold then w.balance else b.fired_balance end,
             told_at = case when w.balance < b.threshold then null else b.told_at end
           from wallets w
           where w.account_id = b.account_id
             and (b.state = 'armed' and w.balance < b.threshold
               or b.state = 'fired' and w.balance >= b.rearm_at)
           returning b.state`,
    values: [at],
  });
  return rows.filter((row) => row.state === "fired").length;
}

/** Accounts with alerts that fired and of which nobody has been told yet, in an order that changes. */
export async function findUntoldAccounts(sql: Queryable, countMax: number): Promise<string[]> {
  const { rows } = await sql.query<{ account_id: string }>({
    name: "find-untold-accounts",
    text: `select account_id from balance_alerts where fired_at is not null and told_at is null
           group by account_id order by random() limit $1`,
    values: [countMax],
  });
  return rows.map((row) => row.account_id);
}

/** An account's alerts that fired and of which nobody has been told yet, be they armed again or not; locked for whoever tells; others pass them by. */
export async function lockUntold(
  sql: Queryable,
  accountId: string,
  countMax: number,
): Promise<BalanceAlertRow[]> {
  const { rows } = await sql.query<BalanceAlertRow>({
    name: "lock-untold-alerts",
    text: `select ${COLUMNS} from balance_alerts b
           where b.account_id = $1 and b.fired_at is not null and b.told_at is null
           order by b.id limit $2 for update skip locked`,
    values: [accountId, countMax],
  });
  return rows;
}

/** Notes that those concerned have been told, in the transaction that puts it on its way. */
export async function markTold(
  sql: Queryable,
  accountId: string,
  { ids, at }: { ids: readonly string[]; at: Date },
): Promise<void> {
  await sql.query(
    "update balance_alerts set told_at = $3 where account_id = $1 and id = any ($2::uuid[])",
    [accountId, ids, at],
  );
}

/** What an alert begins with: armed. */
export type NewBalanceAlert = Omit<BalanceAlertRow, "state" | "firedAt" | "firedBalance">;

/** Stores an alert. */
export async function insertAlert(sql: Queryable, alert: NewBalanceAlert): Promise<void> {
  await sql.query(
    `insert into balance_alerts (account_id, id, threshold, rearm_at, webhook, emails, language, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      alert.accountId,
      alert.id,
      alert.threshold,
      alert.rearmAt,
      alert.webhook,
      alert.emails,
      alert.language,
      alert.createdAt,
    ],
  );
}

/** The alert, or null. */
export async function findAlert(
  sql: Queryable,
  key: { accountId: string; id: string },
): Promise<BalanceAlertRow | null> {
  const { rows } = await sql.query<BalanceAlertRow>(
    `select ${COLUMNS} from balance_alerts b where b.account_id = $1 and b.id = $2`,
    [key.accountId, key.id],
  );
  return rows[0] ?? null;
}

/** Every alert of an account, the lowest first. */
export async function listAlerts(sql: Queryable, accountId: string): Promise<BalanceAlertRow[]> {
  const { rows } = await sql.query<BalanceAlertRow>(
    `select ${COLUMNS} from balance_alerts b where b.account_id = $1 order by b.threshold, b.id`,
    [accountId],
  );
  return rows;
}

/** Removes an alert; false when there is none. */
export async function deleteAlert(
  sql: Queryable,
  key: { accountId: string; id: string },
): Promise<boolean> {
  const { rowCount } = await sql.query(
    "delete from balance_alerts where account_id = $1 and id = $2",
    [key.accountId, key.id],
  );
  return rowCount === 1;
}
