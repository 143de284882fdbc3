import * as api from "@recado/contract/admin-api";
import * as fields from "@recado/contract/admin-fields";
import { accessAccount, accessUser } from "../../accounts/access.ts";
import { createAccount, updateAccount } from "../../accounts/accounts.ts";
import { browseAccounts, browseUsers } from "../../accounts/browse.ts";
import { createUser, updateUser } from "../../accounts/users.ts";
import { type AdminApp, type AdminDeps, callerOf } from "./admin-deps.ts";
import { formatAccount, formatUser } from "./format-rows.ts";

/** Accounts and their people. */
export function addAccountRoutes(app: AdminApp, deps: AdminDeps): void {
  app.post(
    "/accounts",
    { schema: { body: api.newAccount, response: { 201: api.account } } },
    async (request, reply) =>
      reply.code(201).send(formatAccount(await createAccount(deps, request.body))),
  );
  app.get(
    "/accounts",
    { schema: { querystring: fields.pageQuery, response: { 200: fields.pageOf(api.account) } } },
    async (request) => {
      const page = await browseAccounts(deps.pool, request.query);
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
      const account = await accessAccount(deps.pool, callerOf(request), request.params.id);
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
