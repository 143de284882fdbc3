import type { z } from "zod";
import type { TokenScope } from "../admin-api.ts";

/** One call. */
export interface V1Operation {
  /** Its name in generated clients. */
  id: string;
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Below `/v1`, with `:id` where an id goes. */
  path: string;
  tag: string;
  summary: string;
  scope: TokenScope;
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodType;
  /** Without a body it is called as with `{}`. */
  bodyOptional?: true;
  /** Takes any bytes instead of JSON. */
  takesFile?: true;
  /** Honours `Idempotency-Key`. */
  idempotent?: true;
  answer: V1Answer;
}

/** What a call answers when it succeeds. Without a schema there is no body, or it is no JSON. */
export interface V1Answer {
  status: 200 | 201 | 202 | 204;
  schema?: z.ZodType;
  contentType?: "text/csv";
}
