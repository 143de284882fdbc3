import type { ComposeDeps } from "../../inbox/compose-message.ts";
import type { ConsoleDeps } from "./console-deps.ts";

/** The inbox's own view of what the console is handed. */
export function inboxDepsOf(deps: ConsoleDeps): ComposeDeps {
  const { pool, clock, ids, directory, acceptance } = deps;
  const kick = (accountId: string) => deps.live.kick(accountId);
  return { pool, clock, ids, directory, acceptance, kick };
}
