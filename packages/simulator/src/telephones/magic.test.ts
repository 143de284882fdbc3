import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { startTestSimulator, type TestSimulator, until } from "../testkit/start-test-simulator.ts";
import { failingPrefix, findMagicRole, magicTelephones } from "./magic.ts";

let simulator: TestSimulator;

before(async () => {
  simulator = await startTestSimulator();
});
after(() => simulator.close());

async function sendAndWait(to: string, events: number): Promise<string[]> {
  const answer = await simulator.send(to);
  assert.equal(answer.status, 200);
  const id = answer.body.messages[0].id as string;
  await until(() => simulator.statuses(id).length >= events);
  // One more round, so that an event too many would be seen.
  const marker = (await simulator.send("573004445566")).body.messages[0].id as string;
  await until(() => simulator.statuses(marker).length >= 3);
  return simulator.statuses(id).map((status) => status.status);
}

test("every other telephone is sent, delivered and read", async () => {
  assert.deepEqual(await sendAndWait("573001112233", 3), ["sent", "delivered", "read"]);
});

test("573008000001 is sent and never delivered", async () => {
  assert.deepEqual(await sendAndWait("573008000001", 1), ["sent"]);
});

test("573008000002 is delivered and never read, even when the chat is opened", async () => {
  assert.deepEqual(await sendAndWait("573008000002", 2), ["sent", "delivered"]);
  const answer = await simulator.call("POST", "/sim/read", { mobile: "573008000002" });
  assert.deepEqual(answer.body, { read: 0 });
});

test("573008000003 has every event twice", async () => {
  const statuses = await sendAndWait("573008000003", 6);
  assert.deepEqual(statuses.toSorted(), [
    ...["delivered", "delivered"],
    ...["read", "read"],
    ...["sent", "sent"],
  ]);
});

test("573008000004 has its events in the wrong order, with the right times", async () => {
  await simulator.behave({ statusDelayMs: 1_000 });
  const answer = await simulator.send("573008000004");
  await simulator.behave({ statusDelayMs: 0 });
  const id = answer.body.messages[0].id as string;
  const statuses = await until(() => simulator.statuses(id).length >= 3 && simulator.statuses(id));
  assert.deepEqual(
    statuses.map((status) => status.status),
    ["read", "delivered", "sent"],
  );
  const times = statuses.map((status) => Number(status.timestamp));
  assert.deepEqual(times, times.toSorted().toReversed());
  assert.ok((times[0] ?? 0) > (times[2] ?? 0));
});

test("573008000005 answers HTTP 500 and has accepted nothing", async () => {
  const answer = await simulator.send("573008000005");
  assert.equal(answer.status, 500);
  assert.equal(answer.body.error.code, 131000);
  assert.deepEqual((await simulator.call("GET", "/sim/messages?to=573008000005")).body, []);
});

test("573008000006 accepts, never answers, and its statuses flow", async () => {
  const abort = new AbortController();
  const call = fetch(`${simulator.url}/meta/v23.0/106540352242922/messages`, {
    method: "POST",
    signal: abort.signal,
    headers: { authorization: "Bearer test-token", "content-type": "application/json" },
    body: JSON.stringify({
      messaging_product: "whatsapp",
      to: "+573008000006",
      biz_opaque_callback_data: "unanswered",
      type: "template",
      template: { name: "plain", language: { code: "es_CO" } },
    }),
  });
  let answered = false;
  const done = call.then(
    () => {
      answered = true;
    },
    () => {},
  );
  const mine = () =>
    simulator.statuses().filter((one) => one.biz_opaque_callback_data === "unanswered");
  await until(() => mine().length === 3);
  assert.equal((await simulator.call("GET", "/sim/messages?to=573008000006")).body.length, 1);
  assert.equal(answered, false);
  abort.abort();
  await done;
});

test("573008000007 cuts the connection and has accepted nothing", async () => {
  await assert.rejects(simulator.send("573008000007"));
  assert.deepEqual((await simulator.call("GET", "/sim/messages?to=573008000007")).body, []);
});

test("573008000008 answers 130429 twice for each message, then accepts it", async () => {
  for (const opaque of ["first", "second"]) {
    const message = {
      type: "template",
      template: { name: "plain", language: { code: "es_CO" } },
      biz_opaque_callback_data: opaque,
    };
    const codes: number[] = [];
    for (let attempt = 0; attempt < 3; attempt++) {
      const { body } = await simulator.send("573008000008", message);
      codes.push(body.error?.code ?? 0);
    }
    assert.deepEqual(codes, [130429, 130429, 0]);
  }
  assert.equal((await simulator.call("GET", "/sim/messages?to=573008000008")).body.length, 2);
});

test("573008000009 is reported failed and then delivered all the same", async () => {
  assert.deepEqual(await sendAndWait("573008000009", 2), ["failed", "delivered"]);
});

test("573008000010 reads at once and replies ok, quoting nothing", async () => {
  const statuses = await sendAndWait("573008000010", 3);
  assert.deepEqual(statuses, ["sent", "delivered", "read"]);
  const reply = await until(() =>
    simulator.inbound().find((message) => message.from === "573008000010"),
  );
  assert.deepEqual(reply.text, { body: "ok" });
  assert.equal(reply.context, undefined);
});

for (const [mobile, code] of [
  ["573009131048", 131048],
  ["573009000470", 470],
  ["573009001005", 1005],
  ["573009131026", 131026],
  ["573009131049", 131049],
  ["573009999999", 999999],
] as const) {
  test(`${mobile} is accepted and then fails with ${code}`, async () => {
    const answer = await simulator.send(mobile);
    assert.equal(answer.status, 200);
    const [status] = await until(() => {
      const statuses = simulator.statuses(answer.body.messages[0].id);
      return statuses.length > 0 && statuses;
    });
    assert.equal(status?.status, "failed");
    assert.equal(status?.errors?.[0]?.code, code);
    assert.equal(status?.pricing, undefined);
    assert.deepEqual((await simulator.call("GET", `/sim/messages?to=${mobile}`)).body, []);
    const all = await simulator.call("GET", `/sim/messages?to=${mobile}&failed=1`);
    assert.equal(all.body.length, 1);
  });
}

for (const [mobile, code, httpStatus] of [
  ["573009132015", 132015, 400],
  ["573009132001", 132001, 404],
  ["573009131021", 131021, 400],
  ["573009131031", 131031, 403],
  ["573009131008", 131008, 400],
  ["573009000100", 100, 400],
  ["573009000190", 190, 401],
  ["573009000200", 200, 403],
] as const) {
  test(`${mobile} is refused at once with ${code}`, async () => {
    const answer = await simulator.send(mobile);
    assert.equal(answer.status, httpStatus);
    assert.equal(answer.body.error.code, code);
    const all = await simulator.call("GET", `/sim/messages?to=${mobile}&failed=1`);
    assert.deepEqual(all.body, []);
  });
}

test("a telephone that is nearly magic is an ordinary one", () => {
  for (const mobile of ["57300913104", "5730091310481", "573008000011", "563009131048"]) {
    assert.equal(findMagicRole(mobile), undefined);
  }
});

test("the README's table of telephones is the code's", () => {
  const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
  const rows = [...readme.matchAll(/^\| `(57300[0-9C]+)` +\| `([a-z0-9-]+)` +\|/gm)];
  const inReadme = Object.fromEntries(rows.map(([, mobile, part]) => [mobile, part]));
  assert.deepEqual(inReadme, { ...magicTelephones, [`${failingPrefix}CCCCCC`]: "fails" });
});
