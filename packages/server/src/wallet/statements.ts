import { createHash } from "node:crypto";
import type { Logger } from "pino";
import { isMonth, monthOf, nextMonth, startOfMonth } from "../domain/local-month.ts";
import { parseMoney } from "../domain/money.ts";
import {
  closingOf,
  type StatementDocument,
  type StatementFacts,
  type StatementLine,
  subtractLines,
  writeStatement,
} from "../domain/statement.ts";
import { AppError } from "../platform/app-error.ts";
import type { Clock } from "../platform/clock.ts";
import { type AccountRow, findAccount } from "../storage/accounts.ts";
import { allowScans, type Database, type Queryable, withTransaction } from "../storage/connect.ts";
import {
  findLastStatement,
  findStatement,
  insertStatement,
  listStatementAccounts,
  listStatements,
  type StatementRow,
  sumMovements,
} from "../storage/statements.ts";

/*
 * A month is closed once, an hour after its end on the account's clocks, and then never told otherwise: the document is
 * stored with its digest and given out byte for byte. It takes over the balance of the month before. A movement that is
 * written down later belongs to the next document, in lines of its own. The month that is going on is told as it stands.
 */

/** A statement as it is given out. */
export interface Statement {
  /** JSON, byte for byte. */
  text: string;
  document: StatementDocument;
  /** SHA-256 of the text, hex. */
  digest: string;
}

/** What statements need. */
export interface StatementDeps {
  pool: Database;
  clock: Clock;
}

/** A movement is written down at most this long after the moment that it carries. */
const LATEST_MOVEMENT_MS = 3_600_000;
const ACCOUNTS_PER_PAGE = 500;

/** The statement of a month. `not_found` for one before the account was made, and for one that has not begun. */
export async function readStatement(
  deps: StatementDeps,
  account: AccountRow,
  month: string,
): Promise<Statement> {
  if (!isMonth(month)) throw new AppError("invalid_request", "A month is written like 2026-11.");
  const told = await findStatement(deps.pool, { accountId: account.accountId, month });
  if (told) return fromRow(told);
  const last = await closeMonths(deps, account);
  const now = new Date(deps.clock.now());
  const first = last ? nextMonth(last.month) : firstMonth(account);
  if (last && month <= last.month) {
    const closed = await findStatement(deps.pool, { accountId: account.accountId, month });
    if (closed) return fromRow(closed);
  }
  if (month < first || month > monthOf(now, account.timeZone)) {
    throw new AppError("not_found", "There is no such month of this account.");
  }
  return tellOpenMonth(deps, account, { last, month, now });
}

/** The months that are closed, newest first. */
export async function browseStatements(
  deps: StatementDeps,
  account: AccountRow,
): Promise<Omit<StatementRow, "document">[]> {
  await closeMonths(deps, account);
  return listStatements(deps.pool, account.accountId);
}

/** Closes the months of every account that are over; answers how many accounts were looked at. */
export async function closeAllMonths(deps: StatementDeps & { logger: Logger }): Promise<number> {
  let after: string | null = null;
  let looked = 0;
  for (;;) {
    const ids: string[] = await listStatementAccounts(deps.pool, {
      after,
      limit: ACCOUNTS_PER_PAGE,
    });
    for (const id of ids) {
      try {
        const account = await findAccount(deps.pool, id);
        if (account) await closeMonths(deps, account);
      } catch (error) {
        // One account's trouble must not keep the others' months open.
        deps.logger.error({ accountId: id, err: error }, "statement.not_closed");
      }
    }
    looked += ids.length;
    const last = ids.at(-1);
    if (last === undefined || ids.length < ACCOUNTS_PER_PAGE) return looked;
    after = last;
  }
}

/** Closes what is over and gives the last closed month. Two who do it at once close the same: the first one's stands. */
async function closeMonths(deps: StatementDeps, account: AccountRow): Promise<StatementRow | null> {
  let last = await findLastStatement(deps.pool, account.accountId);
  for (;;) {
    const span = spanAfter(account, last);
    const now = new Date(deps.clock.now());
    if (span.endsAt.getTime() + LATEST_MOVEMENT_MS > now.getTime()) return last;
    const row = await withTransaction(
      deps.pool,
      async (sql) => {
        await allowScans(sql);
        const facts = await gather(sql, account, { span, before: last });
        const told = toRow({ ...facts, closed: true }, now);
        await insertStatement(sql, told);
        return told;
      },
      { isolation: "repeatable read" },
    );
    last = await findStatement(deps.pool, row);
    if (!last) throw new Error("a statement was closed and is gone");
  }
}

type Span = Pick<StatementFacts, "month" | "startsAt" | "endsAt">;

/** The month after the last one that is closed, or the account's first; it begins where that ended, whatever the clocks became. */
function spanAfter(account: AccountRow, last: Pick<StatementRow, "month" | "endsAt"> | null): Span {
  const { timeZone } = account;
  const month = last ? nextMonth(last.month) : firstMonth(account);
  const endsAt = startOfMonth(nextMonth(month), timeZone);
  return { month, startsAt: last?.endsAt ?? startOfMonth(month, timeZone), endsAt };
}

function firstMonth(account: AccountRow): string {
  return monthOf(account.createdAt, account.timeZone);
}

async function gather(
  sql: Queryable,
  account: AccountRow,
  {
    span,
    before,
  }: {
    span: Span;
    before: Pick<StatementRow, "closing" | "startsAt" | "endsAt" | "document"> | null;
  },
): Promise<Omit<StatementFacts, "closed">> {
  const { accountId, name, timeZone, currency } = account;
  const lines = await sumMovements(sql, { accountId, from: span.startsAt, to: span.endsAt });
  const late = before ? await findLate(sql, accountId, before) : [];
  const opening = before?.closing ?? 0n;
  return { accountId, name, timeZone, currency, ...span, opening, lines, late };
}

async function findLate(
  sql: Queryable,
  accountId: string,
  before: Pick<StatementRow, "startsAt" | "endsAt" | "document">,
): Promise<StatementLine[]> {
  const now = await sumMovements(sql, { accountId, from: before.startsAt, to: before.endsAt });
  const { lines } = JSON.parse(before.document) as StatementDocument;
  const told = lines.map((line) => ({ ...line, amount: parseMoney(line.amount) ?? 0n }));
  return subtractLines(now, told);
}

/** The months that are not closed, one after the other up to the one that is asked for: two at most, in the hour after a month's end. */
function tellOpenMonth(
  deps: StatementDeps,
  account: AccountRow,
  { last, month, now }: { last: StatementRow | null; month: string; now: Date },
): Promise<Statement> {
  return withTransaction(
    deps.pool,
    async (sql) => {
      let before = last;
      for (;;) {
        const span = spanAfter(account, before);
        const facts = { ...(await gather(sql, account, { span, before })), closed: false };
        if (span.month < month) {
          before = toRow(facts, now);
          continue;
        }
        return fromRow(toRow({ ...facts, endsAt: span.endsAt > now ? now : span.endsAt }, now));
      }
    },
    { isolation: "repeatable read" },
  );
}

function toRow(facts: StatementFacts, now: Date): StatementRow {
  const document = JSON.stringify(writeStatement(facts));
  const { accountId, month, startsAt, endsAt, opening } = facts;
  return {
    ...{ accountId, month, startsAt, endsAt, opening, document },
    closing: closingOf(facts),
    digest: createHash("sha256").update(document, "utf8").digest(),
    closedAt: now,
  };
}

function fromRow({ document, digest }: Pick<StatementRow, "document" | "digest">): Statement {
  return {
    text: document,
    document: JSON.parse(document) as StatementDocument,
    digest: digest.toString("hex"),
  };
}
