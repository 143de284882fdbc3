import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Webhook } from "standardwebhooks";
import { startTestSimulator, type TestSimulator } from "../testkit/start-test-simulator.ts";

const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

let simulator: TestSimulator;

before(async () => {
  simulator = await startTestSimulator();
});
after(() => simulator.close());

function deliver(name: string, raw: string, headers: Record<string, string> = {}) {
  return fetch(`${simulator.url}/sim/receiver/${name}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: raw,
  });
}

function signed(raw: string, key = secret): Record<string, string> {
  const at = new Date();
  return {
    "webhook-id": "msg_1",
    "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
    "webhook-signature": new Webhook(key).sign("msg_1", at, raw),
  };
}

test("what comes is listed oldest first with its raw bytes, headers and answer", async () => {
  const raw = '{"&messageId":"1",  "fecha":"2026-11-22"}';
  assert.equal((await deliver("plain-1", raw, { "x-one": "1" })).status, 200);
  await deliver("plain-1", "no json", { "content-type": "text/plain" });
  const { body } = await simulator.call("GET", "/sim/receiver/plain-1");
  assert.equal(body.length, 2);
  assert.equal(body[0].raw, raw);
  assert.deepEqual(body[0].body, { "&messageId": "1", fecha: "2026-11-22" });
  assert.equal(body[0].headers["x-one"], "1");
  assert.equal(body[0].answered, 200);
  assert.equal(body[0].signature, null);
  assert.equal(body[1].raw, "no json");
  assert.equal(body[1].body, null);
});

test("the signature is judged once the secret is known, and the secret survives a reset", async () => {
  await simulator.call("POST", "/sim/receiver-secret/signed", { secret });
  const raw = '{"type":"message-event"}';
  await deliver("signed", raw, signed(raw));
  await deliver("signed", raw, signed(raw, "whsec_b3RoZXJvdGhlcm90aGVyb3RoZXI="));
  await deliver("signed", `${raw} `, signed(raw));
  await deliver("signed", raw);
  const before = await simulator.call("GET", "/sim/receiver/signed");
  assert.deepEqual(
    before.body.map((one: { signature: string }) => one.signature),
    ["valid", "invalid", "invalid", "invalid"],
  );
  await simulator.call("POST", "/sim/reset");
  assert.deepEqual((await simulator.call("GET", "/sim/receiver/signed")).body, []);
  await deliver("signed", raw, signed(raw));
  const after = await simulator.call("GET", "/sim/receiver/signed");
  assert.equal(after.body[0].signature, "valid");
});

test("the next deliveries are refused as told, are listed, and then all is well again", async () => {
  await simulator.call("POST", "/sim/receiver-behaviour/moody", { status: 503, times: 2 });
  const answers: number[] = [];
  for (let index = 0; index < 3; index++) answers.push((await deliver("moody", "{}")).status);
  assert.deepEqual(answers, [503, 503, 200]);
  const { body } = await simulator.call("GET", "/sim/receiver/moody");
  assert.deepEqual(
    body.map((one: { answered: number }) => one.answered),
    [503, 503, 200],
  );
});

test("a wrong name and wrong fields are problem documents that say where", async () => {
  const name = await deliver("a%20b", "{}");
  assert.equal(name.status, 400);
  assert.match(name.headers.get("content-type") ?? "", /^application\/problem\+json/);
  const fields = await simulator.call("POST", "/sim/receiver-behaviour/x", { status: "bad" });
  assert.equal(fields.status, 400);
  assert.equal(fields.body.errors[0].path, "status");
  const secretAnswer = await simulator.call("POST", "/sim/receiver-secret/x", { secret: "%%" });
  assert.equal(secretAnswer.status, 400);
});
