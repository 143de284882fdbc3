import { CONTACT_EXAMPLES } from "./examples/contact-examples.ts";
import { EVENT_EXAMPLES } from "./examples/event-examples.ts";
import { LIMIT_EXAMPLES } from "./examples/limit-examples.ts";
import { MEDIA_EXAMPLES } from "./examples/media-examples.ts";
import { MESSAGE_EXAMPLES } from "./examples/message-examples.ts";
import { STATEMENT_EXAMPLES } from "./examples/statement-examples.ts";
import { TEMPLATE_EXAMPLES } from "./examples/template-examples.ts";
import { WALLET_EXAMPLES } from "./examples/wallet-examples.ts";
import { WEBHOOK_EXAMPLES } from "./examples/webhook-examples.ts";
import type { OperationExample } from "./operation-example.ts";

/** An example for each call of `/v1`, by the call's id; a line for each area, an area for each file. */
export const OPERATION_EXAMPLES: Readonly<Record<string, OperationExample>> = {
  ...MESSAGE_EXAMPLES,
  ...MEDIA_EXAMPLES,
  ...TEMPLATE_EXAMPLES,
  ...WALLET_EXAMPLES,
  ...STATEMENT_EXAMPLES,
  ...WEBHOOK_EXAMPLES,
  ...EVENT_EXAMPLES,
  ...CONTACT_EXAMPLES,
  ...LIMIT_EXAMPLES,
};
