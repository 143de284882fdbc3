import { ACCOUNT_OPERATIONS } from "./account-operations.ts";
import { BUSINESS_OPERATIONS } from "./business-operations.ts";
import { INBOX_OPERATIONS } from "./inbox-operations.ts";
import { INBOX_VIEW_OPERATIONS } from "./inbox-view-operations.ts";
import type { ConsoleOperation } from "./operation.ts";
import { OWN_OPERATIONS } from "./own-operations.ts";
import { PEOPLE_OPERATIONS } from "./people-operations.ts";
import { SESSION_OPERATIONS } from "./session-operations.ts";
import { WORK_OPERATIONS } from "./work-operations.ts";

/*
 * Every call that only the console has, as data: the server serves this table and validates by it, and tests attack each row.
 * A call that is not here does not exist.
 */

/** Of a JSON body. Files are uploaded, not sent as base64. */
export const CONSOLE_BODY_BYTES_MAX = 1024 * 1024;

/** The cookie that a session lives in. */
export const SESSION_COOKIE = "recado_session";

/** A change that is made with the cookie must carry this header with the value `1`, which no other site can send. */
export const CONSOLE_HEADER = "x-recado-console";

/** See {@link ConsoleOperation}; a line for each area, an area for each file. */
export const CONSOLE_OPERATIONS = {
  ...SESSION_OPERATIONS,
  ...OWN_OPERATIONS,
  ...PEOPLE_OPERATIONS,
  ...ACCOUNT_OPERATIONS,
  ...BUSINESS_OPERATIONS,
  ...INBOX_OPERATIONS,
  ...INBOX_VIEW_OPERATIONS,
  ...WORK_OPERATIONS,
} as const satisfies Record<string, ConsoleOperation>;
