import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Fastify, { type FastifyBaseLogger, type FastifyInstance } from "fastify";
import { createToken } from "../accounts/tokens.ts";
import { MEDIA_LIMITS } from "../gateway/media-sink.ts";
import type { AdminDeps } from "../http/admin/admin-deps.ts";
import { registerAdminRoutes } from "../http/admin/register-admin-routes.ts";
import { registerProblems } from "../http/problem.ts";
import { createAddressGuard } from "../platform/address-guard.ts";
import { createIdMaker } from "../platform/ids.ts";
import { createLinkSigner } from "../platform/link-signer.ts";
import { createSafeFetch } from "../platform/safe-fetch.ts";
import { createSecretBox } from "../platform/secret-box.ts";
import { createUpstreamHttp } from "../platform/upstream-http.ts";
import { findProvider } from "../providers/registry.ts";
import { createFolderBlobStore } from "../storage/blob-store.ts";
import { allocate } from "../wallet/allocate.ts";
import { topUp } from "../wallet/topup.ts";
import { verifyBooks } from "../wallet/verify.ts";
import { createEndpointCaller } from "../webhooks/call-endpoint.ts";
import { openTestDatabase, type TestDatabase } from "./database.ts";
import { createSecretWatch } from "./secret-watch.ts";

/** The administration API on a database and a port of its own. */
export interface AdminServer {
  database: TestDatabase;
  deps: AdminDeps;
  app: FastifyInstance;
  /** Without a slash at its end. */
  url: string;
  /** An administrator's token. */
  token: string;
  /** Moves the server's clock. */
  pass(ms: number): void;
  close(): Promise<void>;
}

/** Starts an {@link AdminServer}; webhooks may be posted to 127.0.0.1 alone. */
export async function startAdminServer(): Promise<AdminServer> {
  const database = await openTestDatabase();
  const { pool } = database;
  const folder = await mkdtemp(join(tmpdir(), "recado-admin-"));
  const http = createUpstreamHttp({ connectionsMax: 2, connectTimeoutMs: 1000 });
  const watch = createSecretWatch();
  const secretBox = watch.watchBox(createSecretBox([Buffer.alloc(32, 7)]));
  const guard = createAddressGuard({ allow: ["127.0.0.1/32"] });
  const fetch = createSafeFetch({ guard, connectionsMax: 2, connectTimeoutMs: 1000 });
  let passedMs = 0;
  const clock = { now: () => Date.now() + passedMs };
  const ids = createIdMaker();
  const deps: AdminDeps = {
    pool,
    clock,
    ids,
    secretBox,
    http,
    findProvider,
    media: {
      store: createFolderBlobStore({ root: join(folder, "files") }),
      limits: MEDIA_LIMITS,
      guard,
    },
    wallet: {
      topUp: (topup: Parameters<typeof topUp>[1]) => topUp({ pool, clock, ids }, topup),
      allocate: (topup: Parameters<typeof allocate>[1]) => allocate({ pool, clock, ids }, topup),
      verify: () => verifyBooks(pool),
    },
    webhooks: {
      guard,
      callEndpoint: createEndpointCaller({ clock, secretBox, fetch }),
      kick: () => {},
    },
    logger: watch.logger,
    links: createLinkSigner(Buffer.alloc(32, 9)),
    publicUrl: () => url,
    sendsMail: true,
    sessions: { idleMs: 72 * 3_600_000, lifeMs: 720 * 3_600_000 },
    doctor: {
      lagProbe: null,
      blobFolder: join(folder, "files"),
      hookUrl: (app: { appId: string; provider: string }) =>
        `https://recado.example/hooks/${app.provider}/${app.appId}`,
    },
  };
  const { token } = await createToken(deps, { kind: "admin", accountId: null });
  const app = Fastify({ loggerInstance: watch.logger as FastifyBaseLogger });
  registerProblems(app);
  registerAdminRoutes(app, deps);
  const url = await app.listen({ host: "127.0.0.1", port: 0 });
  return {
    ...{ database, deps, app, url, token },
    pass(ms) {
      passedMs += ms;
    },
    async close() {
      await app.close();
      await http.close();
      await fetch.close();
      await rm(folder, { recursive: true });
      await database.close();
      watch.check();
    },
  };
}
