import * as api from "@recado/contract/admin-api";
import * as fields from "@recado/contract/admin-fields";
import {
  accessAccount,
  accessCustomer,
  accessPriceBook,
  accessUser,
} from "../../accounts/access.ts";
import { createAccount, updateAccount } from "../../accounts/accounts.ts";
import type { Caller } from "../../accounts/authenticate.ts";
import { browseAccounts, browseUsers } from "../../accounts/browse.ts";
import { createUser, updateUser } from "../../accounts/users.ts";
import { AppError } from "../../platform/app-error.ts";
import { type AdminApp, type AdminDeps, callerOf, resellerOf } from "./admin-deps.ts";
import { formatAccount, formatUser } from "./format-rows.ts";

/** Accounts and their people. */
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
  addUserRoutes(app, deps);
}

function addUserRoutes(app: AdminApp, deps: AdminDeps): void {
  app.post(
    "/accounts/:id/users",
    { schema: { params: fields.idParams, body: api.newUser, response: { 201: api.user } } },
    async (request, reply) => {
      const { accountId } = await accessAccount(deps.pool, callerOf(request), request.params.id);
      const user = await createUser(deps, { ...request.body, accountId });
      return reply.code(201).send(formatUser(user));
    },
  );
  app.get(
    "/accounts/:id/users",
    {
      schema: {
        params: fields.idParams,
        querystring: fields.pageQuery,
        response: { 200: fields.pageOf(api.user) },
      },
    },
    async (request) => {
      const { accountId } = await accessAccount(deps.pool, callerOf(request), request.params.id);
      const page = await browseUsers(deps.pool, accountId, request.query);
      return { ...page, items: page.items.map(formatUser) };
    },
  );
  app.patch(
    "/users/:id",
    { schema: { params: fields.idParams, body: api.userUpdate, response: { 200: api.user } } },
    async (request) => {
      const user = await accessUser(deps.pool, callerOf(request), request.params.id);
      return formatUser(await updateUser(deps, user, request.body));
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
