import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { behaviourDefault } from "./behaviour.ts";
import { startTestSimulator, type TestSimulator, until } from "./testkit/start-test-simulator.ts";

let simulator: TestSimulator;

before(async () => {
  simulator = await startTestSimulator();
});
afterEach(() => simulator.behave({ ...behaviourDefault, statusDelayMs: 0 }));
after(() => simulator.close());

test("a change names what changes, and the rest stays", async () => {
  await simulator.behave({ latencyMs: 1 });
  const { body } = await simulator.behave({ reorder: true });
  assert.deepEqual(body, { ...behaviourDefault, statusDelayMs: 0, latencyMs: 1, reorder: true });
});

test("failRate 1 accepts every message and fails it later", async () => {
  await simulator.behave({ failRate: 1 });
  const id = (await simulator.send("573001112201")).body.messages[0].id as string;
  const status = await until(() => simulator.statuses(id)[0]);
  assert.equal(status.errors?.[0]?.code, 131026);
});

test("httpErrorRate 1 answers 500 to every send and accepts none", async () => {
  await simulator.behave({ httpErrorRate: 1 });
  assert.equal((await simulator.send("573001112202")).status, 500);
  const list = await simulator.call("GET", "/sim/messages?to=573001112202&failed=1");
  assert.deepEqual(list.body, []);
});

test("timeoutRate 1 accepts every message and answers no call", async () => {
  await simulator.behave({ timeoutRate: 1 });
  const abort = new AbortController();
  const call = fetch(`${simulator.url}/meta/v23.0/106540352242922/messages`, {
    method: "POST",
    signal: abort.signal,
    headers: { authorization: "Bearer test-token", "content-type": "application/json" },
    body: JSON.stringify({
      messaging_product: "whatsapp",
      to: "573001112203",
      type: "template",
      template: { name: "plain", language: { code: "es_CO" } },
    }),
  });
  const outcome = call.then(
    () => "answered",
    () => "aborted",
  );
  await until(() => simulator.statuses().some((status) => status.recipient_id === "573001112203"));
  abort.abort();
  assert.equal(await outcome, "aborted");
});

test("reorder tells the last event first", async () => {
  await simulator.behave({ reorder: true });
  const id = (await simulator.send("573001112204")).body.messages[0].id as string;
  await until(() => simulator.statuses(id).length === 3);
  assert.deepEqual(
    simulator.statuses(id).map((status) => status.status),
    ["read", "delivered", "sent"],
  );
  const thread = await simulator.call("GET", "/sim/threads/573001112204");
  assert.equal(thread.body[0].status, "read");
});
