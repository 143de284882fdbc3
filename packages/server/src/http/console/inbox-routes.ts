import type { ConsoleDeps } from "./console-deps.ts";
import type { ConsoleServe } from "./serve-console.ts";

/** Calls of the inbox; none yet. */
export function serveInbox(_serve: ConsoleServe, _deps: ConsoleDeps): void {}
