import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from "fastify";
import { openBehaviour } from "./behaviour.ts";
import { type Clock, systemClock } from "./clock.ts";
import { composeSimulator } from "./compose-simulator.ts";
import { createSimRoutes } from "./sim-api/routes.ts";
import { openStore } from "./store/open-store.ts";
import { openSettings } from "./store/settings.ts";
import { createGupshupRoutes } from "./upstreams/gupshup/routes.ts";
import { downloadMedia } from "./upstreams/meta/media.ts";
import { createMetaRoutes } from "./upstreams/meta/routes.ts";

/** How a simulator is started. */
export interface SimulatorOptions {
  /** Address to listen on; loopback if not given. */
  host?: string;
  /** 0 takes a free one. */
  port: number;
  /** Folder of `simulator.sqlite` and the attachments; made when missing. */
  dataDir: string;
  /** The built page; without it `/` says how to build one. */
  webDir?: string | undefined;
  /** Silent if not given. */
  logger?: FastifyBaseLogger | undefined;
  clock?: Clock;
  /** Messages to one person before 131056 sets in; 45 as the real service has it. */
  pairBurst?: number;
  /** Events in one webhook POST at most. */
  eventsPerPostMax?: number;
}

/** A simulator that listens. */
export interface RunningSimulator {
  /** For example `http://127.0.0.1:8090`. */
  url: string;
  /** Ends it within two seconds; what was accepted stays on disk. Safe to call twice. */
  close(): Promise<void>;
}

const jsonBytesMax = 1024 * 1024;
const closeTimeoutMs = 1_500;

/** Starts the simulator and resolves when it listens. */
export async function startSimulator(options: SimulatorOptions): Promise<RunningSimulator> {
  const clock = options.clock ?? systemClock;
  const app = fastify({
    ...(options.logger === undefined ? {} : { loggerInstance: options.logger }),
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: jsonBytesMax,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 500 },
  });
  const store = openStore(options.dataDir);
  const settings = openSettings(store);
  const simulator = composeSimulator({
    store,
    settings,
    behaviour: openBehaviour(store, settings),
    clock,
    dataDir: options.dataDir,
    downloadKey: await keepDownloadKey(store, settings),
    log: app.log,
    pairBurst: options.pairBurst ?? 45,
    eventsPerPostMax: options.eventsPerPostMax ?? 100,
    url: () => urlOf(app),
  });
  await app.register(createMetaRoutes(simulator.parts.meta), { prefix: "/meta/:version" });
  app.get("/lookaside/whatsapp_business/attachments/", (request, reply) =>
    downloadMedia(simulator.parts.meta, request as never, reply),
  );
  await app.register(createGupshupRoutes(simulator.parts.meta), { prefix: "/gupshup" });
  await app.register(createSimRoutes(simulator.parts), { prefix: "/sim" });
  await addPage(app, options.webDir);
  await app.listen({ host: options.host ?? "127.0.0.1", port: options.port });
  simulator.start();
  const url = urlOf(app);

  let closing: Promise<void> | undefined;
  async function close(): Promise<void> {
    simulator.parts.live.close();
    const deadline = new Promise((resolve) => setTimeout(resolve, closeTimeoutMs).unref());
    await Promise.race([Promise.allSettled([simulator.stop(), app.close()]), deadline]);
    store.close();
  }
  return {
    url,
    close() {
      closing ??= close();
      return closing;
    },
  };
}

async function keepDownloadKey(
  store: ReturnType<typeof openStore>,
  settings: ReturnType<typeof openSettings>,
): Promise<string> {
  const kept = settings.find("download-key");
  if (typeof kept === "string") return kept;
  const key = randomBytes(32).toString("base64url");
  await store.write(() => settings.keep("download-key", key));
  return key;
}

function urlOf(app: FastifyInstance): string {
  const address = app.server.address();
  if (address === null || typeof address === "string") return "http://127.0.0.1";
  const host = address.family === "IPv6" ? `[${address.address}]` : address.address;
  return `http://${host === "0.0.0.0" ? "127.0.0.1" : host}:${address.port}`;
}

async function addPage(app: FastifyInstance, webDir: string | undefined): Promise<void> {
  if (webDir !== undefined && existsSync(join(webDir, "index.html"))) {
    await app.register(fastifyStatic, { root: webDir });
    return;
  }
  app.get("/", (_request, reply) =>
    reply
      .type("text/plain; charset=utf-8")
      .send(
        "La página no está construida / The page is not built: npx vite build packages/simulator-web\n",
      ),
  );
}
