import type { V1_OPERATIONS } from "@recado/contract/v1/operations";
import type { delivery, endpoint } from "@recado/contract/v1/webhook-endpoints";
import type { EventFilter } from "@recado/contract/webhook-payloads";
import { callV1 } from "../../api/call.ts";

/** An endpoint, a delivery: as `/v1` shows them. */
export type Endpoint = (typeof endpoint)["_zod"]["output"];
/** See {@link Endpoint}. */
export type Delivery = (typeof delivery)["_zod"]["output"];

/** Where and what an endpoint is to be told; null: no limit. Without headers, those that there are stay. */
export interface EndpointWish {
  url: string;
  events: EventFilter[] | null;
  templates: string[] | null;
  numbers: string[] | null;
  rate_per_second: number | null;
  headers?: Record<string, string>;
}

/** Every endpoint of the account. */
export const listEndpoints = (signal: AbortSignal) =>
  callV1<typeof V1_OPERATIONS.listWebhookEndpoints>({
    method: "GET",
    path: "/webhook-endpoints",
    signal,
  });

export const getEndpoint = (id: string, signal: AbortSignal) =>
  callV1<typeof V1_OPERATIONS.getWebhookEndpoint>({
    method: "GET",
    path: "/webhook-endpoints/:id",
    params: { id },
    signal,
  });

export const createEndpoint = ({ url, headers, ...limits }: EndpointWish) =>
  callV1<typeof V1_OPERATIONS.createWebhookEndpoint>({
    method: "POST",
    path: "/webhook-endpoints",
    body: {
      url,
      ...(headers && { headers }),
      ...(limits.events && { events: limits.events }),
      ...(limits.templates && { templates: limits.templates }),
      ...(limits.numbers && { numbers: limits.numbers }),
      ...(limits.rate_per_second && { rate_per_second: limits.rate_per_second }),
    },
  });

export const changeEndpoint = (
  id: string,
  body: Partial<EndpointWish> | { state: Endpoint["state"] },
) =>
  callV1<typeof V1_OPERATIONS.changeWebhookEndpoint>({
    method: "PATCH",
    path: "/webhook-endpoints/:id",
    params: { id },
    body,
  });

export const deleteEndpoint = (id: string) =>
  callV1<typeof V1_OPERATIONS.deleteWebhookEndpoint>({
    method: "DELETE",
    path: "/webhook-endpoints/:id",
    params: { id },
  });

export const rotateSecret = (id: string) =>
  callV1<typeof V1_OPERATIONS.rotateWebhookSecret>({
    method: "POST",
    path: "/webhook-endpoints/:id/rotate-secret",
    params: { id },
  });

export const testEndpoint = (id: string) =>
  callV1<typeof V1_OPERATIONS.testWebhookEndpoint>({
    method: "POST",
    path: "/webhook-endpoints/:id/test",
    params: { id },
  });

/** Deliveries that were given up since then; what was delivered is not sent again. */
export const replaySince = (id: string, since: string) =>
  callV1<typeof V1_OPERATIONS.replayWebhooks>({
    method: "POST",
    path: "/webhook-endpoints/:id/replay",
    params: { id },
    body: { since },
  });

export const listDeliveries = (
  id: string,
  query: { state?: Delivery["state"] | undefined; cursor?: string | undefined },
  signal: AbortSignal,
) =>
  callV1<typeof V1_OPERATIONS.listWebhookDeliveries>({
    method: "GET",
    path: "/webhook-endpoints/:id/deliveries",
    params: { id },
    query,
    signal,
  });

export const getDelivery = (id: string, signal: AbortSignal) =>
  callV1<typeof V1_OPERATIONS.getWebhookDelivery>({
    method: "GET",
    path: "/webhook-deliveries/:id",
    params: { id },
    signal,
  });

export const listAttempts = (id: string, signal: AbortSignal) =>
  callV1<typeof V1_OPERATIONS.listWebhookAttempts>({
    method: "GET",
    path: "/webhook-deliveries/:id/attempts",
    params: { id },
    signal,
  });

export const replayDelivery = (id: string) =>
  callV1<typeof V1_OPERATIONS.replayWebhookDelivery>({
    method: "POST",
    path: "/webhook-deliveries/:id/replay",
    params: { id },
  });
