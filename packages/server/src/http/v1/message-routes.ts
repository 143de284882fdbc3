import { V1_OPERATIONS as calls } from "@recado/contract/v1/operations";
import { accessMessage, accessProject } from "../../accounts/access.ts";
import { browseMessages } from "../../accounts/browse.ts";
import { readTimeline } from "../../accounts/message-timeline.ts";
import { cancelMessage } from "../../gateway/cancel.ts";
import { formatMessage, formatSteps } from "./format-message.ts";
import type { Serve } from "./serve.ts";
import type { V1Caller, V1Deps } from "./v1-deps.ts";

/** Messages that there are: listed, looked at, followed, taken back. */
export function serveMessages(serve: Serve, deps: V1Deps): void {
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
    const shown = items.map((item) => formatMessage(item, now.getTime()));
    return { items: shown, next_cursor: nextCursor };
  });
  serve(calls.getMessage, async ({ caller, params }) =>
    formatMessage(await accessMessage(deps.pool, caller, params.id), deps.clock.now()),
  );
  serve(calls.cancelMessage, async ({ caller, params }) => {
    await cancelMessage(deps, await accessMessage(deps.pool, caller, params.id));
    return formatMessage(await accessMessage(deps.pool, caller, params.id), deps.clock.now());
  });
  serve(calls.getTimeline, async ({ caller, params }) => {
    const message = await accessMessage(deps.pool, caller, params.id);
    const steps = formatSteps(await readTimeline(deps.pool, message));
    return { message: formatMessage(message, deps.clock.now()), steps };
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
