import { randomBytes } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { acceptAnyJson } from "../../accept-any-json.ts";
import type { OfficialNumber } from "../../store/numbers.ts";
import { authorize, checkPermission } from "./authorize.ts";
import { answerBatch } from "./batch.ts";
import { asRecord } from "./content.ts";
import { findOwnMedia, formatMediaLookup, uploadMedia } from "./media.ts";
import type { MetaParts } from "./meta-parts.ts";
import {
  configureNumber,
  formatNumber,
  formatSubscriptions,
  formatWaba,
  subscribe,
} from "./objects.ts";
import {
  formatEnvelope,
  isRefusal,
  type Refusal,
  refuse,
  refuseParameter,
  refuseUnknownObject,
} from "./refusal.ts";
import { openSample, takeSample } from "./samples.ts";
import { send } from "./send.ts";
import {
  createTemplate,
  deleteTemplates,
  editTemplate,
  formatTemplate,
  listTemplates,
  type TemplateQuery,
} from "./templates.ts";

type ObjectRequest = FastifyRequest<{
  Params: { version: string; id: string };
  Querystring: Record<string, string>;
}>;
type Handler = (request: ObjectRequest, reached: OfficialNumber[]) => Promise<object> | object;

/** Meta's Graph API under `/meta/{version}`, for the objects that the simulator plays. */
export function createMetaRoutes(parts: MetaParts) {
  return async (app: FastifyInstance): Promise<void> => {
    acceptAnyJson(app);
    // The upload reads its own body, so that it never stands in memory.
    for (const type of ["multipart/form-data", "application/octet-stream"]) {
      app.addContentTypeParser(type, (_request, _payload, done) => done(null));
    }
    app.addHook("onSend", async (request, reply) => addHeaders(request, reply));
    app.setErrorHandler<Error & { statusCode?: number }>(async (error, request, reply) => {
      const status = error.statusCode ?? 500;
      if (status >= 500) parts.log.error({ err: error, path: request.routeOptions.url }, "meta");
      const refusal =
        status >= 500
          ? refuse(131000)
          : refuseParameter(`The request could not be read: ${error.message}`);
      return answer(reply, { ...refusal, httpStatus: status });
    });
    app.setNotFoundHandler(async (request, reply) =>
      answer(reply, refuseUnknownObject(request.url.split(/[/?]/)[3] ?? "", "get")),
    );
    const route = (work: Handler) => async (request: FastifyRequest, reply: FastifyReply) => {
      const reached = authorize(parts, request);
      if (isRefusal(reached)) return answer(reply, reached);
      return answer(reply, await work(request as ObjectRequest, reached));
    };

    app.post<{ Params: { id: string } }>("/:id/messages", (request, reply) =>
      send(parts, request, reply),
    );
    app.post<{ Params: { id: string } }>("/:id/media", async (request, reply) =>
      answer(reply, await uploadMedia(parts, request)),
    );
    app.post(
      "/:id/uploads",
      route((request) => openSample(parts, request.query)),
    );
    app.post("/", async (request, reply) => answer(reply, await answerBatch(parts, app, request)));
    app.get(
      "/:id",
      route((request, reached) => findObject(parts, request, reached)),
    );
    app.post(
      "/:id",
      route((request, reached) => changeObject(parts, request, reached)),
    );
    app.delete(
      "/:id",
      route((request, reached) => deleteMedia(parts, request, reached)),
    );
    addWabaRoutes(parts, app, route);
  };
}

function addWabaRoutes(
  parts: MetaParts,
  app: FastifyInstance,
  route: (work: Handler) => (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>,
): void {
  const ofWaba = (
    work: (request: ObjectRequest, numbers: [OfficialNumber, ...OfficialNumber[]]) => object,
  ) =>
    route((request, reached) => {
      const [first, ...rest] = reached.filter((one) => one.wabaId === request.params.id);
      const refusal = first && checkPermission(parts, first, "whatsapp_business_management");
      if (refusal) return refusal;
      if (first !== undefined) return work(request, [first, ...rest]);
      return refuseUnknownObject(request.params.id, request.method.toLowerCase());
    });
  app.get(
    "/:id/message_templates",
    ofWaba((request) => {
      const query = request.query as TemplateQuery;
      return listTemplates(parts, request.params.id, { query, url: urlOf(request) });
    }),
  );
  app.post(
    "/:id/message_templates",
    ofWaba((request) => createTemplate(parts, request.params.id, asRecord(request.body) ?? {})),
  );
  app.delete(
    "/:id/message_templates",
    ofWaba((request) => deleteTemplates(parts, request.params.id, request.query)),
  );
  app.get(
    "/:id/phone_numbers",
    ofWaba((request, numbers) => ({
      data: numbers.map((one) =>
        formatNumber(one, request.query.fields, parts.troubles.find(one.id)),
      ),
      paging: { cursors: { before: "QVFI", after: "QVFJ" } },
    })),
  );
  app.get(
    "/:id/subscribed_apps",
    ofWaba((_request, [first]) => formatSubscriptions(first)),
  );
  app.post(
    "/:id/subscribed_apps",
    ofWaba((request) => subscribe(parts, request.params.id, request.body)),
  );
  app.delete(
    "/:id/subscribed_apps",
    ofWaba(async (request) => {
      await parts.numbers.setSubscription(request.params.id, false, null);
      return { success: true };
    }),
  );
}

function findObject(parts: MetaParts, request: ObjectRequest, reached: OfficialNumber[]): object {
  const { query } = request;
  const { id } = request.params;
  const number = reached.find((one) => one.id === id);
  if (number !== undefined)
    return formatNumber(number, query.fields, parts.troubles.find(number.id));
  const ofWaba = reached.find((one) => one.wabaId === id);
  if (ofWaba !== undefined) return formatWaba(ofWaba, query.fields);
  const template = findTemplate(parts, id, reached);
  if (template !== undefined) return formatTemplate(template, query.fields);
  const media = findOwnMedia(parts, reached, id);
  const isOfNumber = [undefined, media?.number_id].includes(query.phone_number_id);
  if (media === undefined || !isOfNumber) return refuseUnknownObject(id, "get");
  return formatMediaLookup(parts, media, `${request.protocol}://${request.host}`);
}

async function changeObject(
  parts: MetaParts,
  request: ObjectRequest,
  reached: OfficialNumber[],
): Promise<object> {
  const { id } = request.params;
  if (id.startsWith("upload:")) return takeSample(parts, request, id);
  const number = reached.find((one) => one.id === id);
  if (number !== undefined) return configureNumber(parts, number, request.body);
  const template = findTemplate(parts, id, reached);
  if (template === undefined) return refuseUnknownObject(id);
  return editTemplate(parts, template, asRecord(request.body) ?? {});
}

async function deleteMedia(
  parts: MetaParts,
  { params: { id } }: ObjectRequest,
  reached: OfficialNumber[],
): Promise<object> {
  const media = findOwnMedia(parts, reached, id);
  if (media === undefined) return refuseUnknownObject(id, "delete");
  // The bytes stay for the telephones that already have the message.
  await parts.store.write(() => parts.media.release(id));
  return { success: true };
}

function findTemplate(parts: MetaParts, id: string, reached: OfficialNumber[]) {
  const template = parts.templates.find(id);
  return reached.some((one) => one.wabaId === template?.wabaId) ? template : undefined;
}

function urlOf(request: FastifyRequest): string {
  return `${request.protocol}://${request.host}${request.url}`;
}

function answer(reply: FastifyReply, result: object | Refusal): FastifyReply {
  if (!isRefusal(result)) return reply.send(result);
  return reply.code(result.httpStatus).send(formatEnvelope(result));
}

const usage =
  '{"type":"whatsapp","call_count":1,"total_cputime":1,"total_time":1,"estimated_time_to_regain_access":0}';

async function addHeaders(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const { version = "", id = "" } = (request.params ?? {}) as { version?: string; id?: string };
  const trace = randomBytes(16).toString("hex");
  reply.headers({
    "facebook-api-version": version,
    "x-fb-request-id": `A${trace.slice(0, 16)}`,
    "x-fb-trace-id": trace.slice(16),
    "x-app-usage": '{"call_count":1,"total_cputime":1,"total_time":1}',
    "x-business-use-case-usage": `{${JSON.stringify(id)}:[${usage}]}`,
  });
}
