import type { Logger } from "pino";
import { formatAlertMail } from "../domain/alert-mail.ts";
import { formatMoney } from "../domain/money.ts";
import type { Clock } from "../platform/clock.ts";
import type { IdMaker } from "../platform/ids.ts";
import { createLane, type Lane } from "../platform/lane.ts";
import { emitAccountEvents } from "../storage/account-events.ts";
import { findAccount } from "../storage/accounts.ts";
import {
  type BalanceAlertRow,
  findUntoldAccounts,
  lockUntold,
  markTold,
  sweepAlerts,
} from "../storage/balance-alerts.ts";
import { type Database, type Transaction, withTransaction } from "../storage/connect.ts";
import { insertMails } from "../storage/mail-outbox.ts";

/*
 * Tells of balances that fell below an alert. That an alert fired is written down by whoever spends, in the same
 * transaction; this lane tells of it, arms alerts again, and finds the few falls that no send caused.
 */

/** What the lane needs. */
export interface AlertLaneDeps {
  pool: Database;
  clock: Clock;
  ids: IdMaker;
  logger: Logger;
  intervalMs: number;
  /** Told after a commit that put webhooks and mails on their way. */
  onTold(): void;
}

const ACCOUNTS_MAX = 100;
/** Of one account at a time. */
const ALERTS_MAX = 100;

/** Builds the lane. */
export function createAlertLane(deps: AlertLaneDeps): Lane {
  return createLane({
    name: "balance-alerts",
    intervalMs: deps.intervalMs,
    logger: deps.logger,
    async round() {
      await sweepAlerts(deps.pool, new Date(deps.clock.now()));
      const accountIds = await findUntoldAccounts(deps.pool, ACCOUNTS_MAX);
      let more = false;
      for (const accountId of accountIds) {
        try {
          const told = await withTransaction(deps.pool, (sql) => tell(sql, deps, accountId));
          if (told > 0) deps.onTold();
          more ||= told === ALERTS_MAX || accountIds.length === ACCOUNTS_MAX;
        } catch (error) {
          // One account's trouble must not keep the others from hearing of theirs.
          deps.logger.error({ accountId, err: error }, "balance.not_told");
        }
      }
      return more;
    },
  });
}

async function tell(sql: Transaction, deps: AlertLaneDeps, accountId: string): Promise<number> {
  const alerts = await lockUntold(sql, accountId, ALERTS_MAX);
  const nowMs = deps.clock.now();
  const at = new Date(nowMs);
  if (alerts.length === 0) return 0;
  await markTold(sql, accountId, { ids: alerts.map(({ id }) => id), at });
  const account = await findAccount(sql, accountId);
  if (!account) return alerts.length;
  const mails = alerts.flatMap((alert) => writeMails(deps, alert, account));
  // Mails before events, which lock the account.
  await insertMails(sql, mails, at);
  const loud = alerts.filter((alert) => alert.webhook);
  const events = loud.map((alert) => toEvent(alert, account.currency));
  await emitAccountEvents(sql, deps, { accountId, nowMs, events });
  deps.logger.info({ alerts: alerts.length }, "balance.low");
  return alerts.length;
}

function writeMails(
  deps: AlertLaneDeps,
  alert: BalanceAlertRow,
  account: { name: string; currency: string },
) {
  const { accountId, threshold, rearmAt } = alert;
  const at = alert.firedAt ?? new Date(deps.clock.now());
  const balance = alert.firedBalance ?? 0n;
  const amounts = { balance, threshold, rearmAt };
  const facts = { accountName: account.name, currency: account.currency, ...amounts, at };
  return alert.emails.map((recipient) => ({
    accountId,
    id: deps.ids.next(deps.clock.now()),
    recipient,
    ...formatAlertMail(facts, alert.language),
  }));
}

function toEvent(alert: BalanceAlertRow, currency: string) {
  return {
    type: "balance.low",
    subject: alert.accountId,
    projectId: null,
    ...(alert.firedAt && { at: alert.firedAt }),
    data: {
      alert_id: alert.id,
      balance: formatMoney(alert.firedBalance ?? 0n),
      threshold: formatMoney(alert.threshold),
      rearm_at: formatMoney(alert.rearmAt),
      currency,
      at: alert.firedAt?.toISOString() ?? null,
    },
  } as const;
}
