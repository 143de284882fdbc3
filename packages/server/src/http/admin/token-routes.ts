import * as api from "@recado/contract/admin-api";
import * as fields from "@recado/contract/admin-fields";
import { accessAccount, accessToken, isHeld } from "../../accounts/access.ts";
import type { Caller } from "../../accounts/authenticate.ts";
import { browseTokens, findLogin } from "../../accounts/browse.ts";
import { createToken, revokeToken } from "../../accounts/tokens.ts";
import { AppError } from "../../platform/app-error.ts";
import { type AdminApp, type AdminDeps, callerOf, resellerOf } from "./admin-deps.ts";
import { formatToken } from "./format-rows.ts";

/** Tokens: made and shown once, listed without their secret, revoked. */
export function addTokenRoutes(app: AdminApp, deps: AdminDeps): void {
  app.post(
    "/tokens",
    { schema: { body: api.newToken, response: { 201: api.createdToken } } },
    async (request, reply) => {
      const { login, expiresAt, ...given } = request.body;
      const holder = await findHolder(deps, callerOf(request), { ...given, login });
      const { token, row } = await createToken(deps, {
        ...given,
        ...holder,
        expiresAt: expiresAt === undefined ? undefined : new Date(expiresAt),
      });
      // What is shown once must not stay in a cache.
      reply.header("cache-control", "no-store");
      return reply.code(201).send({ token, row: formatToken(row) });
    },
  );
  app.get(
    "/tokens",
    { schema: { querystring: api.tokenQuery, response: { 200: fields.pageOf(api.token) } } },
    async (request) => {
      const { accountId = resellerOf(request) ?? undefined, ...page } = request.query;
      if (accountId !== undefined) await accessAccount(deps.pool, callerOf(request), accountId);
      const tokens = await browseTokens(deps.pool, accountId ?? null, page);
      return { ...tokens, items: tokens.items.map(formatToken) };
    },
  );
  app.post(
    "/tokens/:id/revoke",
    { schema: { params: fields.idParams, response: { 200: api.token } } },
    async (request) => {
      const token = await accessToken(deps.pool, callerOf(request), request.params.id);
      await revokeToken(deps, token);
      return formatToken(await accessToken(deps.pool, callerOf(request), token.id));
    },
  );
}

interface HolderWish {
  accountId?: string | undefined;
  userId?: string | undefined;
  login?: string | undefined;
}

/** A login says both the user and the account. A reseller's own account is meant when it names none. */
async function findHolder(
  deps: AdminDeps,
  caller: Caller,
  wish: HolderWish,
): Promise<{ accountId: string | null; userId: string | undefined }> {
  const { accountId = null, userId, login } = wish;
  if (login === undefined) {
    if (caller.kind !== "reseller") return { accountId, userId };
    const account = await accessAccount(deps.pool, caller, accountId ?? caller.accountId);
    return { accountId: account.accountId, userId };
  }
  const user = await findLogin(deps.pool, login);
  const fits =
    user &&
    (await isHeld(deps.pool, caller, user.accountId)) &&
    (accountId === null || accountId === user.accountId) &&
    (userId === undefined || userId === user.id);
  if (!fits) throw new AppError("not_found", "There is no such login.");
  return { accountId: user.accountId, userId: user.id };
}
