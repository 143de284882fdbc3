import * as activity from "@recado/contract/admin-activity-api";
import * as fields from "@recado/contract/admin-fields";
import {
  accessAccount,
  accessDelivery,
  accessEndpoint,
  accessProject,
} from "../../accounts/access.ts";
import { browseDeliveries, browseEndpoints } from "../../accounts/browse.ts";
import { withCalls } from "../../accounts/message-timeline.ts";
import { stamp } from "../../accounts/operator.ts";
import { AppError } from "../../platform/app-error.ts";
import { disableEndpoint } from "../../webhooks/disable.ts";
import {
  changeEndpoint,
  createEndpoint,
  enableEndpoint,
  rotateEndpointSecret,
} from "../../webhooks/endpoints.ts";
import { replayDelivery, replayRange } from "../../webhooks/replay.ts";
import { type AdminApp, type AdminDeps, callerOf } from "./admin-deps.ts";
import { formatDelivery, formatDeliveryWithCalls, formatEndpoint } from "./format-rows.ts";

/** Endpoints of integrators, what was posted to them, and posting it once more. */
export function addWebhookRoutes(app: AdminApp, deps: AdminDeps): void {
  addEndpointRoutes(app, deps);
  addEndpointChanges(app, deps);
  addReplayAndTest(app, deps);
  addDeliveryRoutes(app, deps);
}

function addEndpointRoutes(app: AdminApp, deps: AdminDeps): void {
  app.post(
    "/projects/:id/endpoints",
    {
      schema: {
        params: fields.idParams,
        body: activity.newEndpoint,
        response: { 201: activity.createdEndpoint },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request);
      const project = await accessProject(deps.pool, caller, request.params.id);
      const place = { accountId: project.accountId, projectId: project.id };
      const made = await createEndpoint({ ...deps, ...deps.webhooks }, place, request.body);
      const endpoint = await accessEndpoint(deps.pool, caller, made.endpoint.id);
      reply.header("cache-control", "no-store");
      return reply.code(201).send({ endpoint: formatEndpoint(endpoint), secret: made.secret });
    },
  );
  app.get(
    "/accounts/:id/endpoints",
    {
      schema: {
        params: fields.idParams,
        querystring: activity.endpointQuery,
        response: { 200: fields.pageOf(activity.endpoint) },
      },
    },
    async (request) => {
      const { accountId } = await accessAccount(deps.pool, callerOf(request), request.params.id);
      const { projectId } = request.query;
      const endpoints = await browseEndpoints(deps.pool, { accountId, projectId });
      return { items: endpoints.map(formatEndpoint), nextCursor: null };
    },
  );
  app.get(
    "/endpoints/:id",
    { schema: { params: fields.idParams, response: { 200: activity.endpoint } } },
    async (request) =>
      formatEndpoint(await accessEndpoint(deps.pool, callerOf(request), request.params.id)),
  );
}

function addEndpointChanges(app: AdminApp, deps: AdminDeps): void {
  app.patch(
    "/endpoints/:id",
    {
      schema: {
        params: fields.idParams,
        body: activity.endpointChange,
        response: { 200: activity.endpoint },
      },
    },
    async (request) => {
      const caller = callerOf(request);
      const endpoint = await accessEndpoint(deps.pool, caller, request.params.id);
      await changeEndpoint({ ...deps, ...deps.webhooks }, endpoint, request.body);
      return formatEndpoint(await accessEndpoint(deps.pool, caller, endpoint.id));
    },
  );
  app.post(
    "/endpoints/:id/rotate",
    { schema: { params: fields.idParams, response: { 200: activity.rotatedSecret } } },
    async (request, reply) => {
      const endpoint = await accessEndpoint(deps.pool, callerOf(request), request.params.id);
      reply.header("cache-control", "no-store");
      const { secret } = await rotateEndpointSecret({ ...deps, ...deps.webhooks }, endpoint);
      return { secret };
    },
  );
  app.post(
    "/endpoints/:id/enable",
    { schema: { params: fields.idParams, response: { 200: activity.endpoint } } },
    async (request) => {
      const caller = callerOf(request);
      const endpoint = await accessEndpoint(deps.pool, caller, request.params.id);
      await enableEndpoint(deps, endpoint);
      deps.webhooks.kick();
      return formatEndpoint(await accessEndpoint(deps.pool, caller, endpoint.id));
    },
  );
  app.post(
    "/endpoints/:id/disable",
    { schema: { params: fields.idParams, response: { 200: activity.endpoint } } },
    async (request) => {
      const caller = callerOf(request);
      const endpoint = await accessEndpoint(deps.pool, caller, request.params.id);
      await disableEndpoint(deps, endpoint, "owner");
      return formatEndpoint(await accessEndpoint(deps.pool, caller, endpoint.id));
    },
  );
}

function addReplayAndTest(app: AdminApp, deps: AdminDeps): void {
  app.post(
    "/endpoints/:id/replay",
    {
      schema: {
        params: fields.idParams,
        body: activity.replayRange,
        response: { 200: activity.replayResult },
      },
    },
    async (request) => {
      const endpoint = await accessEndpoint(deps.pool, callerOf(request), request.params.id);
      const since = new Date(request.body.since);
      const until = new Date(request.body.until ?? deps.clock.now());
      if (until <= since) throw new AppError("invalid_request", "until must be after since.");
      const wish = { from: since, to: until, states: request.body.states };
      const result = await replayRange(deps, endpoint, wish);
      deps.webhooks.kick();
      return result;
    },
  );
  app.post(
    "/endpoints/:id/test",
    { schema: { params: fields.idParams, response: { 200: activity.testResult } } },
    async (request) => {
      const endpoint = await accessEndpoint(deps.pool, callerOf(request), request.params.id);
      const { id } = stamp(deps);
      const body = JSON.stringify({ type: "test", webhookId: id });
      const delivery = { endpointId: endpoint.id, id, body };
      const result = await deps.webhooks.callEndpoint(delivery, endpoint);
      const { httpStatus, error, response } = result;
      return { ok: result.kind === "delivered", httpStatus, error, response };
    },
  );
}

function addDeliveryRoutes(app: AdminApp, deps: AdminDeps): void {
  app.get(
    "/endpoints/:id/deliveries",
    {
      schema: {
        params: fields.idParams,
        querystring: activity.deliveryQuery,
        response: { 200: fields.pageOf(activity.delivery) },
      },
    },
    async (request) => {
      const endpoint = await accessEndpoint(deps.pool, callerOf(request), request.params.id);
      const { state, ...page } = request.query;
      const filter = { accountId: endpoint.accountId, endpointId: endpoint.id, state };
      const deliveries = await browseDeliveries(deps.pool, filter, page);
      return { ...deliveries, items: deliveries.items.map(formatDelivery) };
    },
  );
  app.get(
    "/deliveries/:id",
    { schema: { params: fields.idParams, response: { 200: activity.deliveryWithCalls } } },
    async (request) => {
      const delivery = await accessDelivery(deps.pool, callerOf(request), request.params.id);
      return formatDeliveryWithCalls(await withCalls(deps.pool, delivery));
    },
  );
  app.post(
    "/deliveries/:id/replay",
    { schema: { params: fields.idParams, response: { 200: activity.delivery } } },
    async (request) => {
      const caller = callerOf(request);
      const delivery = await accessDelivery(deps.pool, caller, request.params.id);
      await replayDelivery(deps, delivery);
      deps.webhooks.kick();
      return formatDelivery(await accessDelivery(deps.pool, caller, delivery.id));
    },
  );
}
