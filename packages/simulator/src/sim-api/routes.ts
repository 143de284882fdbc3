import type { FastifyInstance } from "fastify";
import { acceptAnyJson } from "../accept-any-json.ts";
import type { SimulatorParts } from "../simulator-parts.ts";
import { sendProblem } from "./problem.ts";
import { addReceiverRoutes } from "./receiver.ts";
import { addTelephoneRoutes } from "./telephones.ts";
import { addUpstreamRoutes } from "./upstreams.ts";

/** Everything under `/sim`: the levers, the telephones and the receiver. Errors are problem documents. */
export function createSimRoutes(parts: SimulatorParts) {
  return async (app: FastifyInstance): Promise<void> => {
    app.setErrorHandler<Error & { statusCode?: number }>((error, _request, reply) => {
      const status = error.statusCode ?? 500;
      if (status >= 500) parts.log.error({ err: error }, "sim.failed");
      const detail = status >= 500 ? "The simulator itself failed; see its log." : error.message;
      return sendProblem(reply, { status, title: "No se pudo / Could not be done", detail });
    });
    app.setNotFoundHandler((request, reply) =>
      sendProblem(reply, {
        status: 404,
        title: "No existe / Not found",
        detail: `There is no ${request.method} ${request.url.split("?")[0]} in the simulator.`,
      }),
    );
    acceptAnyJson(app);
    addTelephoneRoutes(app, parts);
    addUpstreamRoutes(app, parts);
    await app.register((receiver, _options, done) => {
      addReceiverRoutes(receiver, parts);
      done();
    });
  };
}
