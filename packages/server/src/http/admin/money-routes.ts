import * as activity from "@recado/contract/admin-activity-api";
import * as fields from "@recado/contract/admin-fields";
import { accessAccount, accessCustomer } from "../../accounts/access.ts";
import { browseLedger, readBalance } from "../../accounts/browse.ts";
import { formatMoney } from "../../domain/money.ts";
import { type AdminApp, type AdminDeps, callerOf, resellerOf } from "./admin-deps.ts";
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
      const account = await accessCustomer(deps.pool, callerOf(request), request.params.id);
      const { reference, amount, note = "" } = request.body;
      const topup = {
        accountId: account.accountId,
        reference,
        amount: readAmount("amount", amount),
        note,
        createdBy: callerOf(request).tokenId,
      };
      const fromAccountId = resellerOf(request);
      const { balance, repeated } =
        fromAccountId === null
          ? await deps.wallet.topUp(topup)
          : await deps.wallet.allocate({ ...topup, fromAccountId });
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
    const { wallets, messages, resale, statements } = await deps.wallet.verify();
    return {
      ok: [wallets, messages, resale, statements].every((differences) => differences.length === 0),
      wallets: wallets.map(({ accountId, balance, sum }) => ({
        accountId,
        balance: formatMoney(balance),
        sum: formatMoney(sum),
      })),
      messages,
      resale,
      statements,
    };
  });
}
