import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import {
  startCallback,
  startTestSimulator,
  type TestSimulator,
  testNumber,
  until,
} from "../testkit/start-test-simulator.ts";
import { signMetaBody } from "./meta-json.ts";

let simulator: TestSimulator;

beforeEach(async () => {
  simulator = await startTestSimulator({ eventsPerPostMax: 60 });
  // The template's own event must not mix with those of a test.
  await until(() => simulator.callback.posts.length === 1);
});
afterEach(() => simulator.close());

const statusPosts = () =>
  simulator.callback.posts.filter((post) =>
    post.body.entry.some((entry) => entry.changes.some((change) => change.value.statuses)),
  );

test("every post is signed over its raw bytes", async () => {
  await simulator.send("573001112233", {
    type: "template",
    template: { name: "plain", language: { code: "es_CO" } },
    biz_opaque_callback_data: "ñ/👍",
  });
  await until(() => simulator.statuses().length === 3);
  for (const { headers, raw } of simulator.callback.posts) {
    assert.equal(headers["x-hub-signature-256"], signMetaBody(raw, testNumber.appSecret));
  }
  assert.ok(statusPosts().some((post) => post.raw.includes("\\u00f1\\/\\ud83d\\udc4d")));
  assert.equal(simulator.statuses()[0]?.biz_opaque_callback_data, "ñ/👍");
});

test("held events go out when webhooks are on again, gathered, whole and in the order of each telephone", async () => {
  await simulator.behave({ webhooks: false });
  const before = simulator.callback.posts.length;
  await Promise.all(
    Array.from({ length: 40 }, (_, index) => simulator.send(`5730011122${10 + index}`)),
  );
  const thread = async () => (await simulator.call("GET", "/sim/threads/573001112249")).body[0];
  await until(async () => (await thread()).status === "read");
  assert.equal(simulator.callback.posts.length, before);
  await simulator.behave({ webhooks: true });
  await until(() => simulator.statuses().length >= 120);
  const counts = statusPosts().map((post) =>
    post.body.entry.flatMap((entry) => entry.changes).map((one) => one.value.statuses?.length ?? 0),
  );
  assert.ok(counts.every((sizes) => sizes.reduce((sum, size) => sum + size, 0) <= 60));
  assert.ok(
    counts.some((sizes) => sizes.length > 1),
    "no post had several changes",
  );
  const byMessage = Map.groupBy(simulator.statuses(), (status) => status.id);
  assert.equal(byMessage.size, 40);
  for (const statuses of byMessage.values()) {
    assert.deepEqual(
      statuses.map((status) => status.status),
      ["sent", "delivered", "read"],
    );
  }
});

test("what is not answered 200 is posted again, byte for byte and with the same signature", async () => {
  simulator.callback.status = 503;
  await simulator.send("573001112233");
  const refused = await until(() => statusPosts()[0]);
  simulator.callback.status = 200;
  await until(() => statusPosts().filter((post) => post.raw === refused.raw).length >= 2);
  const again = statusPosts().filter((post) => post.raw === refused.raw);
  assert.equal(again[1]?.headers["x-hub-signature-256"], refused.headers["x-hub-signature-256"]);
});

test("events of several numbers with one callback share a post, each in its own entry", async () => {
  await simulator.behave({ webhooks: false });
  const second = { ...testNumber, id: "777", wabaId: "888", displayNumber: "573006000000" };
  const callbackUrl = simulator.callback.url;
  await simulator.call("POST", "/sim/numbers", { ...second, callbackUrl });
  for (const to of [testNumber.displayNumber, second.displayNumber]) {
    await simulator.call("POST", "/sim/inbound", { from: "573001112233", to, text: "hola" });
  }
  await simulator.behave({ webhooks: true });
  await until(() => simulator.inbound().length === 2);
  const post = simulator.callback.posts.find((one) => one.body.entry.length === 2);
  assert.deepEqual(
    post?.body.entry.map((entry) => [entry.id, entry.changes[0]?.value.metadata?.phone_number_id]),
    [
      [testNumber.wabaId, testNumber.id],
      ["888", "777"],
    ],
  );
});

test("a duplicated event has the same bytes twice", async () => {
  await simulator.behave({ duplicateRate: 1 });
  await simulator.send("573001112233");
  await until(() => simulator.statuses().length === 6);
  const byStatus = Map.groupBy(simulator.statuses(), (status) => status.status);
  for (const copies of byStatus.values()) assert.deepEqual(copies[0], copies[1]);
});

test("an unsubscribed app gets nothing, and a subscribed one gets the WABA's override", async () => {
  const path = `/meta/v23.0/${testNumber.wabaId}/subscribed_apps`;
  await simulator.call("DELETE", path);
  assert.deepEqual((await simulator.call("GET", path)).body, { data: [] });
  const id = (await simulator.send("573001112233")).body.messages[0].id;
  await until(
    async () =>
      (await simulator.call("GET", "/sim/threads/573001112233")).body[0].status === "read",
  );
  const other = await startCallback("other-token");
  const wrong = { override_callback_uri: other.url, verify_token: "wrong" };
  assert.equal((await simulator.call("POST", path, wrong)).status, 400);
  const right = { override_callback_uri: other.url, verify_token: "other-token" };
  assert.deepEqual((await simulator.call("POST", path, right)).body, { success: true });
  await simulator.send("573001112234");
  await until(() => other.posts.length > 0);
  await other.close();
  assert.deepEqual(simulator.statuses(id), []);
});

test("a number says whether its callback echoed the challenge, and is registered either way", async () => {
  const number = { ...testNumber, callbackUrl: simulator.callback.url };
  const right = await simulator.call("POST", "/sim/numbers", number);
  assert.equal(right.body.verification.ok, true);
  const wrong = await simulator.call("POST", "/sim/numbers", { ...number, verifyToken: "other" });
  assert.equal(wrong.status, 200);
  assert.deepEqual(wrong.body.verification, { ok: false, detail: "HTTP 403" });
});
