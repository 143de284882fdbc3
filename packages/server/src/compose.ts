import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import type { Logger } from "pino";
import { composeFoundation, type Foundation } from "./compose-foundation.ts";
import { composeHealth } from "./compose-health.ts";
import { listJobs, MONTHS_AHEAD } from "./compose-jobs.ts";
import { composeLanes, type Lanes } from "./compose-lanes.ts";
import { composeMetrics } from "./compose-metrics.ts";
import type { Config } from "./config.ts";
import { createAcceptance } from "./gateway/accept.ts";
import { createIntake } from "./gateway/intake.ts";
import { createLinkedFiles } from "./gateway/linked-files.ts";
import { createMediaProbe } from "./gateway/probe-media.ts";
import type { AdminDeps } from "./http/admin/admin-deps.ts";
import { createFailureLimit } from "./http/admin/failure-limit.ts";
import { createHttp } from "./http/create-http.ts";
import { WS_BODY_LIMITS } from "./http/ws/read-body.ts";
import { openLive } from "./inbox/open-live.ts";
import { type ScheduledJobs, startScheduledJobs } from "./jobs/scheduled-jobs.ts";
import { noTracer, type Tracer } from "./platform/tracer.ts";
import { findProvider } from "./providers/registry.ts";
import { isUnavailable } from "./storage/connect.ts";
import { migrate } from "./storage/migrate.ts";
import { ensurePartitions } from "./storage/partitions.ts";
import { allocate } from "./wallet/allocate.ts";
import { topUp } from "./wallet/topup.ts";
import { verifyBooks } from "./wallet/verify.ts";
import { createEndpointCaller } from "./webhooks/call-endpoint.ts";

/** What a process does: `api` answers HTTP, `worker` runs the lanes and jobs. */
export type Role = "api" | "worker";

/** The whole product in this process. */
export interface Recado {
  base: Foundation;
  app: FastifyInstance;
  /** Listens, runs the lanes; answers the address. Not ready until `announceReady`. */
  start(): Promise<string>;
  announceReady(): void;
  /** Drains and ends everything, within some six seconds. Safe to call twice. */
  stop(): Promise<void>;
}

/** Where the console is built: beside us, in production too. */
const PAGE_DIR = join(import.meta.dirname, "..", "..", "console", "dist");
const REQUEST_GRACE_MS = 2_000;
const DRAIN_MS = 3_000;
const FAILURES_MAX = 20;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** Builds the whole from the configuration, on a database that it brings up to date. */
export async function compose(
  config: Config,
  given: { databaseUrl: string; logger: Logger; roles: readonly Role[] },
): Promise<Recado> {
  const { databaseUrl, logger, roles } = given;
  const ran = await migrate(databaseUrl);
  if (ran.length > 0) logger.info({ migrations: ran }, "database.migrated");
  const tracer = await openTracer(config, logger);
  const base = composeFoundation(config, { ...given, tracer });
  await ensurePartitions(base.shared.pool, { now: new Date(), monthsAhead: MONTHS_AHEAD });
  const lanes = composeLanes(base);
  const works = roles.includes("worker");
  const state = { phase: "starting" as "starting" | "ready" | "stopping" };
  const api = composeApi(base, lanes, roles);
  const app = createHttp({
    logger,
    trustProxy: config.TRUST_PROXY,
    isUnavailable,
    health: { ...composeHealth(base, lanes, works), phase: () => state.phase },
    metrics: composeMetrics(base, lanes),
    tracer,
    api,
    pageDir: PAGE_DIR,
  });
  let jobs: ScheduledJobs | null = null;
  const stopOnce = async () => {
    state.phase = "stopping";
    // Whoever is still sending a body after the grace is cut; what was accepted is answered before.
    const grace = setTimeout(() => app.server.closeAllConnections(), REQUEST_GRACE_MS);
    await app.close();
    clearTimeout(grace);
    await Promise.all([api?.ws.acceptance.idle(), api?.intake.idle()]);
    await Promise.all([works ? lanes.stop(DRAIN_MS) : undefined, jobs?.stop()]);
    await base.close();
  };
  let stopped: Promise<void> | undefined;
  return {
    base,
    app,
    async start() {
      const address = await app.listen({ host: config.HOST, port: config.PORT });
      base.setPublicUrl(address);
      if (works) {
        await lanes.start();
        jobs = await startScheduledJobs({ url: databaseUrl, logger, jobs: listJobs(base) });
      }
      return address;
    },
    announceReady() {
      if (state.phase === "starting") state.phase = "ready";
    },
    stop() {
      stopped ??= stopOnce();
      return stopped;
    },
  };
}

/** OpenTelemetry is loaded by those who ask for it alone. */
async function openTracer(config: Config, logger: Logger): Promise<Tracer> {
  const endpoint = config.OTEL_EXPORTER_OTLP_ENDPOINT;
  if (endpoint === "") return noTracer;
  const { openOtlpTracer } = await import("./platform/open-otlp-tracer.ts");
  return openOtlpTracer({
    endpoint,
    serviceName: config.OTEL_SERVICE_NAME,
    percent: config.TRACES_PERCENT,
    onError: (why) => logger.warn({ why }, "traces.not_sent"),
  });
}

function composeApi(base: Foundation, lanes: Lanes, roles: readonly Role[]) {
  if (!roles.includes("api")) return null;
  const { config, shared } = base;
  const acceptance = createAcceptance({
    ...shared,
    waitingMax: config.SENDS_WAITING_MAX,
    onAccepted() {
      lanes.submit.kick();
      lanes.prepare.kick();
    },
    onGroup: shared.metrics.countGroup,
  });
  const intake = createIntake({
    ...shared,
    provider: findProvider,
    onTaken(count) {
      shared.metrics.countPosts("stored", count);
      lanes.receive.kick();
    },
    onRejected(address) {
      shared.metrics.countPosts("rejected", 1);
      shared.logger.warn(address, "hook.signature_invalid");
    },
  });
  const failures = createFailureLimit({
    clock: shared.clock,
    failuresMax: FAILURES_MAX,
    windowMs: MINUTE_MS,
    addressesMax: 50_000,
  });
  const admin = composeAdmin(base, lanes);
  const media = { ...shared, guard: base.guard };
  const v1 = {
    sessions: admin.sessions,
    ...{ ...shared, findProvider, acceptance, media, webhooks: admin.webhooks },
    sendsMail: base.mailer !== null,
    probeMedia: createMediaProbe(shared.fetcher),
  };
  return {
    v1,
    console: {
      ...v1,
      mailer: base.mailer,
      live: openLive(shared),
    },
    ws: {
      ...shared,
      acceptance,
      media,
      limits: WS_BODY_LIMITS,
      failures,
    },
    admin,
    intake,
    media: createLinkedFiles({ ...shared, inbound: lanes.inboundFiles }),
  };
}

function composeAdmin(base: Foundation, lanes: Lanes): AdminDeps {
  const { shared, guard } = base;
  return {
    ...shared,
    findProvider,
    media: { ...shared, guard },
    wallet: {
      topUp: (topup) => topUp(shared, topup),
      allocate: (topup) => allocate(shared, topup),
      verify: () => verifyBooks(shared.pool),
    },
    sendsMail: base.mailer !== null,
    sessions: {
      idleMs: base.config.SESSION_IDLE_HOURS * HOUR_MS,
      lifeMs: base.config.SESSION_DAYS * 24 * HOUR_MS,
    },
    webhooks: {
      guard,
      callEndpoint: createEndpointCaller({ ...shared, fetch: shared.fetcher }),
      kick: () => lanes.deliver.kick(),
    },
    doctor: {
      lagProbe: () => lanes.lags(),
      blobFolder: join(base.config.DATA_DIR, "files"),
      hookUrl: ({ appId, provider }) => `${shared.publicUrl()}/hooks/${provider}/${appId}`,
    },
  };
}
