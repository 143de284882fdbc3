import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { ReceivedWebhook } from "@recado/contract/simulator-api";
import { createMobiles, findTemplate } from "../../product/demo-templates.ts";
import { findDemoAccount } from "../../product/find-demo-account.ts";
import { SAMPLE_FILES } from "../../product/sample-files.ts";
import { waitUntil } from "../../product/wait-until.ts";
import { verifies } from "../../product/webhook-receiver.ts";
import { type Product, startProduct } from "../../start-product.ts";

let product: Product;
const nextMobile = createMobiles();
/** Telephones that never take a message are tried until the deadline, which is a minute here. */
const END_MS_MAX = 90_000;
const PRICE = 28n * 10_000n;

before(async () => {
  product = await startProduct({ env: { UNKNOWN_OUTCOME_AFTER_S: "5" } });
  const { projectId } = product.demo;
  await product.cli.json(["project", "update", projectId, "--deadline", "utility=60"]);
});
after(() => product?.stop());

interface Timeline {
  message: { status: string; code: string | null; reason: string | null; refunded: boolean };
  transfers: { kind: string; signed: string }[];
}

const show = (messageId: string) => product.cli.json<Timeline>(["message", "show", messageId]);
const bodyOf = ({ body }: ReceivedWebhook) => body as Record<string, string>;
const received = async () =>
  (await product.simulator.receiver("demo")).filter(({ answered }) => answered === 200);

/** The webhooks of a message, in the order in which they came. */
const webhooksOf = async (messageId: string) =>
  (await received()).filter((webhook) => bodyOf(webhook).messageId === messageId);
const kindsOf = async (messageId: string) =>
  (await webhooksOf(messageId)).map((webhook) => `${bodyOf(webhook).type2}`);
const repliesOf = async (mobile: string) =>
  (await received()).map(bodyOf).filter((body) => body.mobile === mobile);

/** Sends a template with one variable and gives the messageId. */
async function sendTo(mobile: string, fields: Record<string, string> = {}): Promise<string> {
  const { id_template } = findTemplate(product.demo, { variables: 1, category: "utility" });
  const answer = await product.ws.send({
    mobile,
    id_template,
    template_variables: "[1]",
    ...fields,
  });
  assert.equal(answer.code, 1, JSON.stringify(answer));
  return `${answer.messageId}`;
}

interface Fate {
  mobile: string;
  what: string;
  /** The webhooks, in this order and once each. */
  kinds: string[];
  code?: RegExp;
}

const FAILED = ["failed"];
const READ = ["sent", "delivered", "read"];
const FATES: Fate[] = [
  { mobile: "573008000001", what: "is sent and never delivered", kinds: ["sent"] },
  { mobile: "573008000002", what: "is delivered and never read", kinds: ["sent", "delivered"] },
  { mobile: "573008000003", what: "has every event twice", kinds: READ },
  // The later events that come first are told; those that they overtake are not.
  { mobile: "573008000004", what: "has its events in the wrong order", kinds: ["read"] },
  {
    mobile: "573008000005",
    what: "answers HTTP 500 until the deadline",
    kinds: FAILED,
    code: /./u,
  },
  { mobile: "573008000006", what: "accepts and never answers the call", kinds: READ },
  { mobile: "573008000007", what: "cuts the connection", kinds: FAILED, code: /^402$/u },
  { mobile: "573008000008", what: "answers 130429 twice", kinds: READ },
  {
    mobile: "573008000009",
    what: "fails and is delivered all the same",
    kinds: ["failed", "delivered"],
  },
  { mobile: "573008000010", what: "reads at once and replies", kinds: READ },
  ...["131048", "470", "1005", "132015", "131026", "402", "471", "1010", "132016"].map((code) => ({
    mobile: `573009${code.padStart(6, "0")}`,
    what: `fails with ${code}`,
    kinds: FAILED,
    code: new RegExp(`^${code}$`, "u"),
  })),
  { mobile: "573105550001", what: "is like every other", kinds: READ },
];

describe("every telephone of the simulator", { concurrency: FATES.length }, () => {
  for (const { mobile, what, kinds, code } of FATES) {
    test(`${mobile}, which ${what}: ${kinds.join(", ")}, each once, and the money is as the end is`, async () => {
      const messageId = await sendTo(mobile, { custom_field: `pedido ${mobile}` });
      const last = `${kinds.at(-1)}`;
      await waitUntil(
        `${last} of ${mobile}`,
        async () => (await kindsOf(messageId)).includes(last),
        END_MS_MAX,
      );
      const { message, transfers } = await show(messageId);
      assert.equal(message.status, last);
      assert.deepEqual(await kindsOf(messageId), kinds);
      const money = transfers.map(({ kind }) => kind).sort();
      const expected = ["charge"];
      if (kinds.includes("failed")) expected.push("refund");
      if (kinds.length > 1 && kinds[0] === "failed") expected.push("refund-reversal");
      assert.deepEqual(money, expected);
      const [first] = (await webhooksOf(messageId)).map(bodyOf);
      if (code) {
        assert.match(`${first?.code}`, code);
        assert.match(`${first?.reason}`, /\S/u);
        assert.deepEqual(Object.keys(first ?? {}).sort(), KEYS.failed);
      }
      const arrivals = await product.simulator.messages(mobile);
      assert.equal(arrivals.length, last === "failed" ? 0 : 1, "arrived");
    });
  }
});

test("nothing came twice under two ids, and what was paid is what did not fail", async () => {
  const ids = FATES.map(({ mobile }) => mobile);
  const failed = FATES.filter(({ kinds }) => kinds.at(-1) === "failed").length;
  const spent = 20_000_000n * 10_000n - (await product.ws.balance());
  assert.equal(spent, BigInt(ids.length - failed) * PRICE);
  const report = await product.cli.json<{ ok: boolean }>(["wallet", "verify"]);
  assert.equal(report.ok, true, JSON.stringify(report));
});

describe("webhooks", () => {
  test("bodies are the manual's, with the project's own time", async () => {
    const messageId = await sendTo(nextMobile());
    await waitUntil("its webhooks", async () => (await kindsOf(messageId)).includes("read"));
    for (const body of (await webhooksOf(messageId)).map(bodyOf)) {
      assert.deepEqual(Object.keys(body).sort(), KEYS[body.type2 as keyof typeof KEYS]);
      assert.equal(body.type, "message-event");
      assert.equal(body["&messageId"], messageId);
      assert.match(`${body.messageId_whatsapp}`, /^wamid\./u);
      const date = body.fecha_envio_por_whatsapp ?? body.fecha_lectura_usuario ?? "";
      assert.match(date, /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/u);
      const agoMs = Date.now() - Date.parse(`${date.replace(" ", "T")}-05:00`);
      assert.ok(Math.abs(agoMs) < 120_000, `${date} is not now in Bogota`);
    }
  });

  test("every signature verifies by the library of Standard Webhooks, and a forged one does not", async () => {
    const all = await product.simulator.receiver("demo");
    assert.ok(all.length > 0);
    const { webhookSecret } = product.demo;
    for (const { raw, headers, signature } of all) {
      assert.equal(verifies(webhookSecret, raw, headers), true);
      assert.equal(signature, "valid");
      assert.equal(verifies(webhookSecret, `${raw} `, headers), false);
      assert.equal(verifies(webhookSecret, raw, { ...headers, "webhook-id": "otro" }), false);
    }
    assert.equal(new Set(all.map(({ headers }) => headers["webhook-id"])).size, all.length);
  });

  test("a receiver that fails is called again under the same id, and the order is kept", async () => {
    await product.simulator.receiverBehaviour("demo", { status: 500, times: 1 });
    const messageId = await sendTo(nextMobile());
    await waitUntil("its last webhook", async () => (await kindsOf(messageId)).includes("read"));
    assert.deepEqual(await kindsOf(messageId), READ);
    const calls = (await product.simulator.receiver("demo")).filter(
      (webhook) => bodyOf(webhook).messageId === messageId,
    );
    const sent = calls.filter((webhook) => bodyOf(webhook).type2 === "sent");
    assert.deepEqual(
      sent.map(({ answered }) => answered),
      [500, 200],
    );
    assert.equal(new Set(sent.map(({ headers }) => headers["webhook-id"])).size, 1);
  });

  test("410 disables an address, and what was meant for it is parked", async () => {
    const account = await findDemoAccount(product.cli);
    const url = `${product.simulator.url}/sim/receiver/gone`;
    const { endpoint } = await product.cli.json<{ endpoint: { id: string } }>([
      "webhook",
      "add",
      product.demo.projectId,
      url,
    ]);
    await product.simulator.receiverBehaviour("gone", { status: 410, times: 1 });
    const messageId = await sendTo(nextMobile());
    await waitUntil("the disabling", async () => {
      const list = await product.cli.json<{ items: { id: string; state: string }[] }>([
        "webhook",
        "list",
        account,
      ]);
      return list.items.find(({ id }) => id === endpoint.id)?.state === "disabled";
    });
    await waitUntil("the other address", async () => (await kindsOf(messageId)).includes("read"));
    assert.equal((await product.simulator.receiver("gone")).length, 1);
  });
});

describe("answers from the telephone", () => {
  const officialNumber = () => product.demo.officialNumber;

  test("one that quotes carries the custom_field of what it quotes, another that of the last message", async () => {
    const mobile = nextMobile();
    const first = await sendTo(mobile, { custom_field: "primero" });
    await sendTo(mobile, { custom_field: "segundo", template_variables: "[2]" });
    const arrived = await waitUntil("both", async () => {
      const list = await product.simulator.messages(mobile);
      return list.length === 2 ? list : null;
    });
    const quoted = arrived.find(({ opaque }) => opaque === first)?.id ?? "";
    const base = { from: mobile, to: officialNumber() };
    await product.simulator.inbound({ ...base, text: "a la primera", replyTo: quoted });
    await product.simulator.inbound({ ...base, text: "¡a ninguna! 😀" });
    await product.simulator.inbound({ ...base, button: "Sí, allí estaré", replyTo: quoted });
    const replies = await waitUntil("three replies", async () => {
      const list = await repliesOf(mobile);
      return list.length === 3 ? list : null;
    });
    const official_number = officialNumber();
    const wanted = [
      { mobile, message: "a la primera", custom_field: "primero", official_number },
      { mobile, message: "¡a ninguna! 😀", custom_field: "segundo", official_number },
      { mobile, message: "Sí, allí estaré", custom_field: "primero", official_number },
    ];
    const byText = (a: Record<string, string>, b: Record<string, string>) =>
      `${a.message}`.localeCompare(`${b.message}`);
    assert.deepEqual(replies.toSorted(byText), wanted.toSorted(byText));
  });

  test("the telephone that replies quotes nothing and gets the last custom_field", async () => {
    const reply = await waitUntil("its reply", async () => (await repliesOf("573008000010"))[0]);
    assert.deepEqual([reply.message, reply.custom_field], ["ok", "pedido 573008000010"]);
  });

  test("from somebody who never got a message the custom_field is empty", async () => {
    const mobile = nextMobile();
    await product.simulator.inbound({ from: mobile, to: officialNumber(), text: "hola" });
    const reply = await waitUntil("the reply", async () => (await repliesOf(mobile))[0]);
    assert.equal(reply.custom_field, "");
  });

  test("a picture comes with its caption and an address from which the same bytes are fetched", async () => {
    const mobile = nextMobile();
    const bytes = SAMPLE_FILES.png?.bytes ?? Buffer.alloc(0);
    const media = {
      kind: "image",
      mime: "image/png",
      base64: bytes.toString("base64"),
      caption: "mi recibo",
    };
    await product.simulator.inbound({ from: mobile, to: officialNumber(), media });
    const reply = await waitUntil("the reply", async () => (await repliesOf(mobile))[0]);
    assert.equal(reply.message, "mi recibo");
    assert.match(`${reply.media_type}`, /image/u);
    assert.match(`${reply.media_name}`, /\S/u);
    const response = await fetch(`${reply.media_url}`);
    assert.equal(response.status, 200);
    assert.deepEqual(Buffer.from(await response.arrayBuffer()), bytes);
  });

  test("free text arrives within 24 hours of an answer; before one it fails and is refunded", async () => {
    const mobile = nextMobile();
    const send = async (message: string) =>
      `${(await product.ws.send({ mobile, message })).messageId}`;
    const before = await product.ws.balance();
    const early = await send("¿hay alguien?");
    await waitUntil("its failure", async () => (await kindsOf(early)).includes("failed"));
    const [failed] = (await webhooksOf(early)).map(bodyOf);
    assert.match(`${failed?.code}`, /^(470|131047)$/u);
    assert.equal(await product.ws.balance(), before);
    await product.simulator.inbound({ from: mobile, to: officialNumber(), text: "sí" });
    await waitUntil("the reply", async () => (await repliesOf(mobile))[0]);
    const late = await send("¡qué bueno!");
    await waitUntil("it to be read", async () => (await kindsOf(late)).includes("read"));
    assert.equal((await product.simulator.messages(mobile))[0]?.text, "¡qué bueno!");
  });
});

const PROGRESS = [
  "&messageId",
  "fecha_envio_por_whatsapp",
  "messageId",
  "messageId_whatsapp",
  "type",
  "type2",
];
const KEYS = {
  failed: ["code", "messageId", "reason", "type", "type2"],
  sent: PROGRESS,
  delivered: PROGRESS,
  read: ["&messageId", "fecha_lectura_usuario", "messageId", "messageId_whatsapp", "type", "type2"],
};
