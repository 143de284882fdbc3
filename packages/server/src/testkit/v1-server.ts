import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { V1_OPERATIONS } from "@recado/contract/v1/operations";
import Fastify, { type FastifyBaseLogger, type FastifyInstance } from "fastify";
import { createDirectory } from "../accounts/directory.ts";
import { createToken, type NewToken } from "../accounts/tokens.ts";
import { type Acceptance, createAcceptance } from "../gateway/accept.ts";
import { MEDIA_LIMITS } from "../gateway/media-sink.ts";
import { createMediaProbe } from "../gateway/probe-media.ts";
import type { ConsoleDeps } from "../http/console/console-deps.ts";
import { registerConsoleRoutes } from "../http/console/register-console-routes.ts";
import { registerProblems } from "../http/problem.ts";
import { registerV1Routes } from "../http/v1/register-v1-routes.ts";
import { openLive } from "../inbox/open-live.ts";
import { createAddressGuard } from "../platform/address-guard.ts";
import { createIdMaker } from "../platform/ids.ts";
import { createLinkSigner } from "../platform/link-signer.ts";
import { createSafeFetch } from "../platform/safe-fetch.ts";
import { createSecretBox } from "../platform/secret-box.ts";
import { createUpstreamHttp } from "../platform/upstream-http.ts";
import { findProvider } from "../providers/registry.ts";
import { createFolderBlobStore } from "../storage/blob-store.ts";
import { createEndpointCaller } from "../webhooks/call-endpoint.ts";
import { openTestDatabase, type TestDatabase } from "./database.ts";
import { createSecretWatch } from "./secret-watch.ts";

/** `/v1` and `/console/api` on a database and a port of their own. */
export interface V1Server {
  database: TestDatabase;
  deps: ConsoleDeps;
  acceptance: Acceptance;
  /** Every scope that there is. */
  scopes: string[];
  /** Without a slash at its end. */
  url: string;
  /** Makes an api token with every scope, unless told otherwise. */
  token(wish: Partial<NewToken> & { accountId: string | null }): Promise<string>;
  call(method: string, path: string, given: V1Given): Promise<V1Reply>;
  /** Moves the server's clock. */
  pass(ms: number): void;
  /** From now on the server's clock stands still between calls of `pass`, however long anything takes. */
  standStill(): void;
  close(): Promise<void>;
}

/** What a call brings. */
export interface V1Given {
  token: string | null;
  body?: unknown;
  headers?: Record<string, string>;
}

/** What it got; `json` is null when the body is none. */
export interface V1Reply {
  status: number;
  headers: Headers;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects, and fails when it is not there.
  json: any;
}

const HOUR_MS = 3_600_000;

/** Starts a {@link V1Server}; webhooks may be posted to 127.0.0.1 alone. */
export async function startV1Server(
  /** Adds more to the same port. */
  add?: (app: FastifyInstance, deps: ConsoleDeps) => void,
): Promise<V1Server> {
  const database = await openTestDatabase();
  const folder = await mkdtemp(join(tmpdir(), "recado-v1-"));
  const guard = createAddressGuard({ allow: ["127.0.0.1/32"] });
  const fetcher = createSafeFetch({ guard, connectionsMax: 2, connectTimeoutMs: 1000 });
  let passedMs = 0;
  let stoodAtMs: number | null = null;
  const clock = { now: () => (stoodAtMs ?? Date.now()) + passedMs };
  const watch = createSecretWatch();
  const secretBox = watch.watchBox(createSecretBox([Buffer.alloc(32, 7)]));
  const shared = { pool: database.pool, clock, ids: createIdMaker(), directory: createDirectory() };
  const acceptance = createAcceptance({ ...shared, waitingMax: 10_000, onAccepted: () => {} });
  const http = createUpstreamHttp({ connectionsMax: 2, connectTimeoutMs: 1000 });
  const callEndpoint = createEndpointCaller({ clock, secretBox, fetch: fetcher });
  const deps: ConsoleDeps = {
    ...shared,
    secretBox,
    http,
    findProvider,
    acceptance,
    media: { store: createFolderBlobStore({ root: folder }), limits: MEDIA_LIMITS, guard },
    webhooks: { guard, callEndpoint, kick: () => {} },
    probeMedia: createMediaProbe(fetcher),
    logger: watch.logger,
    links: createLinkSigner(Buffer.alloc(32, 9)),
    publicUrl: () => url,
    sendsMail: true,
    mailer: null,
    live: openLive({ ...shared, logger: watch.logger }),
    sessions: { idleMs: 72 * HOUR_MS, lifeMs: 720 * HOUR_MS },
  };
  const scopes = [...new Set(Object.values(V1_OPERATIONS).map((operation) => operation.scope))];
  const app = Fastify({ loggerInstance: watch.logger as FastifyBaseLogger });
  registerProblems(app);
  registerV1Routes(app, deps);
  registerConsoleRoutes(app, deps);
  add?.(app, deps);
  const url = await app.listen({ host: "127.0.0.1", port: 0 });
  return {
    ...{ database, deps, acceptance, scopes, url },
    token: async (wish) => (await createToken(deps, { kind: "api", scopes, ...wish })).token,
    call: (method, path, given) => callV1(`${url}/v1${path}`, method, given),
    pass(ms) {
      passedMs += ms;
    },
    standStill() {
      stoodAtMs ??= Date.now();
    },
    async close() {
      await app.close();
      await acceptance.idle();
      await Promise.all([fetcher.close(), http.close()]);
      await rm(folder, { recursive: true, force: true });
      await database.close();
      watch.check();
    },
  };
}

async function callV1(url: string, method: string, given: V1Given): Promise<V1Reply> {
  const { token, body, headers = {} } = given;
  const raw = typeof body === "string" || body instanceof Uint8Array;
  const response = await fetch(url, {
    method,
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: raw ? (body as string) : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = /json/u.test(response.headers.get("content-type") ?? "");
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: isJson ? JSON.parse(text) : null,
  };
}
