import assert from "node:assert/strict";
import { test } from "node:test";
import { readWorkEvent, type WorkEvent, type WorkState } from "./work-facts.ts";

/*
 * Steps are written as `minute what who`, and the facts that follow as `what who seconds`; both by hand.
 */

const KINDS: Record<string, string> = {
  opens: "conversation.opened",
  writes: "reply",
  assigned: "conversation.assigned",
  freed: "conversation.unassigned",
  moved: "conversation.transferred",
  answers: "conversation.answered",
  resolves: "conversation.resolved",
  reopens: "conversation.reopened",
  rates: "conversation.rated",
};

function tell(steps: string): string[] {
  let state: WorkState | undefined;
  const told: string[] = [];
  for (const [index, step] of steps
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean)
    .entries()) {
    const [minute = "", what = "", who = null] = step.split(/\s+/u);
    const hands = ["assigned", "freed", "moved"].includes(what);
    const event: WorkEvent = {
      id: String(index),
      kind: KINDS[what] ?? "",
      at: new Date(Number(minute) * 60_000),
      ...{ conversationId: "v", projectId: "p" },
      byUserId: hands ? null : who,
      ...(hands && { assigneeId: who }),
      ...(what === "rates" && { score: 4 }),
    };
    const read = readWorkEvent(state, event);
    state = read.state;
    for (const { fact, userId, seconds, score } of read.facts) {
      told.push([fact, userId, seconds, score].filter((part) => part !== null).join(" "));
    }
  }
  return told;
}

test("a day in the life: opened, taken, answered, resolved, rated", () => {
  const told = tell(`
    0 opens
    0 writes
    2 assigned ana
    5 answers ana
    6 writes
    9 answers ana
    30 resolves ana
    31 writes
    31 rates ana`);
  assert.deepEqual(told, [
    ...["opened", "received", "assigned ana", "sent ana", "first-answer ana 300"],
    ...["received ana", "sent ana", "resolved ana 1800", "received ana", "rated ana 4"],
  ]);
});

test("a transfer is counted for whoever gets it, and the first answer for whoever gives it", () => {
  const told = tell(`
    0 opens
    0 writes
    1 assigned ana
    4 moved beto
    10 answers beto
    12 answers ana`);
  assert.deepEqual(told, [
    ...["opened", "received", "assigned ana", "assigned beto", "transferred beto"],
    ...["sent beto", "first-answer beto 600", "sent ana"],
  ]);
});

test("after a reopening a first answer and an end are measured anew; waking up is no reopening", () => {
  const told = tell(`
    0 opens
    0 writes
    1 answers ana
    2 resolves ana
    2 resolves ana
    60 reopens ana
    61 writes
    63 answers ana
    65 reopens
    70 resolves ana`);
  assert.deepEqual(told, [
    ...["opened", "received", "sent ana", "first-answer ana 60", "resolved ana 120", "reopened"],
    ...["received", "sent ana", "first-answer ana 120", "resolved ana 600"],
  ]);
});

test("whoever writes first has answered nobody, and what is said after the end begins no waiting", () => {
  const told = tell(`
    0 opens
    1 answers ana
    2 resolves ana
    3 writes
    4 reopens ana
    5 answers ana`);
  assert.deepEqual(told, [
    "opened",
    "sent ana",
    "resolved ana 120",
    "received",
    "reopened",
    "sent ana",
  ]);
});

test("freed and given to the same person again is given, and taken from nobody", () => {
  assert.deepEqual(tell("0 opens\n1 assigned ana\n2 freed\n3 assigned ana\n4 moved ana"), [
    "opened",
    "assigned ana",
    "assigned ana",
  ]);
});

test("what happens to a conversation without a word on its team or its holder leaves both as they are", () => {
  const state: WorkState = {
    ...{ conversationId: "v", beganAt: new Date(0), waitingSince: null, answered: false },
    ...{ ended: false, userId: "ana", teamId: "ventas" },
  };
  const event = { id: "1", at: new Date(0), conversationId: "v", projectId: "p", byUserId: null };
  const after = (facts: Partial<WorkEvent>) => {
    const kind = "conversation.transferred";
    const { state: next, facts: told } = readWorkEvent(state, { ...event, kind, ...facts });
    return [next.userId, next.teamId, told.map(({ fact }) => fact).join(" ")];
  };
  assert.deepEqual(after({}), ["ana", "ventas", ""]);
  assert.deepEqual(after({ teamId: "soporte" }), ["ana", "soporte", ""]);
  assert.deepEqual(after({ teamId: null, assigneeId: null }), [null, null, ""]);
  assert.deepEqual(after({ assigneeId: "luis" }), ["luis", "ventas", "assigned transferred"]);
});

test("a rating counts for who is named with it, else for who has the conversation", () => {
  const state: WorkState = {
    ...{ conversationId: "v", beganAt: new Date(0), waitingSince: null, answered: true },
    ...{ ended: true, userId: "ana", teamId: null },
  };
  const event = { id: "1", at: new Date(0), conversationId: "v", projectId: "p", score: 5 };
  const rated = (byUserId: string | null) =>
    readWorkEvent(state, { ...event, kind: "conversation.rated", byUserId }).facts[0]?.userId;
  assert.deepEqual([rated("luis"), rated(null)], ["luis", "ana"]);
});
