/** Which menu or dialog of the thread is open. */
export type OpenTool = "assign" | "label" | "snooze" | "templates" | null;
