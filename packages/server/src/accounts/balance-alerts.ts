import { AppError } from "../platform/app-error.ts";
import { touchAccount } from "../storage/accounts.ts";
import {
  type BalanceAlertRow,
  deleteAlert,
  findAlert,
  insertAlert,
  listAlerts,
  type NewBalanceAlert,
} from "../storage/balance-alerts.ts";
import { withTransaction } from "../storage/connect.ts";
import { lockBalances } from "../storage/transfers.ts";
import { refuseField } from "./check-fields.ts";
import { type Operator, stamp } from "./operator.ts";

/** Tells somebody when a balance is low. */
export type BalanceAlert = BalanceAlertRow;

/** What a new alert needs. Amounts in 1/10,000 units. */
export interface AlertWish {
  accountId: string;
  threshold: bigint;
  /** Default a tenth above the threshold. */
  rearmAt?: bigint | undefined;
  webhook: boolean;
  emails: readonly string[];
  language: "es" | "en";
}

const ALERTS_MAX = 20;
const EMAILS_MAX = 10;

/** Makes an alert. One whose balance is low already fires within moments. */
export async function createAlert(operator: Operator, wish: AlertWish): Promise<BalanceAlert> {
  const { accountId, threshold, webhook, language } = wish;
  const rearmAt = wish.rearmAt ?? threshold + threshold / 10n;
  if (threshold <= 0n) refuseField("threshold", "must be above zero");
  if (rearmAt < threshold) refuseField("rearm_at", "must not be below the threshold");
  const emails = [...new Set(wish.emails.map((email) => email.trim().toLowerCase()))];
  if (emails.length > EMAILS_MAX) refuseField("emails", `at most ${EMAILS_MAX}`);
  if (!webhook && emails.length === 0)
    refuseField("webhook", "nobody would be told: add an e-mail");
  const { id, at: createdAt } = stamp(operator);
  const alert: NewBalanceAlert = {
    ...{ accountId, id, threshold, rearmAt, webhook, language, createdAt },
    emails: [...emails],
  };
  return withTransaction(operator.pool, async (sql) => {
    // Two at once would both find room for one.
    await lockBalances(sql, [accountId]);
    if ((await listAlerts(sql, accountId)).length >= ALERTS_MAX) {
      throw new AppError("conflict", `An account has at most ${ALERTS_MAX} alerts; remove one.`);
    }
    await insertAlert(sql, alert);
    await touchAccount(sql, [accountId]);
    return { ...alert, state: "armed", firedAt: null, firedBalance: null };
  });
}

/** Every alert of an account, the lowest first. */
export function browseAlerts(
  operator: Pick<Operator, "pool">,
  accountId: string,
): Promise<BalanceAlert[]> {
  return listAlerts(operator.pool, accountId);
}

/** The alert; another account's and none are refused alike. */
export async function accessAlert(
  operator: Pick<Operator, "pool">,
  key: { accountId: string; id: string },
): Promise<BalanceAlert> {
  const alert = await findAlert(operator.pool, key);
  if (!alert) throw new AppError("not_found", "There is no such alert.");
  return alert;
}

/** Removes an alert; refuses with `not_found` when there is none. */
export async function removeAlert(
  operator: Operator,
  key: { accountId: string; id: string },
): Promise<void> {
  await withTransaction(operator.pool, async (sql) => {
    if (!(await deleteAlert(sql, key))) throw new AppError("not_found", "There is no such alert.");
    await touchAccount(sql, [key.accountId]);
  });
}
