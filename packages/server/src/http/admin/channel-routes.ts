import * as api from "@recado/contract/admin-api";
import * as fields from "@recado/contract/admin-fields";
import { accessAccount, accessChannel } from "../../accounts/access.ts";
import type { Caller } from "../../accounts/authenticate.ts";
import { browseChannels } from "../../accounts/browse.ts";
import { createChannel, updateChannel } from "../../accounts/channels.ts";
import { AppError } from "../../platform/app-error.ts";
import { type AdminApp, type AdminDeps, callerOf, resellerOf } from "./admin-deps.ts";
import { formatChannel } from "./format-rows.ts";

/** Official numbers. Their credentials come in and never go out. */
export function addChannelRoutes(app: AdminApp, deps: AdminDeps): void {
  app.post(
    "/accounts/:id/channels",
    {
      schema: {
        params: fields.idParams,
        body: api.newChannel,
        response: { 201: api.createdChannel },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request);
      const { accountId } = await accessAccount(deps.pool, caller, request.params.id);
      checkAddress(caller, request.body);
      const { channel, verifyToken } = await createChannel(deps, { ...request.body, accountId });
      reply.header("cache-control", "no-store");
      return reply.code(201).send({
        channel: formatChannel(channel),
        verifyToken,
        hookUrl: deps.doctor.hookUrl(channel),
      });
    },
  );
  app.get(
    "/channels",
    { schema: { querystring: api.ofAccountQuery, response: { 200: fields.pageOf(api.channel) } } },
    async (request) => {
      const { accountId = resellerOf(request) ?? undefined, ...page } = request.query;
      if (accountId !== undefined) await accessAccount(deps.pool, callerOf(request), accountId);
      const channels = await browseChannels(deps.pool, accountId ?? null, page);
      return { ...channels, items: channels.items.map(formatChannel) };
    },
  );
  app.get(
    "/channels/:id",
    { schema: { params: fields.idParams, response: { 200: api.channel } } },
    async (request) =>
      formatChannel(await accessChannel(deps.pool, callerOf(request), request.params.id)),
  );
  app.patch(
    "/channels/:id",
    {
      schema: { params: fields.idParams, body: api.channelUpdate, response: { 200: api.channel } },
    },
    async (request) => {
      const caller = callerOf(request);
      const channel = await accessChannel(deps.pool, caller, request.params.id);
      checkAddress(caller, request.body);
      return formatChannel(await updateChannel(deps, channel, request.body));
    },
  );
}

/** Providers are called at this address without a guard, from inside the operator's network: only the operator names it. */
function checkAddress(caller: Caller, wish: { baseUrl?: string | undefined }): void {
  if (caller.kind === "reseller" && wish.baseUrl !== undefined) {
    throw new AppError("forbidden", "A provider's address is set by your operator.");
  }
}
