import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, beforeEach, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import type { NumberTroubles } from "@recado/contract/simulator-troubles";
import Fastify from "fastify";
import { createChannel } from "../accounts/channels.ts";
import type { Finding, FindingProblem } from "../domain/channel-finding.ts";
import { registerHookRoutes } from "../http/hooks/register-hook-routes.ts";
import { registerProblems } from "../http/problem.ts";
import type { ChannelRow } from "../storage/channels.ts";
import { type AdminServer, startAdminServer } from "../testkit/admin-server.ts";
import { programEnv } from "../testkit/program-env.ts";
import { diagnoseChannel } from "./diagnose-channel.ts";
import { createIntake } from "./intake.ts";

/** A number at the simulator's Meta or Gupshup, posts reaching the real intake, and each cure tried. */
const SIMULATOR = fileURLToPath(new URL("../../../simulator/src/main.ts", import.meta.url));
const META = {
  id: "106540352242922",
  wabaId: "104996122399160",
  displayNumber: "573009998877",
  verifiedName: "Tienda",
  accessToken: "EAAGsimulated0123456789",
  appSecret: "app-secret-of-the-test",
  verifyToken: "verify-token-of-the-test",
};
const GUPSHUP = {
  provider: "gupshup",
  id: "33334444-5555-4666-8777-888899990000",
  wabaId: "204996122399160",
  displayNumber: "573009998866",
  verifiedName: "Tienda",
  accessToken: "gupshup-key-of-the-test",
  appName: "TiendaDemo",
};
const SECRETS = [META.accessToken, META.appSecret, META.verifyToken, GUPSHUP.accessToken];

const hooks = Fastify();
const dataDir = mkdtempSync(join(tmpdir(), "recado-diagnose-"));
let server: AdminServer;
let simulator: ChildProcess;
let simulatorUrl = "";
let hookBase = "";
let accountId = "";

before(async () => {
  server = await startAdminServer();
  const { pool } = server.database;
  const { clock, findProvider, ids, secretBox } = server.deps;
  const intake = createIntake({
    ...{ pool, clock, ids, secretBox, provider: findProvider },
    onTaken: () => {},
    onRejected: () => {},
  });
  registerProblems(hooks);
  registerHookRoutes(hooks, intake);
  hookBase = await hooks.listen({ host: "127.0.0.1", port: 0 });
  simulator = spawn(process.execPath, [SIMULATOR], {
    env: { ...programEnv(), SIMULATOR_PORT: "0", DATA_DIR: dataDir, HOST: "127.0.0.1" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  simulatorUrl = await readUrl(simulator);
  const answer = await fetch(`${server.url}/admin/accounts`, {
    method: "POST",
    headers: { authorization: `Bearer ${server.token}`, "content-type": "application/json" },
    body: JSON.stringify({ name: "Ferretería" }),
  });
  accountId = ((await answer.json()) as { id: string }).id;
});

after(async () => {
  simulator.kill("SIGTERM");
  await once(simulator, "exit");
  await hooks.close();
  await server.close();
  rmSync(dataDir, { recursive: true, force: true });
});

async function readUrl(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error("no output");
  for await (const line of createInterface({ input: child.stdout })) {
    const [url] = /http:\/\/127\.0\.0\.1:\d+/u.exec(line) ?? [];
    if (url) return url;
  }
  throw new Error("the simulator said no address");
}

async function post(path: string, body: unknown, headers: Record<string, string> = {}) {
  const reply = await fetch(`${simulatorUrl}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  assert.ok(reply.ok, `${path}: ${await reply.text()}`);
}

const hookOf = (channel: ChannelRow) => `${hookBase}/hooks/${channel.provider}/${channel.appId}`;

async function diagnose(channel: ChannelRow, hookUrl = hookOf(channel)): Promise<Finding[]> {
  const findings = await diagnoseChannel(server.deps, channel, hookUrl);
  for (const secret of SECRETS) assert.ok(!JSON.stringify(findings).includes(secret));
  return findings;
}

function problemsOf(findings: readonly Finding[]): FindingProblem[] {
  return findings.flatMap((finding) => (finding.state === "wrong" ? [finding.problem] : []));
}

describe("a number at Meta", () => {
  let channel: ChannelRow;

  async function addChannel(wish: Partial<typeof META> = {}) {
    await server.database.pool.query("delete from channels");
    await server.database.pool.query("delete from channel_numbers");
    const given = { ...META, ...wish };
    const made = await createChannel(server.deps, {
      accountId,
      provider: "meta-cloud",
      officialNumber: given.displayNumber,
      numberId: given.id,
      businessId: given.wabaId,
      baseUrl: `${simulatorUrl}/meta`,
      accessToken: given.accessToken,
      app: { appSecret: given.appSecret, verifyToken: given.verifyToken },
    });
    return made.channel;
  }
  const trouble = (troubles: NumberTroubles) => post(`/sim/troubles/${META.id}`, troubles);

  beforeEach(async () => {
    channel = await addChannel();
    await post("/sim/numbers", { ...META, callbackUrl: hookOf(channel) });
    await trouble({});
  });

  test("one that is well is found well, in everything", async () => {
    const findings = await diagnose(channel);
    assert.deepEqual(
      findings.map(({ check, state }) => `${check} ${state}`),
      [
        "token ok",
        "permissions ok",
        "permissions ok",
        "number ok",
        "state ok",
        "subscription ok",
        "signature ok",
        "callback ok",
      ],
    );
  });

  test("each trouble is found and named, and nothing else is blamed", async () => {
    const soon = new Date(Date.now() + 3 * 86_400_000).toISOString();
    const cases: [NumberTroubles, FindingProblem[]][] = [
      [{ tokenExpired: true }, ["token-expired"]],
      [{ tokenExpiresAt: soon }, ["token-expiring"]],
      [{ missingPermissions: ["whatsapp_business_messaging"] }, ["permission-messaging"]],
      [{ missingPermissions: ["whatsapp_business_management"] }, ["permission-management"]],
      [{ status: "PENDING" }, ["number-unregistered"]],
      [{ status: "BANNED" }, ["number-blocked"]],
      [{ qualityRating: "RED" }, ["quality-red"]],
      [{ nameStatus: "DECLINED" }, ["name-declined"]],
    ];
    for (const [troubles, problems] of cases) {
      await trouble(troubles);
      assert.deepEqual(problemsOf(await diagnose(channel)), problems, JSON.stringify(troubles));
    }
  });

  test("an app that is not subscribed to the account is told", async () => {
    await fetch(`${simulatorUrl}/meta/v23.0/${META.wabaId}/subscribed_apps`, {
      method: "DELETE",
      headers: { authorization: `Bearer ${META.accessToken}` },
    });
    assert.deepEqual(problemsOf(await diagnose(channel)), ["not-subscribed"]);
    await post(`/meta/v23.0/${META.wabaId}/subscribed_apps`, undefined, {
      authorization: `Bearer ${META.accessToken}`,
    });
    assert.deepEqual(problemsOf(await diagnose(channel)), []);
  });

  test("a token that nobody has, another number's id and another account are told apart", async () => {
    const wrongToken = await addChannel({ accessToken: "EAAGnobody" });
    assert.deepEqual(problemsOf(await diagnose(wrongToken)), ["token-invalid"]);
    const unknown = await addChannel({ id: "999" });
    assert.deepEqual(problemsOf(await diagnose(unknown)), ["number-unknown"]);
    const other = await addChannel({ displayNumber: "573001110000" });
    assert.deepEqual(problemsOf(await diagnose(other)), ["number-not-this-one"]);
    const elsewhere = await addChannel({ wabaId: "777" });
    assert.deepEqual(problemsOf(await diagnose(elsewhere)), ["number-elsewhere"]);
  });

  test("an app secret that is not the app's is told before the first webhook is lost", async () => {
    const wrong = await addChannel({ appSecret: "another-secret" });
    assert.deepEqual(problemsOf(await diagnose(wrong)), ["secret-wrong"]);
  });

  test("credentials that are empty, of another key, or of no shape are found, each with its cure", async () => {
    const { pool } = server.database;
    const { secretBox } = server.deps;
    const shapeless = secretBox.seal("nothing", `channel:${channel.id}`);
    for (const sealed of [Buffer.alloc(0), Buffer.from("rubbish"), shapeless]) {
      await pool.query("update channels set credentials = $2 where id = $1", [channel.id, sealed]);
      const path = `/admin/channels/${channel.id}/doctor`;
      const headers = { authorization: `Bearer ${server.token}` };
      const answer = await fetch(`${server.url}${path}`, { headers });
      const report = (await answer.json()) as { state: string; findings: { problem: string }[] };
      assert.deepEqual([answer.status, report.state], [200, "wrong"], JSON.stringify(report));
      assert.ok(report.findings.some(({ problem }) => problem === "token-unreadable"));
      assert.deepEqual(problemsOf(await diagnose(channel)), ["token-unreadable"]);
    }
    await pool.query("update provider_apps set secrets = '' where id = $1", [channel.appId]);
    const both = problemsOf(await diagnose(channel));
    assert.deepEqual(both, ["token-unreadable", "secret-unreadable"]);
  });

  test("an address that does not reach us, or not unchanged, is told", async () => {
    assert.deepEqual(problemsOf(await diagnose(channel, "http://127.0.0.1:1/hooks")), [
      "callback-unreachable",
    ]);
    const other = `${hookBase}/hooks/meta-cloud/019a0000-0000-7000-8000-000000000001`;
    assert.deepEqual(problemsOf(await diagnose(channel, other)), ["callback-altered"]);
    const mangling = Fastify();
    mangling.get("/hook", (request) => (request.query as Record<string, string>)["hub.challenge"]);
    mangling.addContentTypeParser("*", (_request, _body, done) => done(null));
    mangling.post("/hook", (_request, reply) => reply.code(413).send());
    const url = await mangling.listen({ host: "127.0.0.1", port: 0 });
    assert.deepEqual(problemsOf(await diagnose(channel, `${url}/hook`)), ["callback-altered"]);
    await mangling.close();
    const deaf = Fastify();
    deaf.get("/hook", (_request, reply) => reply.raw.destroy());
    deaf.addContentTypeParser("*", (_request, _body, done) => done(null));
    deaf.post("/hook", () => ({}));
    const half = await deaf.listen({ host: "127.0.0.1", port: 0 });
    const found = problemsOf(await diagnose(channel, `${half}/hook`));
    assert.deepEqual(found, ["callback-unreachable"], "that posts arrive is not enough");
    await deaf.close();
  });

  test("a provider in the internet is not told an address that only we can see", async () => {
    const real = { ...channel, baseUrl: "https://127.0.0.1:1" };
    assert.deepEqual(problemsOf(await diagnose(real)), ["callback-not-public"]);
  });

  test("a provider that is away leaves everything of its own unknown", async () => {
    const away = { ...channel, baseUrl: "http://127.0.0.1:1" };
    const findings = await diagnose(away);
    assert.deepEqual(problemsOf(findings), []);
    assert.ok(findings.filter(({ state }) => state === "unknown").length >= 5);
  });

  test("over HTTP the report has the cure in both languages, and strangers get none", async () => {
    await trouble({ qualityRating: "RED" });
    const url = `${server.url}/admin/channels/${channel.id}/doctor`;
    const headers = { authorization: `Bearer ${server.token}` };
    // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects.
    const report = (await (await fetch(url, { headers })).json()) as any;
    assert.equal(report.state, "wrong");
    // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects.
    const finding = report.findings.find((one: any) => one.problem === "quality-red");
    assert.match(finding.cure.es, /calidad/u);
    assert.match(finding.cure.en, /quality/u);
    assert.equal((await fetch(url)).status, 401);
  });
});

describe("a number at Gupshup", () => {
  let channel: ChannelRow;

  async function addChannel(wish: Partial<typeof GUPSHUP> = {}) {
    await server.database.pool.query("delete from channels");
    await server.database.pool.query("delete from channel_numbers");
    const given = { ...GUPSHUP, ...wish };
    const made = await createChannel(server.deps, {
      accountId,
      provider: "gupshup",
      officialNumber: given.displayNumber,
      numberId: given.appName,
      businessId: given.id,
      baseUrl: `${simulatorUrl}/gupshup`,
      accessToken: given.accessToken,
      app: { appSecret: META.appSecret, verifyToken: META.verifyToken },
    });
    return made.channel;
  }
  const trouble = (troubles: NumberTroubles) => post(`/sim/troubles/${GUPSHUP.id}`, troubles);

  beforeEach(async () => {
    channel = await addChannel();
    await post("/sim/numbers", { ...GUPSHUP, callbackUrl: hookOf(channel) });
    await trouble({ walletBalance: 12.5 });
  });

  test("one that is well is found well; a wallet that is not told is unknown", async () => {
    const states = async () => (await diagnose(channel)).map((one) => `${one.check} ${one.state}`);
    const rest = ["subscription ok", "callback ok"];
    assert.deepEqual(await states(), ["token ok", "number ok", "wallet ok", ...rest]);
    await trouble({});
    assert.deepEqual(await states(), ["token ok", "number ok", "wallet unknown", ...rest]);
  });

  test("each trouble is found and named, and nothing else is blamed", async () => {
    await trouble({ walletBalance: -0.4 });
    assert.deepEqual(problemsOf(await diagnose(channel)), ["wallet-empty"]);
    await trouble({ subscribedModes: ["SENT", "DELIVERED", "READ", "MESSAGE"] });
    const missing = await diagnose(channel);
    assert.deepEqual(problemsOf(missing), ["events-missing"]);
    assert.match(JSON.stringify(missing), /missing: FAILED/u);
    await trouble({});
    await post("/sim/numbers", { ...GUPSHUP, callbackUrl: `${hookBase}/elsewhere` });
    assert.deepEqual(problemsOf(await diagnose(channel)), ["callback-elsewhere"]);
  });

  test("a key that nobody has and a foreign app are told apart", async () => {
    const wrongKey = await addChannel({ accessToken: "nobody" });
    assert.deepEqual(problemsOf(await diagnose(wrongKey)), ["key-wrong"]);
    const foreign = await addChannel({ id: "99994444-5555-4666-8777-888899990000" });
    assert.deepEqual(problemsOf(await diagnose(foreign)), ["app-wrong"]);
  });
});
