import * as api from "@recado/contract/admin-api";
import * as fields from "@recado/contract/admin-fields";
import { accessAccount, accessChannel } from "../../accounts/access.ts";
import { browseChannels } from "../../accounts/browse.ts";
import { createChannel, updateChannel } from "../../accounts/channels.ts";
import { type AdminApp, type AdminDeps, callerOf } from "./admin-deps.ts";
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
      const { accountId } = await accessAccount(deps.pool, callerOf(request), request.params.id);
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
      const { accountId, ...page } = request.query;
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
      const channel = await accessChannel(deps.pool, callerOf(request), request.params.id);
      return formatChannel(await updateChannel(deps, channel, request.body));
    },
  );
}
