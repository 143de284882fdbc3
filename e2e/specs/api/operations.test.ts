import assert from "node:assert/strict";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { after, before, test } from "node:test";
import { createRecado } from "../../product/run-recado.ts";
import { waitUntil } from "../../product/wait-until.ts";
import { type ProductInPieces, startProductInPieces } from "../../start-product.ts";

/* What whoever runs the platform sees: metrics, health, the doctor, a backup and its restore, on the whole product. */

const TOKEN = "metrics-token-of-the-test";
const folder = mkdtempSync(join(tmpdir(), "recado-e2e-backup-"));
let product: ProductInPieces;

/** What came as traces, as text: an OTLP/HTTP receiver. */
const received: string[] = [];
const traces = createServer(async (request, response) => {
  received.push(await text(request));
  response.setHeader("content-type", "application/json").end("{}");
});

before(async () => {
  await new Promise<void>((resolve) => traces.listen(0, "127.0.0.1", resolve));
  const { port } = traces.address() as AddressInfo;
  const OTEL_EXPORTER_OTLP_ENDPOINT = `http://127.0.0.1:${port}`;
  product = await startProductInPieces({
    env: { METRICS_TOKEN: TOKEN, OTEL_EXPORTER_OTLP_ENDPOINT },
  });
});

after(async () => {
  await product?.stop();
  traces.closeAllConnections();
  traces.close();
  rmSync(folder, { recursive: true, force: true });
});

async function readMetrics(): Promise<Map<string, number>> {
  const headers = { authorization: `Bearer ${TOKEN}` };
  const reply = await fetch(`${product.demo.baseUrl}/metrics`, { headers });
  assert.equal(reply.status, 200);
  const lines = (await reply.text()).split("\n").filter((line) => !line.startsWith("#"));
  return new Map(
    lines.map((line) => {
      const at = line.lastIndexOf(" ");
      return [line.slice(0, at), Number(line.slice(at + 1))];
    }),
  );
}

test("a message can be followed in the metrics, from its acceptance to its webhook", async () => {
  const answer = await product.ws.send({ mobile: "573001230001", message: "hola" });
  const refused = await product.ws.send({ mobile: "1", message: "hola" });
  assert.ok([answer, refused].every((one) => one !== undefined));
  await waitUntil("a webhook in the metrics", async () => {
    const metrics = await readMetrics();
    return (metrics.get('recado_webhook_calls_total{result="delivered"}') ?? 0) > 0;
  });
  const metrics = await readMetrics();
  for (const name of [
    'recado_accept_answers_total{code="1"}',
    "recado_accept_group_sends_count",
    'recado_sends_total{outcome="accepted",provider="meta-cloud"}',
    'recado_journal_posts_total{result="stored"}',
    'recado_money_total{movement="charge",currency="COP"}',
  ]) {
    assert.ok((metrics.get(name) ?? 0) > 0, `${name} in\n${[...metrics.keys()].join("\n")}`);
  }
  assert.equal(metrics.get("recado_database_up"), 1);
  assert.equal((await fetch(`${product.demo.baseUrl}/metrics`)).status, 401);
});

test("every step of a message is traced, and no step tells whose it was or what it said", async () => {
  const mobile = "573001230077";
  const secret = "un secreto que nadie debe leer";
  await product.ws.send({ mobile, message: secret });
  const steps = [
    "POST /bot/chat_wa/ws/send",
    "accept.group",
    "submit.claim",
    "provider.call",
    "journal.read",
    "webhook.deliver",
  ];
  const findMissing = () => {
    const told = received.join();
    return steps.filter((step) => !told.includes(`"name":"${step}"`));
  };
  await waitUntil("the traces", () => findMissing().length === 0).catch(() => {});
  const all = received.join();
  const names = [...new Set(all.match(/"name":"[^"]+"/gu))];
  assert.deepEqual(findMissing(), [], names.join());
  assert.match(all, /"key":"recado\.message_id"/u);
  for (const word of [mobile, secret, product.demo.token, product.demo.login, TOKEN]) {
    assert.ok(!all.includes(word), word);
  }
});

test("health says that it is ready, to anybody and as often as they like", async () => {
  const url = `${product.demo.baseUrl}/health/ready`;
  const replies = await Promise.all(Array.from({ length: 200 }, () => fetch(url)));
  const bodies = (await Promise.all(replies.map((reply) => reply.json()))) as { status: string }[];
  assert.ok(bodies.every(({ status }) => status === "ready" || status === "degraded"));
});

test("the doctor looks at the demonstration's number from both sides and finds it well", async () => {
  const { items } = await product.cli.json<{ items: { id: string }[] }>(["channel", "list"]);
  const id = items[0]?.id ?? "";
  const report = await product.cli.json<{ state: string; findings: { state: string }[] }>([
    "doctor",
    "--channel",
    id,
  ]);
  assert.equal(report.state, "ok", JSON.stringify(report));
  const shown = await product.cli.run(["doctor", "--channel", id]);
  assert.equal(shown.code, 0);
  assert.match(shown.stdout, /callback +a signed post reaches us/u);
});

test("a backup of the running product is rehearsed, and restored into a folder of its own", async () => {
  const backup = join(folder, "backup");
  const made = await product.cli.run(["backup", backup]);
  assert.equal(made.code, 0, made.stderr);
  const rehearsed = await product.cli.run(["restore", backup, "--verify"]);
  assert.equal(rehearsed.code, 0, rehearsed.stderr);
  assert.match(rehearsed.stdout, /can be restored/u);
  const again = await product.cli.run(["restore", backup]);
  assert.equal(again.code, 1);
  assert.match(again.stderr, /not empty/u);
  const dataDir = join(folder, "data");
  mkdirSync(dataDir);
  copyFileSync(join(product.dataDir, "secret.key"), join(dataDir, "secret.key"));
  const elsewhere = createRecado("http://127.0.0.1:9", dataDir);
  const restored = await elsewhere.run(["restore", backup]);
  assert.equal(restored.code, 0, restored.stderr + restored.stdout);
  assert.match(restored.stdout, /Restored as of/u);
  assert.doesNotMatch(restored.stdout, /key is another one/u);
  const held = await elsewhere.run(["restored"]);
  assert.equal(held.code, 0, held.stderr);
});

test("what a terminal is told names what is wrong, without a stack", async () => {
  const nowhere = await product.cli.run(["restore", join(folder, "nowhere")]);
  assert.equal(nowhere.code, 1);
  assert.match(nowhere.stderr, /^recado: .* has no manifest\.json/mu);
  assert.doesNotMatch(nowhere.stderr, /at .*\.ts:/u);
});
