import * as fields from "@recado/contract/admin-fields";
import * as api from "@recado/contract/admin-operator-api";
import { accessAccount } from "../../accounts/access.ts";
import { browseSettlements } from "../../accounts/browse.ts";
import { formatMoney } from "../../domain/money.ts";
import { formatStatementCsv } from "../../domain/statement.ts";
import { dayOf, startOfDay } from "../../domain/usage.ts";
import { AppError } from "../../platform/app-error.ts";
import { type MarginGroup, reportMargin } from "../../wallet/margin.ts";
import { readStatement } from "../../wallet/statements.ts";
import { type AdminApp, type AdminDeps, callerOf, resellerOf } from "./admin-deps.ts";

const DAY_MS = 86_400_000;
const DAYS_MAX = 92;

/** What was earned, settled and told: margin, settlements of resellers, monthly statements. */
export function addReportRoutes(app: AdminApp, deps: AdminDeps): void {
  addMarginRoute(app, deps);
  app.get(
    "/accounts/:id/settlements",
    {
      schema: {
        params: fields.idParams,
        querystring: fields.pageQuery,
        response: { 200: fields.pageOf(api.settlement) },
      },
    },
    async (request) => {
      const { accountId } = await accessAccount(deps.pool, callerOf(request), request.params.id);
      const page = await browseSettlements(deps.pool, accountId, request.query);
      const items = page.items.map(({ day, messages, resale, wholesale, causeId, postedAt }) => ({
        ...{ day, messages, causeId },
        resale: formatMoney(resale),
        wholesale: formatMoney(wholesale),
        margin: formatMoney(resale - wholesale),
        postedAt: postedAt.toISOString(),
      }));
      return { ...page, items };
    },
  );
  app.get(
    "/accounts/:id/statements/:month",
    { schema: { params: api.statementParams, response: { 200: api.statement } } },
    async (request) => {
      const { id, month } = request.params;
      const account = await accessAccount(deps.pool, callerOf(request), id);
      const { document, digest } = await readStatement(deps, account, month);
      return { document, digest, csv: formatStatementCsv(document) };
    },
  );
}

function addMarginRoute(app: AdminApp, deps: AdminDeps): void {
  app.get(
    "/reports/margin",
    { schema: { querystring: api.marginQuery, response: { 200: api.marginReport } } },
    async (request) => {
      const { accountId, by } = request.query;
      const caller = callerOf(request);
      if (accountId !== undefined) await accessAccount(deps.pool, caller, accountId);
      const resellerId = resellerOf(request);
      const lines = await reportMargin(deps.pool, {
        ...readDays(request.query),
        accountId: accountId ?? null,
        resellerId,
        perspective: resellerId === null ? "operator" : "reseller",
        groups: by.split(",") as MarginGroup[],
      });
      const items = lines.map(({ revenue, cost, ...line }) => ({
        ...line,
        revenue: formatMoney(revenue),
        cost: formatMoney(cost),
        margin: formatMoney(revenue - cost),
      }));
      return { items };
    },
  );
}

/** Days that people name include the last; ours do not. */
function readDays({ from, to }: { from: string; to: string }): { from: string; to: string } {
  const lengthMs = startOfDay(to).getTime() - startOfDay(from).getTime();
  if (lengthMs < 0) throw new AppError("invalid_request", "to must not be before from.");
  if (lengthMs >= DAYS_MAX * DAY_MS) {
    throw new AppError("invalid_request", `A report spans at most ${DAYS_MAX} days.`);
  }
  return { from, to: dayOf(startOfDay(to).getTime() + DAY_MS) };
}
