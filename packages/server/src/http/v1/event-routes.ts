import { V1_OPERATIONS as calls } from "@recado/contract/v1/operations";
import { checkEvents } from "../../webhooks/endpoint-filters.ts";
import type { EventWaits } from "../../webhooks/event-waits.ts";
import { type PulledEvent, pullEvents } from "../../webhooks/pull-events.ts";
import { chooseProject } from "./message-routes.ts";
import type { Serve } from "./serve.ts";
import type { V1Deps } from "./v1-deps.ts";

/** What happened, for callers who ask. */
export function serveEvents(serve: Serve, deps: V1Deps & { waits: EventWaits }): void {
  serve(calls.pullEvents, async ({ caller, query, reply }) => {
    const { after, limit, types, project_id, wait_s } = query;
    const left = new AbortController();
    // Whoever has hung up waits no longer, and takes no place.
    reply.raw.on("close", () => left.abort());
    const page = await pullEvents(deps, {
      ...{ accountId: caller.accountId, after, limit },
      projectId: await chooseProject(deps, caller, project_id),
      types: types === undefined ? null : checkEvents(types.split(","), "types"),
      waitMs: wait_s * 1_000,
      signal: left.signal,
    });
    reply.header("cache-control", "no-store");
    return { items: page.items.map(formatEvent), cursor: page.cursor, has_more: page.hasMore };
  });
}

function formatEvent(event: PulledEvent) {
  const { id, type, body } = event;
  return {
    ...{ id, type, body },
    seq: String(event.seq),
    at: event.at.toISOString(),
    project_id: event.projectId,
    message_id: event.messageId,
  };
}
