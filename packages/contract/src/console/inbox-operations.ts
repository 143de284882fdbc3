import type { ConsoleOperation } from "./operation.ts";

/** Calls of the inbox. */
export const INBOX_OPERATIONS = {} as const satisfies Record<string, ConsoleOperation>;
