import type { FastifyInstance } from "fastify";
import { AppError } from "../platform/app-error.ts";
import type { MetricSources, Metrics } from "../platform/metrics.ts";
import { sameText } from "../platform/same-text.ts";

/** What `/metrics` is handed. */
export interface MetricsDeps {
  /** Who shows it may look; empty: nobody may, and the address does not exist. */
  token: string;
  metrics: Metrics;
  sources: MetricSources;
}

/** Adds `/metrics` for Prometheus, behind `Authorization: Bearer <METRICS_TOKEN>`. Without a token there is no such address. */
export function registerMetricsRoute(app: FastifyInstance, deps: MetricsDeps): void {
  if (deps.token === "") return;
  app.get("/metrics", async (request, reply) => {
    const [, token = ""] = /^Bearer (\S+)$/iu.exec(request.headers.authorization ?? "") ?? [];
    if (!sameText(token, deps.token)) {
      throw new AppError("unauthenticated", "Send METRICS_TOKEN: Authorization: Bearer …");
    }
    const text = await deps.metrics.expose(deps.sources);
    return reply.type(deps.metrics.contentType).header("cache-control", "no-store").send(text);
  });
}
