import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { createMobiles, type DemoTemplate, findTemplate } from "../../product/demo-templates.ts";
import { waitOutLeases } from "../../product/wait-out-leases.ts";
import { waitUntil } from "../../product/wait-until.ts";
import { openWebhookReceiver, type WebhookReceiver } from "../../product/webhook-receiver.ts";
import { type ProductInPieces, startProductInPieces } from "../../start-product.ts";

/*
 * 200 messages of two templates flow while the server is killed with SIGKILL and started again. Somebody pulls all the time,
 * one address takes everything, one asks for a single template, and one may be called once a second.
 */

const SENDS = 200;
const AT_ONCE = 10;
const ANSWERS_BEFORE_KILL = 80;
const SETTLED_MS_MAX = 120_000;

let product: ProductInPieces;
let all: WebhookReceiver;
let filtered: WebhookReceiver;
let paced: WebhookReceiver;
let templates: [DemoTemplate, DemoTemplate];
const nextMobile = createMobiles();

before(async () => {
  [all, filtered, paced] = await Promise.all([
    openWebhookReceiver(),
    openWebhookReceiver(),
    openWebhookReceiver(),
  ]);
  const hosts = [all, filtered, paced].map(({ host }) => host).join(",");
  product = await startProductInPieces({
    env: { UNKNOWN_OUTCOME_AFTER_S: "5", PRIVATE_HOSTS_ALLOWED: hosts },
  });
  templates = [
    findTemplate(product.demo, { variables: 1, category: "utility", status: "approved" }),
    findTemplate(product.demo, { variables: 3, status: "approved" }),
  ];
  assert.notEqual(templates[0].name, templates[1].name);
  await addEndpoint(all);
  await addEndpoint(filtered, "--template", templates[0].name, "--event", "sent", "failed");
  await addEndpoint(paced, "--rate", "1", "--template", `${templates[1].id_template}`);
});
after(async () => {
  await Promise.all([all?.close(), filtered?.close(), paced?.close()]);
  await product?.stop();
});

async function addEndpoint(receiver: WebhookReceiver, ...options: string[]): Promise<void> {
  const args = ["webhook", "add", product.demo.projectId, receiver.url, ...options];
  receiver.secret = (await product.cli.json<{ secret: string }>(args)).secret;
}

interface Pulled {
  id: string;
  seq: string;
  type: string;
  message_id: string;
  body: Record<string, unknown>;
}

const pulled: Pulled[] = [];
const templateOf = new Map<string, DemoTemplate>();

test("who pulls while 200 messages flow and the server is killed gets every event once, in order", async (t) => {
  let failures = 0;
  let answers = 0;
  const waiting = Array.from({ length: SENDS }, (_, n) => n).values();
  const hand = async () => {
    for (const n of waiting) {
      await sendUntilAnswered(templates[n % 2] ?? templates[0]);
      answers += 1;
    }
  };
  const pulling = pullUntil(isWhole, () => {
    failures += 1;
  });
  const hands = Array.from({ length: AT_ONCE }, hand);
  await waitUntil("some answers", () => answers >= ANSWERS_BEFORE_KILL);
  await product.server.kill();
  await product.server.start();
  await Promise.all(hands);
  await pulling;
  t.diagnostic(`${failures} calls failed and were made again`);
  assert.ok(failures > 0, "the kill was felt");
  const seqs = pulled.map(({ seq }) => BigInt(seq));
  assert.ok(
    seqs.every((seq, n) => n === 0 || seq > (seqs[n - 1] ?? 0n)),
    "in order, none twice",
  );
  const again: Pulled[] = [];
  for (let cursor = ""; ; ) {
    const page = await pull(cursor, 0);
    assert.ok(page);
    again.push(...page.items);
    if (page.items.length === 0 && !page.has_more) break;
    cursor = page.cursor;
  }
  assert.deepEqual(pulled, again.slice(0, pulled.length), "none was skipped");
});

test("an address that takes everything was posted the very same", async () => {
  const key = (body: object) => JSON.stringify(Object.entries(body).sort());
  const wanted = pulled.map(({ body }) => key(body)).sort();
  await waitOutLeases(product);
  await waitUntil("the last webhook", () => all.taken.length >= wanted.length, SETTLED_MS_MAX);
  assert.deepEqual(all.taken.map(({ body }) => key(body)).sort(), wanted);
});

test("an address that asked for a template's sent and failed got those, each once, and nothing else", async () => {
  const wanted = pulled
    .filter(({ type }) => type === "sent" || type === "failed")
    .filter(({ message_id }) => templateOf.get(message_id) === templates[0])
    .map(({ type, message_id }) => `${type} ${message_id}`);
  assert.ok(wanted.length > 0);
  const got = () => filtered.taken.map(({ body }) => `${body.type2} ${body.messageId}`);
  // Of a message whose answer the kill cut, the sender does not know the id.
  const known = () => got().filter((line) => templateOf.has(line.split(" ")[1] ?? ""));
  await waitUntil("the last", () => known().length >= wanted.length, SETTLED_MS_MAX);
  assert.deepEqual(known().sort(), wanted.sort());
  const other = got().filter((line) => templateOf.get(line.split(" ")[1] ?? "") === templates[1]);
  assert.deepEqual(other, []);
});

test("an address that is called slowly is behind, and holds up nobody", async () => {
  const due = pulled.filter(({ message_id }) => templateOf.get(message_id) === templates[1]);
  assert.ok(paced.taken.length < due.length, `${paced.taken.length} of ${due.length}`);
  const before = paced.taken.length;
  await waitUntil("it goes on", () => paced.taken.length > before);
});

/** Whether every message has come to an end. */
function isWhole(): boolean {
  const byMessage = Map.groupBy(pulled, ({ message_id }) => message_id);
  if (byMessage.size < SENDS) return false;
  return [...byMessage.values()].every((events) =>
    events.some(({ type }) => type === "read" || type === "failed"),
  );
}

/** Keeps the cursor with what came by it, as the guide says. */
async function pullUntil(done: () => boolean, onFailure: () => void): Promise<void> {
  const untilMs = Date.now() + SETTLED_MS_MAX;
  for (let cursor = ""; !done(); ) {
    assert.ok(Date.now() < untilMs, `${pulled.length} events came`);
    const page = await pull(cursor, 2);
    if (page === null) {
      onFailure();
      await delay(100);
      continue;
    }
    pulled.push(...page.items);
    cursor = page.cursor;
  }
}

interface Page {
  items: Pulled[];
  cursor: string;
  has_more: boolean;
}

/** Null when there was no answer, or that of a server that is not ready. */
async function pull(after: string, waitS: number): Promise<Page | null> {
  const { baseUrl, apiToken } = product.demo;
  const query = new URLSearchParams({ limit: "30", wait_s: `${waitS}`, ...(after && { after }) });
  try {
    const reply = await fetch(`${baseUrl}/v1/events?${query}`, {
      headers: { authorization: `Bearer ${apiToken}` },
    });
    if (reply.status >= 500) return null;
    assert.equal(reply.status, 200, await reply.clone().text());
    return (await reply.json()) as Page;
  } catch (error) {
    if (error instanceof assert.AssertionError) throw error;
    return null;
  }
}

async function sendUntilAnswered(template: DemoTemplate): Promise<void> {
  const mobile = nextMobile();
  const { id_template, variables } = template;
  const template_variables = Array.from({ length: variables }, (_, n) => `[${n}]`).join(" ");
  for (let time = 0; time < 600; time += 1) {
    const answer = await product.ws
      .call("send/", { mobile, id_template, template_variables })
      .catch(() => null);
    const code = answer?.status === 200 ? Number(answer.body?.code) : null;
    if (code === 1) templateOf.set(String(answer?.body?.messageId), template);
    // 9: the one before was accepted, and only its answer was lost.
    if (code === 1 || (code === 9 && time > 0)) return;
    assert.equal(code, null, `a send was answered ${answer?.text}`);
    await delay(100);
  }
  assert.fail("a send got no answer");
}
