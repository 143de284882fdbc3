import type * as hooks from "@recado/contract/v1/webhook-endpoints";
import type { z } from "zod";
import type { Delivery, Endpoint } from "../../accounts/browse.ts";
import type { DeliveryWithCalls } from "../../accounts/message-timeline.ts";

/** An endpoint, without its secrets; of its headers, which may hold credentials, the names. */
export function formatEndpoint(row: Endpoint): z.input<typeof hooks.endpoint> {
  const { id, url, state, events, numbers, templates, failures } = row;
  return {
    ...{ id, url, state, events, numbers, templates, failures },
    rate_per_second: row.ratePerSecond,
    project_id: row.projectId,
    disabled_reason: row.disabledReason,
    header_names: Object.keys(row.headers),
    failing_since: row.failingSince?.toISOString() ?? null,
    created_at: row.createdAt.toISOString(),
  };
}

/** A delivery. */
export function formatDelivery(row: Delivery): z.input<typeof hooks.delivery> {
  const { id, body, state, attempts } = row;
  return {
    ...{ id, body, state, attempts },
    endpoint_id: row.endpointId,
    seq: String(row.seq),
    event: row.kind,
    message_id: row.messageId,
    due_at: row.dueAt?.toISOString() ?? null,
    created_at: row.createdAt.toISOString(),
    finished_at: row.finishedAt?.toISOString() ?? null,
  };
}

/** A call of an endpoint. */
export function formatAttempt(
  call: DeliveryWithCalls["calls"][number],
): z.input<typeof hooks.deliveryAttempt> {
  const { number, error, response } = call;
  return {
    ...{ number, error, response },
    started_at: call.startedAt.toISOString(),
    finished_at: call.finishedAt?.toISOString() ?? null,
    http_status: call.httpStatus,
  };
}
