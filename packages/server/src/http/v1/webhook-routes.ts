import { V1_OPERATIONS as calls } from "@recado/contract/v1/operations";
import { accessDelivery, accessEndpoint, accessProject } from "../../accounts/access.ts";
import { browseDeliveries, browseEndpoints } from "../../accounts/browse.ts";
import { findDefaultProject } from "../../accounts/default-project.ts";
import { withCalls } from "../../accounts/message-timeline.ts";
import { stamp } from "../../accounts/operator.ts";
import { AppError } from "../../platform/app-error.ts";
import { disableEndpoint } from "../../webhooks/disable.ts";
import {
  changeEndpoint,
  createEndpoint,
  enableEndpoint,
  removeEndpoint,
  rotateEndpointSecret,
} from "../../webhooks/endpoints.ts";
import { replayDelivery, replayRange } from "../../webhooks/replay.ts";
import { formatAttempt, formatDelivery, formatEndpoint } from "./format-webhooks.ts";
import { chooseProject } from "./message-routes.ts";
import type { Serve } from "./serve.ts";
import type { V1Deps } from "./v1-deps.ts";

/** Where a caller is told what happens, and what became of the telling. */
export function serveWebhooks(serve: Serve, deps: V1Deps): void {
  serveEndpoints(serve, deps);
  serveChanges(serve, deps);
  serveTestAndReplay(serve, deps);
  serveDeliveries(serve, deps);
}

function serveEndpoints(serve: Serve, deps: V1Deps): void {
  serve(calls.createWebhookEndpoint, async ({ caller, body, reply }) => {
    const { project_id, rate_per_second: ratePerSecond, ...rest } = body;
    const wish = { ...rest, ratePerSecond };
    const { accountId } = caller;
    const wanted = project_id ?? caller.projectId ?? (await findDefaultProject(deps, accountId));
    const project = await accessProject(deps.pool, caller, wanted);
    const place = { accountId, projectId: project.id };
    const made = await createEndpoint({ ...deps, ...deps.webhooks }, place, wish);
    const endpoint = await accessEndpoint(deps.pool, caller, made.endpoint.id);
    reply.header("cache-control", "no-store");
    return { endpoint: formatEndpoint(endpoint), secret: made.secret };
  });
  serve(calls.listWebhookEndpoints, async ({ caller, query }) => {
    const projectId = (await chooseProject(deps, caller, query.project_id)) ?? undefined;
    const rows = await browseEndpoints(deps.pool, { accountId: caller.accountId, projectId });
    return { items: rows.map(formatEndpoint), next_cursor: null };
  });
  serve(calls.getWebhookEndpoint, async ({ caller, params }) =>
    formatEndpoint(await accessEndpoint(deps.pool, caller, params.id)),
  );
}

function serveChanges(serve: Serve, deps: V1Deps): void {
  serve(calls.changeWebhookEndpoint, async ({ caller, params, body }) => {
    const endpoint = await accessEndpoint(deps.pool, caller, params.id);
    const { state, rate_per_second: ratePerSecond, ...rest } = body;
    await changeEndpoint({ ...deps, ...deps.webhooks }, endpoint, { ...rest, ratePerSecond });
    if (state === "disabled") await disableEndpoint(deps, endpoint, "owner");
    if (state === "enabled" && endpoint.state === "disabled") {
      await enableEndpoint(deps, endpoint);
      deps.webhooks.kick();
    }
    return formatEndpoint(await accessEndpoint(deps.pool, caller, endpoint.id));
  });
  serve(calls.deleteWebhookEndpoint, async ({ caller, params }) => {
    await removeEndpoint(deps, await accessEndpoint(deps.pool, caller, params.id));
  });
  serve(calls.rotateWebhookSecret, async ({ caller, params, reply }) => {
    const endpoint = await accessEndpoint(deps.pool, caller, params.id);
    const rotated = await rotateEndpointSecret({ ...deps, ...deps.webhooks }, endpoint);
    reply.header("cache-control", "no-store");
    const { secret, previousExpiresAt } = rotated;
    return { secret, previous_expires_at: previousExpiresAt?.toISOString() ?? null };
  });
}

function serveTestAndReplay(serve: Serve, deps: V1Deps): void {
  serve(calls.testWebhookEndpoint, async ({ caller, params }) => {
    const endpoint = await accessEndpoint(deps.pool, caller, params.id);
    const { id } = stamp(deps);
    const body = JSON.stringify({ type: "test", webhookId: id });
    const delivery = { endpointId: endpoint.id, id, body };
    const result = await deps.webhooks.callEndpoint(delivery, endpoint);
    const { httpStatus, error, response } = result;
    return { ok: result.kind === "delivered", http_status: httpStatus, error, response };
  });
  serve(calls.replayWebhooks, async ({ caller, params, body }) => {
    const endpoint = await accessEndpoint(deps.pool, caller, params.id);
    const from = new Date(body.since);
    const to = new Date(body.until ?? deps.clock.now());
    if (to <= from) throw new AppError("invalid_request", "until must be after since.");
    const wish = { from, to, states: body.states, kinds: body.events };
    const result = await replayRange(deps, endpoint, wish);
    deps.webhooks.kick();
    return result;
  });
}

function serveDeliveries(serve: Serve, deps: V1Deps): void {
  serve(calls.listWebhookDeliveries, async ({ caller, params, query }) => {
    const endpoint = await accessEndpoint(deps.pool, caller, params.id);
    const { state, ...page } = query;
    const filter = { accountId: endpoint.accountId, endpointId: endpoint.id, state };
    const { items, nextCursor } = await browseDeliveries(deps.pool, filter, page);
    return { items: items.map(formatDelivery), next_cursor: nextCursor };
  });
  serve(calls.getWebhookDelivery, async ({ caller, params }) =>
    formatDelivery(await accessDelivery(deps.pool, caller, params.id)),
  );
  serve(calls.listWebhookAttempts, async ({ caller, params }) => {
    const delivery = await accessDelivery(deps.pool, caller, params.id);
    const { calls: made } = await withCalls(deps.pool, delivery);
    return { items: made.map(formatAttempt), next_cursor: null };
  });
  serve(calls.replayWebhookDelivery, async ({ caller, params }) => {
    const delivery = await accessDelivery(deps.pool, caller, params.id);
    await replayDelivery(deps, delivery);
    deps.webhooks.kick();
    return formatDelivery(await accessDelivery(deps.pool, caller, delivery.id));
  });
}
