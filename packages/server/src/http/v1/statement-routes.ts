import { V1_OPERATIONS as calls } from "@recado/contract/v1/operations";
import { accessAccount } from "../../accounts/access.ts";
import { formatMoney } from "../../domain/money.ts";
import { formatStatementCsv } from "../../domain/statement.ts";
import { browseStatements, readStatement, type Statement } from "../../wallet/statements.ts";
import { checkWhole } from "./account-routes.ts";
import type { Serve } from "./serve.ts";
import type { V1Caller, V1Deps } from "./v1-deps.ts";

/** Monthly statements of the caller's account. */
export function serveStatements(serve: Serve, deps: V1Deps): void {
  serve(calls.listStatements, async ({ caller }) => {
    checkWhole(caller);
    const account = await accessAccount(deps.pool, caller, caller.accountId);
    const rows = await browseStatements(deps, account);
    const items = rows.map((row) => ({
      month: row.month,
      opening_balance: formatMoney(row.opening),
      closing_balance: formatMoney(row.closing),
      digest: row.digest.toString("hex"),
      closed_at: row.closedAt.toISOString(),
    }));
    return { items, next_cursor: null };
  });
  serve(calls.getStatement, async ({ caller, params, reply }) => {
    const { text, document, digest } = await read(deps, caller, params.month);
    // The very bytes that the digest is of: not what the schema would make of them.
    reply.serializer(() => text).header("content-type", "application/json; charset=utf-8");
    reply.header("etag", `"${digest}"`);
    return document;
  });
  serve(calls.exportStatement, async ({ caller, params, reply }) => {
    const { document, digest } = await read(deps, caller, params.month);
    const name = `recado-${document.month}.csv`;
    return reply
      .header("content-type", "text/csv; charset=utf-8")
      .header("content-disposition", `attachment; filename="${name}"`)
      .header("etag", `"${digest}-csv"`)
      .send(formatStatementCsv(document));
  });
}

async function read(deps: V1Deps, caller: V1Caller, month: string): Promise<Statement> {
  checkWhole(caller);
  return readStatement(deps, await accessAccount(deps.pool, caller, caller.accountId), month);
}
