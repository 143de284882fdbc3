import type { z } from "zod";
import type { Permission } from "./permission.ts";

/** One call that only the console has. What `/v1` or `/admin` can do is called there, with the same session. */
export interface ConsoleOperation {
  /** Its name in tests, logs and the console's own code. */
  id: string;
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Below `/console/api`, with `:id` where an id goes. */
  path: string;
  summary: string;
  /** `session`: whoever is signed in. `none`: whoever comes. */
  permission: Permission | "session" | "none";
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodType;
  /** Takes any bytes instead of JSON. */
  takesFile?: true;
  /** Daily work: it leaves no entry in the audit. Otherwise every call that is not GET does. */
  isDailyWork?: true;
  answer: ConsoleAnswer;
}

/** What a call answers when it succeeds. Without a schema there is no body, or it is no JSON. */
export interface ConsoleAnswer {
  status: 200 | 201 | 202 | 204;
  schema?: z.ZodType;
  contentType?: "text/csv" | "text/event-stream" | "application/octet-stream";
}
