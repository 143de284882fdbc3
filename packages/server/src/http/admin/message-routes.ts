import * as activity from "@recado/contract/admin-activity-api";
import * as fields from "@recado/contract/admin-fields";
import { accessAccount, accessMessage } from "../../accounts/access.ts";
import { browseMessages } from "../../accounts/browse.ts";
import { readTimeline } from "../../accounts/message-timeline.ts";
import { type AdminApp, type AdminDeps, callerOf } from "./admin-deps.ts";
import { formatMessage, formatTimeline } from "./format-rows.ts";

/** Messages: listed by account, and one with everything that is known of its life. */
export function addMessageRoutes(app: AdminApp, deps: AdminDeps): void {
  app.get(
    "/accounts/:id/messages",
    {
      schema: {
        params: fields.idParams,
        querystring: activity.messageQuery,
        response: { 200: fields.pageOf(activity.message) },
      },
    },
    async (request) => {
      const { accountId } = await accessAccount(deps.pool, callerOf(request), request.params.id);
      const { projectId, mobile, status, direction, since, until, ...page } = request.query;
      const filter = {
        accountId,
        projectId: projectId ?? null,
        mobile: mobile ?? null,
        status: status ?? null,
        direction: direction ?? null,
        since: since === undefined ? null : new Date(since),
        until: until === undefined ? null : new Date(until),
      };
      const messages = await browseMessages(deps.pool, filter, page);
      return { ...messages, items: messages.items.map(formatMessage) };
    },
  );
  app.get(
    "/messages/:id",
    { schema: { params: fields.idParams, response: { 200: activity.messageTimeline } } },
    async (request) => {
      const message = await accessMessage(deps.pool, callerOf(request), request.params.id);
      return formatTimeline(message, await readTimeline(deps.pool, message));
    },
  );
}
