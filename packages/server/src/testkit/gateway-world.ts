import { hash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { json } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import type { Pool } from "pg";
import { createChannelKeys } from "../accounts/channel-keys.ts";
import { createDirectory } from "../accounts/directory.ts";
import type { Operator } from "../accounts/operator.ts";
import { createToken } from "../accounts/tokens.ts";
import { type Acceptance, createAcceptance } from "../gateway/accept.ts";
import { createReconcileLane } from "../gateway/reconcile.ts";
import type { ApiSendRequest, WsSendRequest } from "../gateway/send-request.ts";
import { createSubmitLane } from "../gateway/submit.ts";
import { openCallMarker } from "../platform/call-marker.ts";
import { createIdMaker } from "../platform/ids.ts";
import { describeInstance } from "../platform/instance.ts";
import { createSecretBox } from "../platform/secret-box.ts";
import { createUpstreamHttp } from "../platform/upstream-http.ts";
import { findProvider } from "../providers/registry.ts";
import {
  type BuildOptions,
  type BuiltAccount,
  buildAccount,
  buildFallback,
} from "./build-account.ts";
import { openTestDatabase, type TestDatabase } from "./database.ts";
import { createSecretWatch } from "./secret-watch.ts";

/** What the upstream was asked to do. */
export interface UpstreamCall {
  to: string;
  opaque: string;
  /** The id of the number that the call was made through. */
  numberId: string;
  body: Record<string, unknown>;
}

/** An upstream that answers Meta's way, or misbehaves as told. */
export type UpstreamAnswer = (call: UpstreamCall, response: ServerResponse) => void;

/** A message as a test looks at it. */
export interface MessageView {
  status: string;
  lane: string | null;
  code: string | null;
  reason: string | null;
  refunded: boolean;
  attempts: number;
  due_at: Date | null;
  provider_message_id: string | null;
}

/** One process of the gateway, with an identity of its own. */
export type Worker = ReturnType<GatewayWorld["startWorker"]>;

/** The whole path of a message on a real database and a real upstream server, without the product around it. */
export type GatewayWorld = Awaited<ReturnType<typeof openGatewayWorld>>;

const NEVER_MS = 2_000_000_000;
const UNKNOWN_OUTCOME_AFTER_MS = 3_600_000;

/** Opens the world, on a database that is given to it for good or on one of its own; `close` ends it. Its clock stands still until a test moves it. */
export async function openGatewayWorld(given: { database?: TestDatabase } = {}) {
  const database = given.database ?? (await openTestDatabase());
  const folder = mkdtempSync(join(tmpdir(), "recado-gateway-"));
  const upstream = await openUpstream();
  const time = { nowMs: Date.UTC(2026, 10, 22, 15) };
  const clock = { now: () => time.nowMs };
  const watch = createSecretWatch();
  const secretBox = watch.watchBox(createSecretBox([Buffer.alloc(32, 7)]));
  const http = createUpstreamHttp({ connectionsMax: 64, connectTimeoutMs: 2_000 });
  const shared = {
    pool: database.pool,
    clock,
    ids: createIdMaker(),
    directory: createDirectory(),
    logger: watch.logger,
    keys: createChannelKeys(secretBox),
    provider: findProvider,
    http,
    unknownOutcomeAfterMs: UNKNOWN_OUTCOME_AFTER_MS,
    random: () => 0.5,
    intervalMs: NEVER_MS,
  };
  const acceptance = createAcceptance({ ...shared, waitingMax: 1_000, onAccepted: () => {} });
  const { pool } = database;
  const workers = new Set<ReturnType<typeof createWorker>>();
  return {
    pool,
    databaseUrl: database.url,
    time,
    upstream,
    shared,
    acceptance,
    callsFolder: folder,
    /** Everything that was logged. */
    lines: watch.lines,
    account(options: BuildOptions = {}): Promise<BuiltAccount> {
      const credentials = (channelId: string) =>
        secretBox.seal({ accessToken: "EAAtoken-of-the-test" }, `channel:${channelId}`);
      return buildAccount(pool, { baseUrl: upstream.url, credentials, ...options });
    },
    /** Gives the account's project a second number at the same upstream. */
    fallback(account: BuiltAccount, twins: readonly string[] = []) {
      const credentials = (channelId: string) =>
        secretBox.seal({ accessToken: "EAAtoken-of-the-second" }, `channel:${channelId}`);
      return buildFallback(pool, account, { baseUrl: upstream.url, credentials, twins });
    },
    /** Accepts a free text and answers its message's id. */
    async accept(account: BuiltAccount, fields: Partial<WsSendRequest> = {}): Promise<string> {
      const answer = await acceptance.send(makeSend(account, fields));
      if (answer.code !== 1) throw new Error(`refused with ${answer.code}`);
      return answer.messageId;
    },
    /** A worker of this very process under the id given; nothing runs until it is kicked. */
    startWorker(instanceId = shared.ids.next(time.nowMs)) {
      const worker = createWorker(shared, { instanceId, callsFolder: folder });
      workers.add(worker);
      return worker;
    },
    /** Stops every worker that is left. */
    async stopWorkers() {
      for (const worker of workers) await worker.stop();
      workers.clear();
    },
    ...createLooks(pool, watch.lines),
    ...createVoices({ ...shared, secretBox }, acceptance),
    async close() {
      await this.stopWorkers();
      await http.close();
      await upstream.close();
      rmSync(folder, { recursive: true, force: true });
      await database.close();
      watch.check();
    },
  };
}

/** What is said otherwise than by the manual's API. */
function createVoices(operator: Operator, acceptance: Acceptance) {
  const { pool, clock, ids } = operator;
  return {
    /** Accepts a send by `/v1`, with a token made for it, and answers its message's id. */
    async acceptApi(account: BuiltAccount, fields: Partial<ApiSendRequest>): Promise<string> {
      const wish = {
        kind: "api",
        accountId: account.accountId,
        scopes: ["messages:write"],
      } as const;
      const { token } = await createToken(operator, wish);
      const answer = await acceptance.send({ ...makeApiSend(token), ...fields });
      if (answer.code !== 1) throw new Error(`refused with ${answer.code}`);
      return answer.messageId;
    },
    /** Stores that the person wrote to this number an hour ago. */
    async hear(account: BuiltAccount, to: { channelId: string; mobile: string }) {
      const id = ids.next(clock.now());
      const providerMessageId = `wamid.${id}`;
      await pool.query(
        `insert into messages (account_id, id, direction, project_id, channel_id, mobile, category, kind, source,
           status, provider_message_id, accepted_at)
         values ($1, $2, 'in', $3, $4, $5, 'service', 'text', 'whatsapp', 'received', $6, $7)`,
        [
          ...[account.accountId, id, account.projectId, to.channelId, to.mobile],
          ...[providerMessageId, new Date(clock.now() - 3_600_000)],
        ],
      );
      return { id, providerMessageId };
    },
  };
}

/** Ways to look at messages and money. */
function createLooks(pool: Pool, lines: readonly string[]) {
  const looks = {
    async message(id: string): Promise<MessageView> {
      const { rows } = await pool.query<MessageView>(
        `select status, lane, code, reason, refunded, attempts, due_at, provider_message_id
         from messages where id = $1`,
        [id],
      );
      if (!rows[0]) throw new Error("no such message");
      return rows[0];
    },
    /** Waits until the message's lane (or status, without a lane) is this one. */
    async until(id: string, wanted: string): Promise<MessageView> {
      for (let look = 0; look < 1_000; look += 1) {
        const found = await looks.message(id);
        if ((found.lane ?? found.status) === wanted) return found;
        await sleep(10);
      }
      const found = await looks.message(id);
      throw new Error(`${id} is ${found.status}/${found.lane}, not ${wanted}\n${lines.join("")}`);
    },
    async balance(account: BuiltAccount): Promise<bigint> {
      const { rows } = await pool.query("select balance from wallets where account_id = $1", [
        account.accountId,
      ]);
      return rows[0].balance;
    },
    async attempts(id: string): Promise<(string | null)[]> {
      const { rows } = await pool.query(
        "select outcome from attempts where message_id = $1 order by number, id",
        [id],
      );
      return rows.map((row) => row.outcome);
    },
  };
  return looks;
}

function createWorker(
  shared: Omit<
    Parameters<typeof createSubmitLane>[0],
    "instanceId" | "marker" | "concurrency" | "onOutcome"
  >,
  { instanceId, callsFolder }: { instanceId: string; callsFolder: string },
) {
  const self = describeInstance(instanceId);
  const marker = openCallMarker(callsFolder, { bootId: self.bootId, instanceId });
  const deps = { ...shared, instanceId };
  const submit = createSubmitLane({ ...deps, marker, concurrency: 64, onOutcome: () => {} });
  const reconcile = createReconcileLane({ ...deps, self, callsFolder, holds: submit.holds });
  return {
    self,
    marker,
    /** Looks for work until stopped. */
    submit: submit.lane,
    holds: submit.holds,
    /** One whole round of handing over, and what it began. */
    async submitOnce() {
      submit.lane.start();
      await submit.drain();
    },
    /** One whole round of clearing up. */
    async reconcileOnce() {
      reconcile.start();
      await reconcile.stop();
    },
    async stop() {
      await submit.drain();
      await reconcile.stop();
      marker.close();
    },
  };
}

function makeApiSend(token: string): ApiSendRequest {
  return {
    source: "v1",
    tokenHash: hash("sha256", token),
    projectId: null,
    mobile: "573001234567",
    template: null,
    text: null,
    variables: [],
    sendAtMs: null,
    validForMs: null,
    customField: "",
    mediaName: "",
    media: null,
  };
}

function makeSend(account: BuiltAccount, fields: Partial<WsSendRequest>): WsSendRequest {
  return {
    source: "ws",
    login: account.login,
    token: account.token,
    mobile: "573001234567",
    idTemplate: undefined,
    message: `hola ${Math.random()}`,
    templateVariables: undefined,
    customField: "",
    mediaName: "",
    media: null,
    ...fields,
  };
}

async function openUpstream() {
  const calls: UpstreamCall[] = [];
  const server = createServer(async (request, response) => {
    const body = (await json(request)) as Record<string, unknown>;
    const call = {
      to: String(body.to).replace("+", ""),
      opaque: String(body.biz_opaque_callback_data),
      numberId: request.url?.split("/").at(-2) ?? "",
      body,
    };
    calls.push(call);
    upstream.answer(call, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const upstream = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** What came, oldest first. */
    calls,
    answer: acceptCall as UpstreamAnswer,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return upstream;
}

/** Accepts, as Meta does. */
export const acceptCall: UpstreamAnswer = (call, response) => {
  response.end(JSON.stringify({ messages: [{ id: `wamid.${call.opaque}` }] }));
};

/** Refuses with an error envelope of Meta's. */
export function refuseCall(status: number, error: Record<string, unknown>): UpstreamAnswer {
  return (_call, response) => {
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify({ error }));
  };
}

/** Takes the request whole and cuts the connection. */
export const cutCall: UpstreamAnswer = (_call, response) => {
  response.socket?.destroy();
};
