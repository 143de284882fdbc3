import * as api from "@recado/contract/admin-api";
import * as fields from "@recado/contract/admin-fields";
import { accessAccount, accessCustomer, accessPriceBook } from "../../accounts/access.ts";
import { createAccount, updateAccount } from "../../accounts/accounts.ts";
import type { Caller } from "../../accounts/authenticate.ts";
import { browseAccounts } from "../../accounts/browse.ts";
import { AppError } from "../../platform/app-error.ts";
import { type AdminApp, type AdminDeps, callerOf, resellerOf } from "./admin-deps.ts";
import { formatAccount } from "./format-rows.ts";

/** Accounts. */
export function addAccountRoutes(app: AdminApp, deps: AdminDeps): void {
  app.post(
    "/accounts",
    { schema: { body: api.newAccount, response: { 201: api.account } } },
    async (request, reply) => {
      const resellerId = resellerOf(request);
      const { parentId = resellerId ?? undefined, priceBookId } = request.body;
      if (resellerId !== null) {
        await checkResellerWish(deps, callerOf(request), { parentId, priceBookId });
      }
      const account = await createAccount(deps, { ...request.body, parentId });
      return reply.code(201).send(formatAccount(account));
    },
  );
  app.get(
    "/accounts",
    { schema: { querystring: fields.pageQuery, response: { 200: fields.pageOf(api.account) } } },
    async (request) => {
      const page = await browseAccounts(deps.pool, resellerOf(request), request.query);
      return { ...page, items: page.items.map(formatAccount) };
    },
  );
  app.get(
    "/accounts/:id",
    { schema: { params: fields.idParams, response: { 200: api.account } } },
    async (request) =>
      formatAccount(await accessAccount(deps.pool, callerOf(request), request.params.id)),
  );
  app.patch(
    "/accounts/:id",
    {
      schema: { params: fields.idParams, body: api.accountUpdate, response: { 200: api.account } },
    },
    async (request) => {
      const caller = callerOf(request);
      const account = await accessCustomer(deps.pool, caller, request.params.id);
      const { priceBookId } = request.body;
      if (caller.kind === "reseller") await checkResellerWish(deps, caller, { priceBookId });
      return formatAccount(await updateAccount(deps, account.accountId, request.body));
    },
  );
}

/** A reseller's customers belong to it, and pay by a book of its own. */
async function checkResellerWish(
  deps: AdminDeps,
  caller: Caller,
  wish: { parentId?: string | undefined; priceBookId?: string | undefined },
): Promise<void> {
  const { parentId, priceBookId } = wish;
  if (parentId !== undefined && caller.kind === "reseller" && parentId !== caller.accountId) {
    throw new AppError("not_found", "There is no such account.");
  }
  if (priceBookId !== undefined) await accessPriceBook(deps.pool, caller, priceBookId);
}
