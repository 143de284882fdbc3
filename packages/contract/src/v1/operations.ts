import type { z } from "zod";
import type { TokenScope } from "../admin-api.ts";
import * as account from "./account.ts";
import { idParams } from "./fields.ts";
import * as messages from "./messages.ts";
import * as hooks from "./webhook-endpoints.ts";

/*
 * Every call of `/v1`, as data: the server serves this table and validates by it, the OpenAPI document is made of it, and
 * tests attack each row. A call that is not here does not exist.
 */

/** One call. */
export interface V1Operation {
  /** Its name in generated clients. */
  id: string;
  method: "GET" | "POST" | "PATCH" | "DELETE";
  /** Below `/v1`, with `:id` where an id goes. */
  path: string;
  tag: string;
  summary: string;
  scope: TokenScope;
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodType;
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

/** Of a JSON body. Larger files are uploaded, not sent as base64. */
export const BODY_BYTES_MAX = 8 * 1024 * 1024;

/** See {@link V1Operation}. */
export const V1_OPERATIONS = {
  sendMessage: {
    id: "sendMessage",
    method: "POST",
    path: "/messages",
    tag: "messages",
    summary: "Send a message: stored and paid for when this answers.",
    scope: "messages:write",
    body: messages.newMessage,
    idempotent: true,
    answer: { status: 202, schema: messages.message },
  },
  sendBatch: {
    id: "sendBatch",
    method: "POST",
    path: "/messages/batch",
    tag: "messages",
    summary: "Send up to 1,000 messages, each answered by itself.",
    scope: "messages:write",
    body: messages.newBatch,
    idempotent: true,
    answer: { status: 200, schema: messages.batchAnswer },
  },
  dryRun: {
    id: "dryRun",
    method: "POST",
    path: "/messages/dry-run",
    tag: "messages",
    summary: "See what would be sent and what it would cost; nothing is stored.",
    scope: "messages:write",
    body: messages.newMessage,
    answer: { status: 200, schema: messages.dryRun },
  },
  listMessages: {
    id: "listMessages",
    method: "GET",
    path: "/messages",
    tag: "messages",
    summary: "Messages, newest first.",
    scope: "messages:read",
    query: messages.messageQuery,
    answer: { status: 200, schema: messages.messagePage },
  },
  getMessage: {
    id: "getMessage",
    method: "GET",
    path: "/messages/:id",
    tag: "messages",
    summary: "A message as it stands.",
    scope: "messages:read",
    params: idParams,
    answer: { status: 200, schema: messages.message },
  },
  cancelMessage: {
    id: "cancelMessage",
    method: "POST",
    path: "/messages/:id/cancel",
    tag: "messages",
    summary: "Take back a message that has not left yet; it is refunded.",
    scope: "messages:write",
    params: idParams,
    answer: { status: 200, schema: messages.message },
  },
  getTimeline: {
    id: "getTimeline",
    method: "GET",
    path: "/messages/:id/timeline",
    tag: "messages",
    summary: "The flight recorder: every step with its time, money, codes and webhook attempts.",
    scope: "messages:read",
    params: idParams,
    answer: { status: 200, schema: messages.timeline },
  },
  uploadMedia: {
    id: "uploadMedia",
    method: "POST",
    path: "/media",
    tag: "media",
    summary: "Upload a file, to be sent by its id.",
    scope: "media:write",
    takesFile: true,
    answer: { status: 201, schema: account.media },
  },
  getMedia: {
    id: "getMedia",
    method: "GET",
    path: "/media/:id",
    tag: "media",
    summary: "What is known of an uploaded file.",
    scope: "media:write",
    params: idParams,
    answer: { status: 200, schema: account.media },
  },
  listTemplates: {
    id: "listTemplates",
    method: "GET",
    path: "/templates",
    tag: "templates",
    summary: "Templates, newest first.",
    scope: "templates:read",
    query: account.templateQuery,
    answer: { status: 200, schema: account.templatePage },
  },
  getWallet: {
    id: "getWallet",
    method: "GET",
    path: "/wallet",
    tag: "wallet",
    summary: "The balance.",
    scope: "wallet:read",
    answer: { status: 200, schema: account.wallet },
  },
  listLedger: {
    id: "listLedger",
    method: "GET",
    path: "/ledger",
    tag: "wallet",
    summary: "Movements of money, newest first.",
    scope: "wallet:read",
    query: account.ledgerQuery,
    answer: { status: 200, schema: account.ledgerPage },
  },
  exportLedger: {
    id: "exportLedger",
    method: "GET",
    path: "/ledger.csv",
    tag: "wallet",
    summary: "The statement as CSV, newest first.",
    scope: "wallet:read",
    query: account.statementQuery,
    answer: { status: 200, contentType: "text/csv" },
  },
  createWebhookEndpoint: {
    id: "createWebhookEndpoint",
    method: "POST",
    path: "/webhook-endpoints",
    tag: "webhooks",
    summary: "Add an address; its signing secret is shown this once.",
    scope: "webhooks:write",
    body: hooks.newEndpoint,
    answer: { status: 201, schema: hooks.createdEndpoint },
  },
  listWebhookEndpoints: {
    id: "listWebhookEndpoints",
    method: "GET",
    path: "/webhook-endpoints",
    tag: "webhooks",
    summary: "Every address, oldest first.",
    scope: "webhooks:read",
    query: hooks.endpointQuery,
    answer: { status: 200, schema: hooks.endpointList },
  },
  getWebhookEndpoint: {
    id: "getWebhookEndpoint",
    method: "GET",
    path: "/webhook-endpoints/:id",
    tag: "webhooks",
    summary: "An address and how it is doing.",
    scope: "webhooks:read",
    params: idParams,
    answer: { status: 200, schema: hooks.endpoint },
  },
  changeWebhookEndpoint: {
    id: "changeWebhookEndpoint",
    method: "PATCH",
    path: "/webhook-endpoints/:id",
    tag: "webhooks",
    summary: "Change an address, its events or headers; disable or enable it.",
    scope: "webhooks:write",
    params: idParams,
    body: hooks.endpointChange,
    answer: { status: 200, schema: hooks.endpoint },
  },
  deleteWebhookEndpoint: {
    id: "deleteWebhookEndpoint",
    method: "DELETE",
    path: "/webhook-endpoints/:id",
    tag: "webhooks",
    summary: "Remove an address; what was on its way to it is given up.",
    scope: "webhooks:write",
    params: idParams,
    answer: { status: 204 },
  },
  rotateWebhookSecret: {
    id: "rotateWebhookSecret",
    method: "POST",
    path: "/webhook-endpoints/:id/rotate-secret",
    tag: "webhooks",
    summary: "Replace the signing secret; the old one signs as well for a day.",
    scope: "webhooks:write",
    params: idParams,
    answer: { status: 200, schema: hooks.rotatedSecret },
  },
  testWebhookEndpoint: {
    id: "testWebhookEndpoint",
    method: "POST",
    path: "/webhook-endpoints/:id/test",
    tag: "webhooks",
    summary: "Post a signed test event at once and see the answer.",
    scope: "webhooks:write",
    params: idParams,
    answer: { status: 200, schema: hooks.testResult },
  },
  replayWebhooks: {
    id: "replayWebhooks",
    method: "POST",
    path: "/webhook-endpoints/:id/replay",
    tag: "webhooks",
    summary: "Post a range of finished deliveries once more.",
    scope: "webhooks:write",
    params: idParams,
    body: hooks.replayRange,
    answer: { status: 200, schema: hooks.replayed },
  },
  listWebhookDeliveries: {
    id: "listWebhookDeliveries",
    method: "GET",
    path: "/webhook-endpoints/:id/deliveries",
    tag: "webhooks",
    summary: "What was posted to an address, newest first.",
    scope: "webhooks:read",
    params: idParams,
    query: hooks.deliveryQuery,
    answer: { status: 200, schema: hooks.deliveryPage },
  },
  getWebhookDelivery: {
    id: "getWebhookDelivery",
    method: "GET",
    path: "/webhook-deliveries/:id",
    tag: "webhooks",
    summary: "One delivery.",
    scope: "webhooks:read",
    params: idParams,
    answer: { status: 200, schema: hooks.delivery },
  },
  listWebhookAttempts: {
    id: "listWebhookAttempts",
    method: "GET",
    path: "/webhook-deliveries/:id/attempts",
    tag: "webhooks",
    summary: "Every call that was made for a delivery, with the answer, oldest first.",
    scope: "webhooks:read",
    params: idParams,
    answer: { status: 200, schema: hooks.attemptList },
  },
  replayWebhookDelivery: {
    id: "replayWebhookDelivery",
    method: "POST",
    path: "/webhook-deliveries/:id/replay",
    tag: "webhooks",
    summary: "Post one delivery once more, under the same webhook-id.",
    scope: "webhooks:write",
    params: idParams,
    answer: { status: 200, schema: hooks.delivery },
  },
} as const satisfies Record<string, V1Operation>;
