import type { SimulatedNumber } from "@recado/contract/simulator-api";
import type { NumberTroubles } from "@recado/contract/simulator-troubles";
import type { FastifyInstance } from "fastify";
import type { SimulatorParts } from "../simulator-parts.ts";
import { pingCallback } from "../upstreams/gupshup/ping-callback.ts";
import { findByGupshupId } from "../upstreams/gupshup/template-id.ts";
import { asRecord } from "../upstreams/meta/content.ts";
import { decideTemplate, type TemplateDecision } from "../upstreams/meta/decide-template.ts";
import { verifyCallback } from "../upstreams/meta/objects.ts";
import { formatTemplate } from "../upstreams/meta/templates.ts";
import { notFound, parseBody, sendProblem } from "./problem.ts";
import {
  decisionSchema,
  gupshupNumberSchema,
  hintsSchema,
  numberSchema,
  troublesSchema,
} from "./schemas.ts";

/** Registering official numbers and deciding about templates: what Meta's people and pages do. */
export function addUpstreamRoutes(app: FastifyInstance, parts: SimulatorParts): void {
  app.post("/numbers", async (request, reply) => {
    const isGupshup = asRecord(request.body)?.provider === "gupshup";
    const schema = isGupshup ? gupshupNumberSchema : numberSchema;
    const { value, problem } = parseBody<SimulatedNumber>(schema, request.body);
    if (problem !== undefined) return sendProblem(reply, problem);
    const same = parts.numbers.findByDisplayNumber(value.displayNumber);
    if (same !== undefined && same.id !== value.id) {
      const detail = `displayNumber: already registered with the id ${same.id}`;
      return sendProblem(reply, { status: 409, title: "Ya existe / Taken", detail });
    }
    await parts.numbers.upsert(value);
    parts.wakePosting();
    // Asked for the caller's information only: the callback may well not be up yet.
    const verification = isGupshup
      ? await pingCallback(value, parts.clock())
      : await verifyCallback(value.callbackUrl, value.verifyToken);
    const { throughputPerSecond } = parts.numbers.find(value.id) ?? value;
    return { ...value, throughputPerSecond, verification };
  });
  app.post<{ Params: { id: string } }>("/troubles/:id", async (request, reply) => {
    const number = parts.numbers.find(request.params.id);
    if (number === undefined) return sendProblem(reply, notFound("There is no such number."));
    const { value, problem } = parseBody<NumberTroubles>(troublesSchema, request.body);
    if (problem !== undefined) return sendProblem(reply, problem);
    await parts.meta.troubles.replace(number.id, value);
    return value;
  });
  app.get("/hints", async () => parts.settings.find("hints") ?? { curl: null });
  app.post("/hints", async (request, reply) => {
    const { value, problem } = parseBody(hintsSchema, request.body);
    if (problem !== undefined) return sendProblem(reply, problem);
    await parts.store.write(() => parts.settings.keep("hints", value));
    return value;
  });
  app.get("/templates", async () =>
    parts.templates.list().map((one) => ({ ...formatTemplate(one), wabaId: one.wabaId })),
  );
  app.post<{ Params: { id: string } }>("/templates/:id", async (request, reply) => {
    const { upstreams } = parts;
    const { id } = request.params;
    const template = parts.templates.find(id) ?? findByGupshupId(parts.templates.list(), id);
    if (template === undefined) return sendProblem(reply, notFound("There is no such template."));
    const { value, problem } = parseBody<TemplateDecision>(decisionSchema, request.body);
    if (problem !== undefined) return sendProblem(reply, problem);
    const decided = await decideTemplate({ ...parts.meta, upstreams }, template, value);
    return formatTemplate(
      decided,
      "id,name,language,category,status,rejected_reason,quality_score",
    );
  });
}
