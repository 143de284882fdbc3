import type { ComposeDeps } from "../../inbox/compose-message.ts";
import type { LiveHub } from "../../live/hub.ts";
import type { ConsoleDeps } from "./console-deps.ts";

/** What the inbox needs of the process besides what `/v1` does. */
export interface InboxOffice {
  live: LiveHub;
}

/** The inbox's own view of what the console is handed. */
export function inboxDepsOf(deps: ConsoleDeps): ComposeDeps {
  const { pool, clock, ids, directory, acceptance } = deps;
  const kick = (accountId: string) => deps.inbox.live.kick(accountId);
  return { pool, clock, ids, directory, acceptance, kick };
}
