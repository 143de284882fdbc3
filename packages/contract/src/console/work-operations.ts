import type { ConsoleOperation } from "./operation.ts";

/** Calls of the work. */
export const WORK_OPERATIONS = {} as const satisfies Record<string, ConsoleOperation>;
