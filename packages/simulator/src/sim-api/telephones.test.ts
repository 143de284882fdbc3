import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, test } from "node:test";
import type { LiveEvent, SimulatorState, ThreadItem } from "@recado/contract/simulator-api";
import {
  startTestSimulator,
  type TestSimulator,
  testNumber,
  until,
} from "../testkit/start-test-simulator.ts";

const official = testNumber.displayNumber;
const hourMs = 3_600_000;

let simulator: TestSimulator;
let offsetMs = 0;

before(async () => {
  simulator = await startTestSimulator({ clock: () => Date.now() + offsetMs });
  await simulator.addTemplate({
    name: "buttons",
    language: "es_CO",
    category: "UTILITY",
    components: [
      { type: "BODY", text: "¿Confirmas?" },
      {
        type: "BUTTONS",
        buttons: [
          { type: "QUICK_REPLY", text: "Sí" },
          { type: "QUICK_REPLY", text: "No" },
        ],
      },
    ],
  });
});
after(() => simulator.close());

const text = (body: string) => ({ type: "text", text: { body } });
const idOf = (answer: { body: { messages: { id: string }[] } }) =>
  answer.body.messages[0]?.id ?? "";

async function lastStatus(id: string) {
  return until(() => {
    const statuses = simulator.statuses(id);
    return ["read", "failed"].includes(statuses.at(-1)?.status ?? "") && statuses.at(-1);
  });
}

test("free text fails with 131047 until the person writes, flows for 24 hours, then fails again", async () => {
  const closed = await lastStatus(idOf(await simulator.send("573002000001", text("hola"))));
  assert.equal(closed.errors?.[0]?.code, 131047);
  await simulator.write("573002000001");
  const open = await lastStatus(idOf(await simulator.send("573002000001", text("hola"))));
  assert.equal(open.status, "read");
  offsetMs += 24 * hourMs;
  const late = await lastStatus(idOf(await simulator.send("573002000001", text("hola"))));
  assert.equal(late.errors?.[0]?.code, 131047);
});

test("a window belongs to one number and one person", async () => {
  await simulator.write("573002000002");
  const other = await lastStatus(idOf(await simulator.send("573002000003", text("hola"))));
  assert.equal(other.errors?.[0]?.code, 131047);
});

test("a tap on a template's button quotes it and carries the payload that was sent", async () => {
  const id = idOf(
    await simulator.send("573002000004", {
      type: "template",
      template: {
        name: "buttons",
        language: { code: "es_CO" },
        components: [
          {
            type: "button",
            sub_type: "quick_reply",
            index: "0",
            parameters: [{ type: "payload", payload: "CONFIRM-881" }],
          },
        ],
      },
    }),
  );
  for (const button of ["Sí", "No"]) {
    const body = { from: "573002000004", to: official, button, replyTo: id };
    assert.equal((await simulator.call("POST", "/sim/inbound", body)).status, 200);
  }
  const taps = await until(() => {
    const found = simulator.inbound().filter((one) => one.from === "573002000004");
    return found.length === 2 && found;
  });
  assert.deepEqual(
    taps.map((tap) => [tap.type, tap.button, tap.context]),
    [
      ["button", { payload: "CONFIRM-881", text: "Sí" }, { from: official, id }],
      ["button", { payload: "No", text: "No" }, { from: official, id }],
    ],
  );
});

test("a button without a quoted template is the text that stands on it", async () => {
  const body = { from: "573002000005", to: official, button: "Sí" };
  await simulator.call("POST", "/sim/inbound", body);
  const message = await until(() => simulator.inbound().find((one) => one.from === body.from));
  assert.equal(message.type, "text");
  assert.deepEqual(message.text, { body: "Sí" });
});

test("a person's picture is told with its hash, looked up, downloaded and shown", async () => {
  const bytes = Buffer.from("\x89PNG\r\n\x1a\n picture");
  const media = {
    kind: "image",
    mime: "image/png",
    base64: bytes.toString("base64"),
    caption: "é",
  };
  await simulator.call("POST", "/sim/inbound", { from: "573002000006", to: official, media });
  const message = await until(() => simulator.inbound().find((one) => one.from === "573002000006"));
  const image = message.image as { id: string; sha256: string; caption: string; url: string };
  const digest = createHash("sha256").update(bytes);
  assert.equal(image.sha256, digest.copy().digest("base64"));
  assert.equal(image.caption, "é");
  const lookup = await simulator.call("GET", `/meta/v23.0/${image.id}`);
  assert.equal(lookup.body.sha256, digest.digest("hex"));
  for (const url of [image.url, lookup.body.url]) {
    const withToken = await fetch(url, { headers: { authorization: "Bearer test-token" } });
    assert.deepEqual(Buffer.from(await withToken.arrayBuffer()), bytes);
    assert.equal((await fetch(url)).status, 401);
  }
  const shown = await fetch(`${simulator.url}/sim/media/${image.id}`);
  assert.deepEqual(Buffer.from(await shown.arrayBuffer()), bytes);
  offsetMs += 6 * 60_000;
  const late = await fetch(lookup.body.url, { headers: { authorization: "Bearer test-token" } });
  assert.equal(late.status, 404);
});

test("the person's ticks: one when written, two when the business has it, blue when it was read", async () => {
  await simulator.behave({ webhooks: false });
  const id = await simulator.write("573002000007");
  const status = async () =>
    ((await simulator.call("GET", "/sim/threads/573002000007")).body as ThreadItem[])[0]?.status;
  assert.equal(await status(), "sent");
  await simulator.behave({ webhooks: true });
  await until(async () => (await status()) === "delivered");
  const read = { messaging_product: "whatsapp", status: "read", message_id: id };
  const answer = await simulator.call("POST", `/meta/v23.0/${testNumber.id}/messages`, read);
  assert.deepEqual(answer.body, { success: true });
  assert.equal(await status(), "read");
});

test("a reaction shows on the bubble that it is about and is only sent", async () => {
  const target = await simulator.write("573002000008");
  const reaction = { type: "reaction", reaction: { message_id: target, emoji: "👍" } };
  const id = idOf(await simulator.send("573002000008", reaction));
  await until(() => simulator.statuses(id).length === 1);
  const { body } = await simulator.call("GET", "/sim/threads/573002000008");
  assert.deepEqual(
    body.map((item: ThreadItem) => [item.id, item.reaction]),
    [[target, "👍"]],
  );
});

test("the live stream continues after its cursor and misses nothing", async () => {
  const state = (await simulator.call("GET", "/sim/state")).body as SimulatorState;
  const id = await simulator.write("573002000009", "en vivo");
  await simulator.call("POST", "/sim/receiver/live", { a: 1 });
  const abort = new AbortController();
  const response = await fetch(`${simulator.url}/sim/live`, {
    headers: { "last-event-id": String(state.cursor) },
    signal: abort.signal,
  });
  const events: LiveEvent[] = [];
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of response.body ?? []) {
    rest += decoder.decode(chunk as Uint8Array, { stream: true });
    const parts = rest.split("\n\n");
    rest = parts.pop() ?? "";
    for (const part of parts) {
      const data = /^data: (.*)$/m.exec(part)?.[1];
      if (data !== undefined) events.push(JSON.parse(data) as LiveEvent);
    }
    const isWhole =
      events.some((event) => event.kind === "thread" && event.item.id === id) &&
      events.some((event) => event.kind === "receiver" && event.name === "live");
    if (isWhole) break;
  }
  abort.abort();
  assert.ok(events.length >= 2);
});

test("wrong fields are problem documents that name each of them", async () => {
  const wrong: [path: string, body: unknown, field: string, status: number][] = [
    ["/sim/inbound", { from: "x", to: official, text: "a" }, "from", 400],
    ["/sim/inbound", { from: "573002000001", to: official }, "text", 400],
    ["/sim/behaviour", { failRate: 1.5 }, "failRate", 400],
    ["/sim/behaviour", { nonsense: 1 }, "(body)", 400],
    ["/sim/numbers", { id: "1" }, "wabaId", 400],
  ];
  for (const [path, body, field, status] of wrong) {
    const answer = await simulator.call("POST", path, body);
    assert.equal(answer.status, status);
    assert.equal(answer.headers.get("content-type"), "application/problem+json");
    assert.ok(
      answer.body.errors.some((one: { path: string }) => one.path === field),
      path,
    );
  }
  const unknown = { from: "573002000001", to: "573009999990", text: "a" };
  assert.equal((await simulator.call("POST", "/sim/inbound", unknown)).status, 404);
  const malformed = await fetch(`${simulator.url}/sim/behaviour`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "{",
  });
  assert.equal(malformed.status, 400);
  assert.equal(malformed.headers.get("content-type"), "application/problem+json");
});

test("the page's hint is what was given, and null before that", async () => {
  assert.deepEqual((await simulator.call("GET", "/sim/hints")).body, { curl: null });
  await simulator.call("POST", "/sim/hints", { curl: "curl -d …" });
  assert.deepEqual((await simulator.call("GET", "/sim/hints")).body, { curl: "curl -d …" });
});

test("a reset forgets messages, events and behaviour, and keeps numbers and templates", async () => {
  await simulator.behave({ failRate: 1 });
  await simulator.call("POST", "/sim/reset");
  const state = (await simulator.call("GET", "/sim/state")).body as SimulatorState;
  assert.deepEqual(state.telephones, []);
  assert.equal(state.behaviour.failRate, 0);
  assert.equal(state.numbers.length, 1);
  assert.equal((await simulator.send("573002000001")).status, 200);
});
