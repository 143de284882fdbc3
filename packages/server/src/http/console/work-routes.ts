import type { ConsoleDeps } from "./console-deps.ts";
import type { ConsoleServe } from "./serve-console.ts";

/** Calls of the work; none yet. */
export function serveWork(_serve: ConsoleServe, _deps: ConsoleDeps): void {}
