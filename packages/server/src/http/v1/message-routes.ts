import { V1_OPERATIONS as calls } from "@recado/contract/v1/operations";
import { accessMessage, accessProject } from "../../accounts/access.ts";
import { browseMessages, type Message } from "../../accounts/browse.ts";
import { readTimeline } from "../../accounts/message-timeline.ts";
import { cancelMessage } from "../../gateway/cancel.ts";
import { formatInboundLink, nameInboundFile } from "../../gateway/receive-messages.ts";
import { formatMessage, formatSteps } from "./format-message.ts";
import type { Serve } from "./serve.ts";
import type { V1Caller, V1Deps } from "./v1-deps.ts";

/** Messages that there are: listed, looked at, followed, taken back. */
export function serveMessages(serve: Serve, deps: V1Deps): void {
  const link = (message: Message): string => {
    const { accountId, id, inboundFile } = message;
    const name = inboundFile === null ? id : nameInboundFile(id, inboundFile);
    return formatInboundLink(deps, { accountId, id, name }, deps.clock.now());
  };
  const show = (message: Message) => formatMessage(message, deps.clock.now(), link);
  serve(calls.listMessages, async ({ caller, query }) => {
    const { status, direction, mobile, custom_field, template, since, until, ...page } = query;
    const now = new Date(deps.clock.now());
    const waiting = status === "scheduled";
    const filter = {
      accountId: caller.accountId,
      projectId: await chooseProject(deps, caller, query.project_id),
      status: waiting ? "accepted" : (status ?? null),
      scheduled: waiting || status === "accepted" ? { after: now, is: waiting } : null,
      ...{ direction: direction ?? null, mobile: mobile ?? null, template: template ?? null },
      customField: custom_field ?? null,
      since: since === undefined ? null : new Date(since),
      until: until === undefined ? null : new Date(until),
    };
    const { items, nextCursor } = await browseMessages(deps.pool, filter, page);
    const shown = items.map((item) => show(item));
    return { items: shown, next_cursor: nextCursor };
  });
  serve(calls.getMessage, async ({ caller, params }) =>
    show(await accessMessage(deps.pool, caller, params.id)),
  );
  serve(calls.cancelMessage, async ({ caller, params }) => {
    await cancelMessage(deps, await accessMessage(deps.pool, caller, params.id));
    return show(await accessMessage(deps.pool, caller, params.id));
  });
  serve(calls.getTimeline, async ({ caller, params }) => {
    const message = await accessMessage(deps.pool, caller, params.id);
    const steps = formatSteps(await readTimeline(deps.pool, message));
    return { message: show(message), steps };
  });
}

/** The project that a list is confined to: the one asked for, if the caller may see it, else the token's own. */
export async function chooseProject(
  deps: Pick<V1Deps, "pool">,
  caller: V1Caller,
  wanted: string | undefined,
): Promise<string | null> {
  return wanted === undefined
    ? caller.projectId
    : (await accessProject(deps.pool, caller, wanted)).id;
}
