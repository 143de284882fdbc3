import * as events from "../events.ts";
import type { V1Operation } from "../operation.ts";

/** Calls for those who ask what happened instead of being told. */
export const EVENT_OPERATIONS = {
  pullEvents: {
    id: "pullEvents",
    method: "GET",
    path: "/events",
    tag: "events",
    summary: "The next events after a cursor, oldest first; waits for them when asked to.",
    scope: "events:read",
    query: events.eventQuery,
    answer: { status: 200, schema: events.eventPage },
  },
} as const satisfies Record<string, V1Operation>;
