import { Readable } from "node:stream";
import { V1_OPERATIONS as calls } from "@recado/contract/v1/operations";
import { accessAccount } from "../../accounts/access.ts";
import { browseLedger, readBalance } from "../../accounts/browse.ts";
import { formatMoney } from "../../domain/money.ts";
import { AppError } from "../../platform/app-error.ts";
import { CSV_HEAD, formatEntry, formatEntryCsv } from "./format-account.ts";
import type { Serve } from "./serve.ts";
import type { V1Caller, V1Deps } from "./v1-deps.ts";

const STATEMENT_DAYS_MAX = 366;
const DAY_MS = 86_400_000;
const PAGE_ROWS = 1_000;

/** What the caller's account has: money. */
export function serveAccount(serve: Serve, deps: V1Deps): void {
  serve(calls.getWallet, async ({ caller }) => {
    const { accountId, currency } = await accessAccount(deps.pool, caller, caller.accountId);
    return { balance: formatMoney(await readBalance(deps.pool, accountId)), currency };
  });
  serve(calls.listLedger, async ({ caller, query }) => {
    checkWhole(caller);
    const { since, until, ...page } = query;
    const span = { since: readMoment(since), until: readMoment(until) };
    const { items, nextCursor } = await browseLedger(deps.pool, caller.accountId, {
      ...page,
      ...span,
    });
    return { items: items.map(formatEntry), next_cursor: nextCursor };
  });
  serve(calls.exportLedger, async ({ caller, query, reply }) => {
    checkWhole(caller);
    const since = new Date(query.since);
    const until = query.until === undefined ? new Date(deps.clock.now()) : new Date(query.until);
    if (until <= since) throw new AppError("invalid_request", "until must be after since.");
    if (until.getTime() - since.getTime() > STATEMENT_DAYS_MAX * DAY_MS) {
      throw new AppError("invalid_request", "A statement spans at most a year.");
    }
    const name = `recado-${since.toISOString().slice(0, 10)}-${until.toISOString().slice(0, 10)}.csv`;
    return reply
      .header("content-type", "text/csv; charset=utf-8")
      .header("content-disposition", `attachment; filename="${name}"`)
      .send(Readable.from(writeStatement(deps, caller.accountId, { since, until })));
  });
}

/** A statement page by page: a year of a busy account does not fit into memory. */
async function* writeStatement(
  deps: V1Deps,
  accountId: string,
  span: { since: Date; until: Date },
): AsyncGenerator<string> {
  yield CSV_HEAD;
  let cursor: string | undefined;
  do {
    const page = { ...span, limit: PAGE_ROWS, cursor };
    const { items, nextCursor } = await browseLedger(deps.pool, accountId, page);
    if (items.length > 0) yield items.map(formatEntryCsv).join("");
    cursor = nextCursor ?? undefined;
  } while (cursor !== undefined);
}

/** Refuses a confined token: the ledger shows what every project sends. */
export function checkWhole(caller: V1Caller): void {
  if (caller.projectId !== null) {
    throw new AppError(
      "forbidden",
      "This token is confined to a project, and the ledger is the whole account's.",
    );
  }
}

function readMoment(text: string | undefined): Date | null {
  return text === undefined ? null : new Date(text);
}
