import type { esDone } from "./es-done.ts";

/** What was done, or why not. */
export const enDone: Record<keyof typeof esDone, string> = {
  resolved: "Conversation with {{name}} resolved",
  snoozed: "Conversation with {{name}} snoozed",
  wrote: "{{name}} has just written: read it before you resolve.",
};
