import * as fields from "@recado/contract/admin-fields";
import * as api from "@recado/contract/admin-resale-api";
import { accessAccount } from "../../accounts/access.ts";
import { browseAllocations, browseCustomers, browseResellers } from "../../accounts/browse.ts";
import { formatMoney } from "../../domain/money.ts";
import { formatSettlementCsv, type Settled } from "../../domain/settlement-report.ts";
import { reportSettlements } from "../../wallet/report-settlements.ts";
import { type AdminApp, type AdminDeps, callerOf, resellerOf } from "./admin-deps.ts";
import { fillDays, readDays } from "./read-days.ts";

/** Resellers, their customers, what they handed on, and reports of what was settled. */
export function addResaleRoutes(app: AdminApp, deps: AdminDeps): void {
  app.get(
    "/resellers",
    {
      schema: {
        querystring: api.resellerQuery,
        response: { 200: fields.pageOf(api.reseller) },
      },
    },
    async (request) => {
      const { from, to, ...wanted } = request.query;
      const days = readDays(fillDays({ from, to }, deps.clock.now()), api.SETTLEMENT_DAYS_MAX);
      const whose = { ...days, resellerId: resellerOf(request) };
      const page = await browseResellers(deps.pool, whose, wanted);
      const items = page.items.map(({ balance, resale, wholesale, messages, ...row }) => ({
        ...{ ...row, balance: formatMoney(balance) },
        ...formatSettled({ messages, resale, wholesale }),
      }));
      return { ...page, items };
    },
  );
  app.get(
    "/accounts/:id/customers",
    {
      schema: {
        params: fields.idParams,
        querystring: fields.pageQuery,
        response: { 200: fields.pageOf(api.customer) },
      },
    },
    async (request) => {
      const { accountId } = await accessAccount(deps.pool, callerOf(request), request.params.id);
      const page = await browseCustomers(deps.pool, accountId, request.query);
      const items = page.items.map(({ balance, createdAt, ...row }) => ({
        ...{ ...row, balance: formatMoney(balance), createdAt: createdAt.toISOString() },
      }));
      return { ...page, items };
    },
  );
  app.get(
    "/accounts/:id/allocations",
    {
      schema: {
        params: fields.idParams,
        querystring: fields.pageQuery,
        response: { 200: fields.pageOf(api.allocation) },
      },
    },
    async (request) => {
      const { accountId } = await accessAccount(deps.pool, callerOf(request), request.params.id);
      const page = await browseAllocations(deps.pool, accountId, request.query);
      const items = page.items.map(({ id, at, amount, ...row }) => ({
        ...{ ...row, causeId: id, at: at.toISOString(), amount: formatMoney(amount) },
      }));
      return { ...page, items };
    },
  );
  addSettlementReport(app, deps);
}

function addSettlementReport(app: AdminApp, deps: AdminDeps): void {
  app.get(
    "/accounts/:id/settlements/report",
    {
      schema: {
        params: fields.idParams,
        querystring: api.settlementQuery,
        response: { 200: api.settlementReport },
      },
    },
    async (request) => {
      const account = await accessAccount(deps.pool, callerOf(request), request.params.id);
      const { by, ...named } = request.query;
      const asked = fillDays(named, deps.clock.now());
      const days = readDays(asked, api.SETTLEMENT_DAYS_MAX);
      const report = await reportSettlements(deps.pool, account.accountId, { ...days, by });
      const { items, totals, settledUntil } = report;
      return {
        ...{ currency: account.currency, ...asked, settledUntil },
        items: items.map(({ period, ...settled }) => ({ period, ...formatSettled(settled) })),
        totals: formatSettled(totals),
        csv: formatSettlementCsv(report, account.currency),
      };
    },
  );
}

function formatSettled({ messages, resale, wholesale }: Settled) {
  return {
    messages,
    resale: formatMoney(resale),
    wholesale: formatMoney(wholesale),
    margin: formatMoney(resale - wholesale),
  };
}
