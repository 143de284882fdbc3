import * as fields from "@recado/contract/admin-fields";
import * as api from "@recado/contract/admin-operator-api";
import { accessAccount } from "../../accounts/access.ts";
import { browseSettlements } from "../../accounts/browse.ts";
import { formatMoney } from "../../domain/money.ts";
import { formatStatementCsv } from "../../domain/statement.ts";
import { type MarginGroup, reportMargin } from "../../wallet/margin.ts";
import { readStatement } from "../../wallet/statements.ts";
import { type AdminApp, type AdminDeps, callerOf, resellerOf } from "./admin-deps.ts";
import { readDays } from "./read-days.ts";

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
      const { accountId, by, resellerId: wanted } = request.query;
      const caller = callerOf(request);
      for (const named of [accountId, wanted]) {
        if (named !== undefined) await accessAccount(deps.pool, caller, named);
      }
      const own = resellerOf(request);
      const lines = await reportMargin(deps.pool, {
        ...readDays(request.query, DAYS_MAX),
        accountId: accountId ?? null,
        resellerId: wanted ?? own,
        perspective: own === null ? "operator" : "reseller",
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
