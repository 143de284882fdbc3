import type { FastifyInstance } from "fastify";
import type { OpenStep, Tracer } from "../platform/tracer.ts";

/** Asked for all the time, by machines. */
const NOT_TRACED = new Set(["/health/live", "/health/ready", "/metrics"]);

/**
 * Makes every request a step, named by its route: the address itself may hold tokens. Call it before
 * routes are added. What callers send as `traceparent` is not followed: anybody could.
 */
export function registerTracing(app: FastifyInstance, tracer: Tracer): void {
  if (!tracer.enabled) return;
  const steps = new WeakMap<object, OpenStep>();
  app.addHook("onRequest", (request, _reply, done) => {
    const route = request.routeOptions.url ?? "(none)";
    if (NOT_TRACED.has(route)) return done();
    const step = tracer.open({
      name: `${request.method} ${route}`,
      kind: "server",
      root: true,
      facts: { "http.request.method": request.method, "http.route": route },
    });
    steps.set(request, step);
    step.enter(done);
  });
  app.addHook("onResponse", (request, reply, done) => {
    const step = steps.get(request);
    step?.note({ "http.response.status_code": reply.statusCode });
    step?.end(reply.statusCode >= 500 ? String(reply.statusCode) : undefined);
    done();
  });
  app.addHook("onRequestAbort", (request, done) => {
    steps.get(request)?.end("aborted");
    done();
  });
}
