import * as activity from "@recado/contract/admin-activity-api";
import * as fields from "@recado/contract/admin-fields";
import { accessAccount } from "../../accounts/access.ts";
import { browseLedger, readBalance } from "../../accounts/browse.ts";
import { formatMoney } from "../../domain/money.ts";
import { type AdminApp, type AdminDeps, callerOf } from "./admin-deps.ts";
import { formatTransfer } from "./format-rows.ts";
import { readAmount } from "./read-amount.ts";

/** Top-ups, balances, the ledger, and the proof that all of it agrees. */
export function addMoneyRoutes(app: AdminApp, deps: AdminDeps): void {
  app.post(
    "/accounts/:id/topups",
    {
      schema: {
        params: fields.idParams,
        body: activity.newTopup,
        response: { 200: activity.topupResult },
      },
    },
    async (request) => {
      const account = await accessAccount(deps.pool, callerOf(request), request.params.id);
      const { reference, amount, note = "" } = request.body;
      const { balance, repeated } = await deps.wallet.topUp({
        accountId: account.accountId,
        reference,
        amount: readAmount("amount", amount),
        note,
        createdBy: null,
      });
      return { repeated, balance: formatMoney(balance), currency: account.currency };
    },
  );
  app.get(
    "/accounts/:id/balance",
    { schema: { params: fields.idParams, response: { 200: activity.balance } } },
    async (request) => {
      const account = await accessAccount(deps.pool, callerOf(request), request.params.id);
      const balance = await readBalance(deps.pool, account.accountId);
      return { balance: formatMoney(balance), currency: account.currency };
    },
  );
  app.get(
    "/accounts/:id/ledger",
    {
      schema: {
        params: fields.idParams,
        querystring: fields.pageQuery,
        response: { 200: fields.pageOf(activity.transfer) },
      },
    },
    async (request) => {
      const account = await accessAccount(deps.pool, callerOf(request), request.params.id);
      const page = await browseLedger(deps.pool, account.accountId, request.query);
      return { ...page, items: page.items.map(formatTransfer) };
    },
  );
  app.get("/wallet/verify", { schema: { response: { 200: activity.walletReport } } }, async () => {
    const { wallets, messages } = await deps.wallet.verify();
    return {
      ok: wallets.length === 0 && messages.length === 0,
      wallets: wallets.map(({ accountId, balance, sum }) => ({
        accountId,
        balance: formatMoney(balance),
        sum: formatMoney(sum),
      })),
      messages,
    };
  });
}
