import type { Logger } from "pino";
import { createLiveHub, type LiveHub } from "../live/hub.ts";
import type { Clock } from "../platform/clock.ts";
import type { Database } from "../storage/connect.ts";
import { renderChanges } from "./live-changes.ts";
import { loadCounts } from "./load-inbox.ts";

/** The live lines of this process, telling what the inbox shows. Nothing runs until somebody listens. */
export function openLive(deps: { pool: Database; clock: Clock; logger: Logger }): LiveHub {
  return createLiveHub({
    ...deps,
    render: (span) => renderChanges(deps, span),
    count: (accountId) => loadCounts(deps.pool, accountId),
  });
}
