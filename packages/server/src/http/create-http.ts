import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from "fastify";
import type { Logger } from "pino";
import type { Intake } from "../gateway/intake.ts";
import type { Tracer } from "../platform/tracer.ts";
import type { AdminDeps } from "./admin/admin-deps.ts";
import { registerAdminRoutes } from "./admin/register-admin-routes.ts";
import type { ConsoleDeps } from "./console/console-deps.ts";
import { registerConsoleRoutes } from "./console/register-console-routes.ts";
import { registerHookRoutes } from "./hooks/register-hook-routes.ts";
import { registerPageRoutes } from "./page/register-page-routes.ts";
import { registerProblems } from "./problem.ts";
import { registerReferenceRoutes } from "./reference/register-reference-routes.ts";
import { type HealthDeps, registerHealthRoutes } from "./register-health-routes.ts";
import { type MediaDeps, registerMediaRoutes } from "./register-media-routes.ts";
import { type MetricsDeps, registerMetricsRoute } from "./register-metrics-route.ts";
import { registerTracing } from "./register-tracing.ts";
import { registerV1Routes } from "./v1/register-v1-routes.ts";
import type { V1Deps } from "./v1/v1-deps.ts";
import { registerWsRoutes, type WsDeps } from "./ws/register-ws-routes.ts";

/** Everything that the HTTP edge is handed. A part that is null is not served by this process. */
export interface HttpDeps {
  logger: Logger;
  /** Addresses of proxies that are believed; empty: none. */
  trustProxy: string;
  health: HealthDeps;
  metrics: MetricsDeps;
  tracer: Tracer;
  /** Whether an error says that the database is away for now. */
  isUnavailable(error: unknown): boolean;
  api: {
    ws: WsDeps;
    v1: V1Deps;
    console: ConsoleDeps;
    admin: AdminDeps;
    intake: Intake;
    media: MediaDeps;
  } | null;
  /** Folder of the built console; without it nothing is at `/`. */
  pageDir?: string;
}

const HEADER_TIMEOUT_MS = 20_000;
/** Long enough for 100 MB over a slow line. */
const REQUEST_TIMEOUT_MS = 600_000;
const URL_LENGTH_MAX = 16_384;
/** Of a body on its way: small, so that large files leave little behind for the collector. */
const SOCKET_BUFFER_BYTES = 16_384;

/** Builds the server; it does not listen yet. Requests are not logged one by one: URLs may hold secrets. */
export function createHttp(deps: HttpDeps): FastifyInstance {
  const app: FastifyInstance = Fastify({
    loggerInstance: deps.logger as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: deps.trustProxy === "" ? false : deps.trustProxy,
    requestTimeout: REQUEST_TIMEOUT_MS,
    forceCloseConnections: "idle",
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: URL_LENGTH_MAX },
    http: { headersTimeout: HEADER_TIMEOUT_MS, highWaterMark: SOCKET_BUFFER_BYTES },
  });
  registerProblems(app, deps.isUnavailable);
  registerTracing(app, deps.tracer);
  if (deps.api && deps.pageDir !== undefined) registerPageRoutes(app, deps.pageDir);
  registerHealthRoutes(app, deps.health);
  registerMetricsRoute(app, deps.metrics);
  if (deps.api) {
    registerWsRoutes(app, deps.api.ws);
    registerV1Routes(app, deps.api.v1);
    registerConsoleRoutes(app, deps.api.console);
    registerReferenceRoutes(app);
    registerHookRoutes(app, deps.api.intake);
    registerMediaRoutes(app, deps.api.media);
    registerAdminRoutes(app, deps.api.admin);
  }
  return app;
}
