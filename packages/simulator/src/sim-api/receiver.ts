import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { receive } from "../receiver/receive.ts";
import type { SimulatorParts } from "../simulator-parts.ts";
import { toReceivedWebhook } from "../store/receivers.ts";
import { parseBody, sendProblem } from "./problem.ts";
import { receiverBehaviourSchema, receiverNameSchema, secretSchema } from "./schemas.ts";
import { streamList } from "./stream-list.ts";

type Named = { Params: { name: string } };

const deliveryBytesMax = 5 * 1024 * 1024;

/** The simulator in its part as the integrator who takes webhooks. */
export function addReceiverRoutes(app: FastifyInstance, parts: SimulatorParts): void {
  app.addHook("preHandler", async (request: FastifyRequest, reply) => {
    const { problem } = parseBody(receiverNameSchema, (request.params as { name?: string }).name);
    if (problem !== undefined) return sendProblem(reply, problem);
  });
  app.register((raw, _options, registered) => {
    // Whatever comes is taken as bytes: signatures are over bytes, and a receiver judges nothing.
    raw.removeAllContentTypeParsers();
    raw.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) =>
      done(null, body),
    );
    raw.post<Named>("/receiver/:name", { bodyLimit: deliveryBytesMax }, async (request, reply) =>
      takeDelivery(parts, request, reply),
    );
    registered();
  });
  app.get<Named>("/receiver/:name", (request, reply) =>
    streamList(
      reply,
      (after, limit) => parts.receivers.page(request.params.name, after, limit),
      toReceivedWebhook,
    ),
  );
  app.post<Named>("/receiver-behaviour/:name", async (request, reply) => {
    const { value, problem } = parseBody(receiverBehaviourSchema, request.body);
    if (problem !== undefined) return sendProblem(reply, problem);
    await parts.store.write(() =>
      parts.receivers.keepBehaviour(request.params.name, value.times > 0 ? value : null),
    );
    return value;
  });
  app.post<Named>("/receiver-secret/:name", async (request, reply) => {
    const { value, problem } = parseBody(secretSchema, request.body);
    if (problem !== undefined) return sendProblem(reply, problem);
    await parts.store.write(() => parts.receivers.keepSecret(request.params.name, value.secret));
    return { ok: true };
  });
}

async function takeDelivery(
  parts: SimulatorParts,
  request: FastifyRequest<Named>,
  reply: FastifyReply,
): Promise<unknown> {
  const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const { name } = request.params;
  const { status, delayMs } = await receive(parts, { name, headers: request.headers, raw });
  parts.live.changed();
  if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs).unref());
  return reply
    .code(status)
    .send(status === 204 || status === 304 ? undefined : { ok: status < 300 });
}
