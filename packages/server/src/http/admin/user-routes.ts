import * as api from "@recado/contract/admin-api";
import * as fields from "@recado/contract/admin-fields";
import { accessAccount, accessUser } from "../../accounts/access.ts";
import { browseUsers } from "../../accounts/browse.ts";
import { makeLink } from "../../accounts/one-time-links.ts";
import { resetSecondFactor } from "../../accounts/second-factor.ts";
import { createUser, type User, updateUser } from "../../accounts/users.ts";
import { AppError } from "../../platform/app-error.ts";
import { formatLink } from "../one-time-link.ts";
import { type AdminApp, type AdminDeps, callerOf } from "./admin-deps.ts";
import { formatUser } from "./format-rows.ts";

/** The people of accounts. */
export function addUserRoutes(app: AdminApp, deps: AdminDeps): void {
  app.post(
    "/accounts/:id/users",
    { schema: { params: fields.idParams, body: api.newUser, response: { 201: api.user } } },
    async (request, reply) => {
      const { accountId } = await accessAccount(deps.pool, callerOf(request), request.params.id);
      checkNotOwnPeople(request, accountId);
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
      const user = await accessManaged(deps, request);
      if (request.body.operator !== undefined && callerOf(request).kind !== "administrator") {
        throw new AppError("forbidden", "Only an administrator of the platform makes operators.");
      }
      return formatUser(await updateUser(deps, user, request.body));
    },
  );
  app.post(
    "/users/:id/link",
    { schema: { params: fields.idParams, response: { 201: api.userLink } } },
    async (request, reply) => {
      const { secret, expiresAt } = await makeLink(deps, await accessManaged(deps, request));
      // What is shown once must not stay in a cache.
      reply.header("cache-control", "no-store");
      const secretLink = formatLink(deps.publicUrl(), secret);
      return reply.code(201).send({ secretLink, expiresAt: expiresAt.toISOString() });
    },
  );
  app.post(
    "/users/:id/second-factor/reset",
    { schema: { params: fields.idParams, response: { 200: api.user } } },
    async (request) => {
      const { accountId, id } = await accessManaged(deps, request);
      await resetSecondFactor(deps, { accountId, userId: id });
      return formatUser(await accessUser(deps.pool, callerOf(request), id));
    },
  );
}

/** The user, if the caller may see and change them: an operator of the platform answers to its administrators alone. */
async function accessManaged(deps: AdminDeps, request: { params: { id: string } }): Promise<User> {
  const caller = callerOf(request);
  const user = await accessUser(deps.pool, caller, request.params.id);
  if (user.operator && caller.kind !== "administrator") {
    throw new AppError("forbidden", "This person operates the platform: only operators may.");
  }
  checkNotOwnPeople(request, user.accountId);
  return user;
}

/** A reseller's people change one another in the console, where an administrator cannot touch an owner. */
function checkNotOwnPeople(request: object, accountId: string): void {
  const caller = callerOf(request);
  if (caller.kind === "reseller" && caller.person && caller.accountId === accountId) {
    throw new AppError("forbidden", "The people of your own account are managed among yourselves.");
  }
}
