import assert from "node:assert/strict";
import { test } from "node:test";
import { changeOutbox, findNext, mergeKept, type OutboxDeed, type Outgoing } from "./outbox.ts";

const SEND = {
  kind: "send",
  key: "k1",
  conversationId: "c",
  body: "Hola",
  at: "2026-11-22",
} as const;
const play = (...deeds: OutboxDeed<string>[]) =>
  deeds.reduce<readonly Outgoing<string>[]>((outbox, deed) => changeOutbox(outbox, deed), []);
const problem = (
  status: number,
  code: "unreachable" | "conflict" | "internal" | "too_many_requests",
) => ({ kind: "problem", key: "k1", problem: { status, code, detail: "why" } }) as const;

test("a lost answer keeps the key and the text, and the same key is sent again", () => {
  const lost = play(SEND, problem(0, "unreachable"));
  assert.equal(lost[0]?.state, "unsure");
  const again = changeOutbox(lost, { kind: "again", key: "k1" });
  assert.deepEqual(again, play(SEND));
  for (const open of [problem(503, "internal"), problem(429, "too_many_requests")]) {
    assert.equal(play(SEND, open)[0]?.state, "unsure");
  }
});

test("a refusal keeps the text with its reason until somebody throws it away", () => {
  const refused = play(SEND, problem(409, "conflict"));
  assert.equal(refused[0]?.state, "refused");
  assert.equal(refused[0]?.body, "Hola");
  assert.deepEqual(refused[0]?.refusal, { code: "conflict", detail: "why" });
  assert.deepEqual(changeOutbox(refused, { kind: "again", key: "k1" }), refused);
  assert.deepEqual(changeOutbox(refused, { kind: "discard", key: "k1" }), []);
});

test("what is on its way cannot be thrown away, since it may have been sent", () => {
  assert.equal(play(SEND, { kind: "discard", key: "k1" }).length, 1);
  assert.equal(play(SEND, problem(0, "unreachable"), { kind: "discard", key: "k1" }).length, 1);
});

test("what was taken stays until the server's own row is shown, whatever is said of a repetition", () => {
  const taken = play(
    SEND,
    { kind: "answered", key: "k1", messageId: "m1" },
    problem(409, "conflict"),
  );
  assert.equal(taken[0]?.state, "taken");
  const others = changeOutbox(taken, { kind: "shown", messageIds: new Set(["m2"]) });
  assert.equal(others, taken);
  assert.deepEqual(changeOutbox(taken, { kind: "shown", messageIds: new Set(["m1"]) }), []);
});

test("the same key is one message", () => {
  assert.equal(play(SEND, { ...SEND, body: "Adiós" }).length, 1);
});

test("an outbox does not grow without end, and gives up nothing that may still be sent", () => {
  let outbox: readonly Outgoing<string>[] = play(SEND, problem(409, "conflict"));
  for (let index = 0; index < 250; index += 1) {
    outbox = changeOutbox(outbox, { ...SEND, key: `x${index}` });
  }
  assert.ok(!outbox.some(({ key }) => key === "k1"));
  assert.equal(outbox.length, 250);
});

test("messages of a conversation leave one after the other, and none waits for another conversation's", () => {
  const sent = play(SEND, { ...SEND, key: "k2" }, { ...SEND, key: "k3", conversationId: "d" });
  assert.equal(findNext(sent, "c")?.key, "k1");
  assert.equal(findNext(sent, "d")?.key, "k3");
  const unsure = changeOutbox(sent, problem(0, "unreachable"));
  assert.equal(findNext(unsure, "c")?.key, "k1", "what is uncertain keeps its place");
  const refused = changeOutbox(sent, problem(409, "conflict"));
  assert.equal(findNext(refused, "c")?.key, "k2");
  const taken = changeOutbox(sent, { kind: "answered", key: "k1", messageId: "m" });
  assert.equal(findNext(taken, "c")?.key, "k2");
});

test("two tabs of one browser keep each other's messages, and what is settled is kept by nobody", () => {
  const other = play({ ...SEND, key: "theirs" });
  const outbox = play(SEND, { ...SEND, key: "k2" });
  const settled = changeOutbox(outbox, { kind: "answered", key: "k2", messageId: "m" });
  const keys = new Set(["k1", "k2"]);
  const kept = mergeKept([...other, ...outbox], { outbox: settled, keys });
  assert.deepEqual(
    kept.map(({ key }) => key),
    ["theirs", "k1"],
  );
});
