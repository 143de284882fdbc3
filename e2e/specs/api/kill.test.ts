import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { createMobiles, findTemplate } from "../../product/demo-templates.ts";
import { findDemoAccount } from "../../product/find-demo-account.ts";
import { waitOutLeases } from "../../product/wait-out-leases.ts";
import { waitUntil } from "../../product/wait-until.ts";
import { openWebhookReceiver, type WebhookReceiver } from "../../product/webhook-receiver.ts";
import { type ProductInPieces, startProductInPieces } from "../../start-product.ts";

/*
 * Sends are in flight when a part of the product is killed with SIGKILL and started again. Callers do as the guide says:
 * whoever gets no answer sends the same again. When all rounds are over, the simulator's list, the books, the messages and
 * the integrator's webhooks must agree with what the callers were told.
 */

const SENDS = 500;
const AT_ONCE = 50;
/** Calls to WhatsApp at once: no more than these can be cut by a kill. */
const CALLS_AT_ONCE = 64;
/** How long a call whose outcome is unknown is waited for; in production an hour. */
const UNKNOWN_OUTCOME_AFTER_S = 5;
const SETTLED_MS_MAX = 120_000;
const STEPS = ["sent", "delivered", "read"];

let product: ProductInPieces;
let receiver: WebhookReceiver;
const nextMobile = createMobiles();

before(async () => {
  receiver = await openWebhookReceiver();
  product = await startProductInPieces({
    env: {
      UNKNOWN_OUTCOME_AFTER_S: `${UNKNOWN_OUTCOME_AFTER_S}`,
      SUBMIT_CONCURRENCY: `${CALLS_AT_ONCE}`,
      PRIVATE_HOSTS_ALLOWED: receiver.host,
    },
  });
  const args = ["webhook", "add", product.demo.projectId, receiver.url];
  receiver.secret = (await product.cli.json<{ secret: string }>(args)).secret;
});
after(async () => {
  await receiver?.close();
  await product?.stop();
});

interface Round {
  what: string;
  /** How many answers are waited for before the kill. */
  answers: number;
  /** How many may end as unknown: the calls that the kill can have cut without WhatsApp having taken them. */
  unknownMax: number;
  kill(): Promise<void>;
}

interface Send {
  mobile: string;
  /** The codes of its answers, `null` for one that was lost; the last is 1 or 9. */
  answers: (number | null)[];
  messageId?: string;
}

const restartServer = async () => {
  await product.server.kill();
  await product.server.start();
};

const ROUNDS: Round[] = [
  { what: "the server, early", answers: 30, unknownMax: CALLS_AT_ONCE, kill: restartServer },
  { what: "the server, late", answers: 400, unknownMax: CALLS_AT_ONCE, kill: restartServer },
  {
    what: "PostgreSQL",
    answers: 200,
    // The server lives and hears WhatsApp's answers, and WhatsApp's events tell the rest.
    unknownMax: 0,
    async kill() {
      product.killPostmaster();
    },
  },
  {
    what: "the server and PostgreSQL",
    answers: 250,
    unknownMax: CALLS_AT_ONCE,
    async kill() {
      product.killPostmaster();
      await restartServer();
    },
  },
  {
    what: "WhatsApp",
    answers: 150,
    // Each socket can lose the call under way and one more, written before its closing was seen.
    unknownMax: 2 * CALLS_AT_ONCE,
    async kill() {
      await product.simulatorProgram.kill();
      await product.simulatorProgram.start();
    },
  },
  {
    what: "everything",
    answers: 300,
    unknownMax: CALLS_AT_ONCE,
    async kill() {
      product.killPostmaster();
      await product.simulatorProgram.kill();
      await product.server.kill();
      await Promise.all([product.simulatorProgram.start(), product.server.start()]);
    },
  },
];

const sent = new Map<Round, Send[]>();

for (const round of ROUNDS) {
  test(`kill -9 of ${round.what} amid ${SENDS} sends: each gets an answer in the end`, async (t) => {
    const sends = await sendWhile(round);
    sent.set(round, sends);
    const lost = sends.filter(({ answers }) => answers.length > 1).length;
    t.diagnostic(`${lost} had to be sent again`);
    assert.equal(lost > 0, round.what !== "WhatsApp", "whose answers the kill cut");
  });
}

/** Every message as it ended. */
let ended: Message[] = [];

test("afterwards every message comes to an end", async (t) => {
  const findEnded = async () => {
    const messages = await listMessages();
    // One that was given up is not over while WhatsApp has it: whatever it tells later is the truth.
    const arrived = new Set((await product.simulator.messages()).map(({ opaque }) => opaque));
    const isOver = ({ id, status }: Message) =>
      status === "read" || (status === "failed" && !arrived.has(id));
    return messages.every(isOver) ? messages : null;
  };
  ended = await waitUntil("every message to end", findEnded, SETTLED_MS_MAX);
  const takeovers = product.log().matchAll(/"requeued":\d+,"unknown":\d+/gu);
  t.diagnostic(`calls taken over from dead processes: ${[...takeovers].join("; ")}`);
});

for (const round of ROUNDS) {
  test(`kill -9 of ${round.what}: each accepted send arrives exactly once, or its call was cut and it is refunded as unknown (${round.unknownMax} at most)`, async (t) => {
    const sends = sent.get(round) ?? assert.fail("the round was not run");
    const byMobile = Map.groupBy(ended, ({ mobile }) => mobile);
    const arrivals = Map.groupBy(await product.simulator.messages(), ({ to }) => to);
    let unknown = 0;
    for (const { mobile, messageId, answers } of sends) {
      const [message, ...more] = byMobile.get(mobile) ?? [];
      const said = `${mobile}, answered ${answers.join(", ")}`;
      assert.ok(message, `${said}: no message was kept`);
      assert.equal(more.length, 0, `${said}: ${more.length + 1} messages were charged`);
      if (messageId !== undefined) assert.equal(message.id, messageId);
      const arrived = arrivals.get(mobile) ?? [];
      if (message.status === "failed") {
        unknown += 1;
        assert.deepEqual([message.code, message.refunded], ["402", true], said);
        assert.equal(arrived.length, 0, `${said}: arrived and was refunded`);
      } else {
        assert.deepEqual([message.status, message.refunded], ["read", false], said);
        assert.deepEqual(
          arrived.map(({ opaque }) => opaque),
          [message.id],
          said,
        );
      }
    }
    t.diagnostic(`${unknown} of ${sends.length} ended as unknown`);
    assert.ok(unknown <= round.unknownMax, `${unknown} ended as unknown`);
  });
}

test("nothing arrived that was not charged", async () => {
  const known = new Set(ended.map(({ id }) => id));
  const strangers = (await product.simulator.messages()).filter(
    ({ opaque }) => !known.has(opaque ?? ""),
  );
  assert.deepEqual(strangers, []);
});

test("the integrator got each event once and in order, but for those that WhatsApp told too late", async (t) => {
  const expected = ({ status }: Message) => (status === "failed" ? "failed" : "read");
  const lastCame = () => {
    const kinds = Map.groupBy(receiver.taken, ({ body }) => body.messageId);
    return ended.every((message) =>
      kinds.get(message.id)?.some(({ body }) => body.type2 === expected(message)),
    );
  };
  await waitOutLeases(product);
  await waitUntil("the last webhook of every message", lastCame, SETTLED_MS_MAX);
  const byMessage = Map.groupBy(receiver.taken, ({ body }) => body.messageId);
  const short: Told[] = [];
  let revived = 0;
  for (const { id, status } of ended) {
    const got = (byMessage.get(id) ?? []).map(({ body }) => body.type2);
    const isRevived = status === "read" && got.includes("failed");
    if (isRevived) revived += 1;
    // Given up first, and then WhatsApp told that it arrived: the truth wins, and the webhooks say so. `sent` is no news then.
    const life = isRevived ? ["failed", "delivered", "read"] : STEPS;
    const whole = status === "failed" ? ["failed"] : life;
    if (got.join() === whole.join()) continue;
    assert.deepEqual(
      got,
      whole.filter((kind) => got.includes(kind)),
      `${id} out of order`,
    );
    short.push({ id, got, whole });
  }
  t.diagnostic(`${short.length} of ${ended.length} were told in fewer steps`);
  t.diagnostic(`${revived} were given up, and arrived all the same`);
  for (const told of short.slice(0, 5)) await checkToldLate(told);
  assert.equal(receiver.forged, 0);
});

test("the books agree: only what arrived is paid", async () => {
  const report = await product.cli.json<{ ok: boolean }>(["wallet", "verify"]);
  assert.equal(report.ok, true, JSON.stringify(report));
  const paid = ended.filter(({ refunded }) => !refunded).length;
  const spent = 20_000_000n * 10_000n - (await product.ws.balance());
  assert.equal(spent, BigInt(paid) * 28n * 10_000n);
});

interface Told {
  /** The message's. */
  id: string;
  /** The events that the integrator was told of it. */
  got: readonly unknown[];
  /** Those that it should have been told, had none come late. */
  whole: readonly string[];
}

/** What the integrator was not told had been overtaken: WhatsApp repeats an event whose post the kill cut. */
async function checkToldLate({ id: messageId, got, whole }: Told): Promise<void> {
  const timeline = await product.cli.json<{ events: { seq: string; kind: string }[] }>([
    "message",
    "show",
    messageId,
  ]);
  const order = timeline.events.toSorted((a, b) => Number(a.seq) - Number(b.seq));
  const kinds = order.map(({ kind }) => kind).filter((kind) => STEPS.includes(kind));
  const untold = STEPS.filter((kind) => whole.includes(kind) && !got.includes(kind));
  for (const kind of untold) {
    const later = STEPS.slice(STEPS.indexOf(kind) + 1);
    const overtaken = kinds.slice(0, kinds.indexOf(kind)).some((other) => later.includes(other));
    assert.ok(overtaken, `${messageId}: ${kind} was not told, and came as ${kinds.join(", ")}`);
  }
}

/** Sends in many hands at once, kills after some answers, and goes on until each send has an answer. */
async function sendWhile(round: Round): Promise<Send[]> {
  const { id_template } = findTemplate(product.demo, { variables: 1, category: "utility" });
  const sends = Array.from({ length: SENDS }, (): Send => ({ mobile: nextMobile(), answers: [] }));
  const waiting = sends.values();
  let answers = 0;
  const hand = async () => {
    for (const send of waiting) {
      const fields = { mobile: send.mobile, id_template, template_variables: "[125.000]" };
      await sendUntilAnswered(send, fields);
      answers += 1;
    }
  };
  const hands = Array.from({ length: AT_ONCE }, hand);
  await waitUntil("some answers", () => answers >= round.answers);
  await Promise.all([round.kill(), ...hands]);
  return sends;
}

async function sendUntilAnswered(
  send: Send,
  fields: Record<string, string | number>,
): Promise<void> {
  for (let time = 0; time < 600; time += 1) {
    const answer = await product.ws.call("send/", fields).catch(() => null);
    const code = answer?.status === 200 ? Number(answer.body?.code) : null;
    send.answers.push(code);
    if (code === 1) send.messageId = String(answer?.body?.messageId);
    // 9: the one before was accepted, and only its answer was lost.
    if (code === 1 || (code === 9 && send.answers.length > 1)) return;
    assert.equal(code, null, `a send was answered ${answer?.text}`);
    await delay(100);
  }
  assert.fail("a send got no answer");
}

interface Message {
  id: string;
  mobile: string;
  status: string;
  code: string | null;
  reason: string | null;
  refunded: boolean;
}

/** All messages of the demonstration account. */
async function listMessages(): Promise<Message[]> {
  const account = await findDemoAccount(product.cli);
  const messages: Message[] = [];
  let cursor: string[] = [];
  do {
    const args = ["message", "list", account, "--limit", "500", ...cursor];
    const page = await product.cli.json<{ items: Message[]; nextCursor: string | null }>(args);
    messages.push(...page.items);
    cursor = page.nextCursor === null ? [] : ["--cursor", page.nextCursor];
  } while (cursor.length > 0);
  return messages;
}
