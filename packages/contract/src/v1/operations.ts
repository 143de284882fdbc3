import type { V1Operation } from "./operation.ts";
import { CONTACT_OPERATIONS } from "./operations/contact-operations.ts";
import { CONVERSATION_OPERATIONS } from "./operations/conversation-operations.ts";
import { EVENT_OPERATIONS } from "./operations/event-operations.ts";
import { LIMIT_OPERATIONS } from "./operations/limit-operations.ts";
import { MEDIA_OPERATIONS } from "./operations/media-operations.ts";
import { MESSAGE_OPERATIONS } from "./operations/message-operations.ts";
import { OPT_OUT_OPERATIONS } from "./operations/opt-out-operations.ts";
import { PERSON_OPERATIONS } from "./operations/person-operations.ts";
import { STATEMENT_OPERATIONS } from "./operations/statement-operations.ts";
import { TEMPLATE_OPERATIONS } from "./operations/template-operations.ts";
import { WALLET_OPERATIONS } from "./operations/wallet-operations.ts";
import { WEBHOOK_OPERATIONS } from "./operations/webhook-operations.ts";

/*
 * Every call of `/v1`, as data: the server serves this table and validates by it, the OpenAPI document is made of it, and
 * tests attack each row. A call that is not here does not exist.
 */

/** Of a JSON body. Larger files are uploaded, not sent as base64. */
export const BODY_BYTES_MAX = 8 * 1024 * 1024;

/** See {@link V1Operation}; a line for each area, an area for each file. */
export const V1_OPERATIONS = {
  ...MESSAGE_OPERATIONS,
  ...MEDIA_OPERATIONS,
  ...TEMPLATE_OPERATIONS,
  ...WALLET_OPERATIONS,
  ...STATEMENT_OPERATIONS,
  ...WEBHOOK_OPERATIONS,
  ...EVENT_OPERATIONS,
  ...CONTACT_OPERATIONS,
  ...CONVERSATION_OPERATIONS,
  ...PERSON_OPERATIONS,
  ...LIMIT_OPERATIONS,
  ...OPT_OUT_OPERATIONS,
} as const satisfies Record<string, V1Operation>;
