import assert from "node:assert/strict";
import { test } from "node:test";
import type { LiveEvent, ReceivedWebhook, ThreadItem } from "@recado/contract/simulator-api";
import type { NumberedEvent } from "../api/live-connection.ts";
import { type PageAction, reducePage } from "./page-reducer.ts";
import { countUnread, initialPageState, type PageState } from "./page-state.ts";

const mobile = "573001234567";

test("a chat that was fetched early and followed equals the one fetched late", () => {
  const log = history();
  for (let cut = 0; cut <= log.length; cut += 1) {
    const early = run([fetchedAfter(log, cut, cut), live(log.slice(cut))], log[cut - 1]?.seq);
    assert.deepEqual(items(early), thread(log), `fetched after ${cut} events`);
  }
});

test("a slow fetch does not undo events that overtook it", () => {
  const log = history();
  for (let begun = 0; begun <= log.length; begun += 1) {
    for (let answered = begun; answered <= log.length; answered += 1) {
      const state = run([
        fetchedAfter(log, 0, 0),
        live(log.slice(0, begun)),
        live(log.slice(begun)),
        fetchedAfter(log, answered, begun),
        live(log.slice(answered)),
      ]);
      assert.deepEqual(items(state), thread(log), `begun ${begun}, answered ${answered}`);
    }
  }
});

test("a chat that is opened while things happen in it misses none of them", () => {
  const log = history();
  for (let begun = 0; begun <= log.length; begun += 1) {
    for (let answered = begun; answered <= log.length; answered += 1) {
      const state = run([
        live(log.slice(0, begun)),
        { type: "threadAsked", mobile },
        live(log.slice(begun)),
        fetchedAfter(log, answered, begun),
      ]);
      assert.deepEqual(items(state), thread(log), `begun ${begun}, answered ${answered}`);
      assert.deepEqual(state.awaited, {});
    }
  }
});

test("a fetch drops what the simulator has forgotten", () => {
  const state = run([
    fetchedAfter(history(), 8, 8),
    { type: "thread", mobile, items: [], since: 8 },
  ]);
  assert.deepEqual(items(state), []);
});

test("a repeated event changes nothing and makes no second bubble", () => {
  const log = history();
  const once = run([fetchedAfter(log, 0, 0), live(log)]);
  assert.deepEqual(reducePage(once, live(log.slice(-1))).threads, once.threads);
});

test("a reset empties every chat and keeps the telephones on the stage", () => {
  const state = run([
    fetchedAfter(history(), 0, 0),
    live(history()),
    live([{ seq: 99, event: { kind: "reset" } }]),
  ]);
  assert.deepEqual(state.threads, { [mobile]: [] });
  assert.deepEqual(state.webhooks, []);
});

test("a webhook told twice, live and by a fetch, is shown once and none is lost", () => {
  const [first, second, third] = [webhook(1), webhook(2), webhook(3)];
  const state = run([
    live([received(1, first)]),
    live([received(2, second), received(3, third)]),
    { type: "webhooks", name: "demo", webhooks: [first, second], since: 1 },
    live([received(2, second)]),
  ]);
  assert.deepEqual(
    state.webhooks.map((entry) => entry.webhook),
    [first, second, third],
  );
});

test("another receiver's webhooks are named but not mixed in", () => {
  const event: LiveEvent = { kind: "receiver", name: "other", webhook: webhook(1) };
  const state = run([live([{ seq: 1, event }])]);
  assert.deepEqual(state.receivers, ["other"]);
  assert.deepEqual(state.webhooks, []);
});

test("a message to a telephone off the stage is announced and asks for the list anew", () => {
  const state = run([live(history().slice(0, 1))]);
  assert.deepEqual(
    state.arrivals.map((item) => item.mobile),
    [mobile],
  );
  assert.equal(state.staleTelephones, 1);
  assert.deepEqual(state.threads, {});
});

test("unread are the delivered ones that were neither read nor seen here", () => {
  const log = history();
  const state = run([fetchedAfter(log, 0, 0), live(log)]);
  assert.equal(countUnread(state.threads[mobile] ?? []), 1);
  const seen = reducePage(state, { type: "seen", mobile, ids: new Set(["b"]) });
  assert.equal(countUnread(seen.threads[mobile] ?? []), 0);
});

function run(actions: PageAction[], cursor = 0): PageState {
  return actions.reduce(reducePage, { ...initialPageState, cursor });
}

function items(state: PageState): ThreadItem[] {
  return (state.threads[mobile] ?? []).map((entry) => entry.item);
}

function live(events: NumberedEvent[]): PageAction {
  return { type: "live", events };
}

function fetchedAfter(log: NumberedEvent[], count: number, begun: number): PageAction {
  const since = log[begun - 1]?.seq ?? 0;
  return { type: "thread", mobile, items: thread(log.slice(0, count)), since };
}

/** The simulator's own view: the last word on each bubble, in the order of their times. */
function thread(log: NumberedEvent[]): ThreadItem[] {
  const byId = new Map<string, ThreadItem>();
  for (const { event } of log) {
    if (event.kind === "thread") {
      byId.set(event.item.id, event.item);
    }
  }
  return [...byId.values()].sort((a, b) => a.at.localeCompare(b.at));
}

/** Three messages and an answer; the last one is told after a later one; one fails and is delivered all the same. */
function history(): NumberedEvent[] {
  const steps: [string, ThreadItem["direction"], ThreadItem["status"], number][] = [
    ["a", "in", "sent", 1],
    ["a", "in", "delivered", 1],
    ["b", "in", "sent", 3],
    ["c", "out", "sent", 4],
    ["a", "in", "read", 1],
    ["b", "in", "failed", 3],
    ["d", "in", "failed", 2],
    ["b", "in", "delivered", 3],
  ];
  return steps.map(([id, direction, status, second], index) => ({
    seq: index + 1,
    event: { kind: "thread", item: item({ id, direction, status, at: time(second) }) },
  }));
}

function item(fields: Pick<ThreadItem, "id" | "direction" | "status" | "at">): ThreadItem {
  return {
    mobile,
    official: "573005202020",
    type: "text",
    header: null,
    body: fields.id,
    footer: null,
    buttons: [],
    list: null,
    media: null,
    replyTo: null,
    reaction: null,
    ...fields,
  };
}

function time(second: number): string {
  return new Date(Date.UTC(2026, 10, 22, 10, 0, second)).toISOString();
}

function webhook(second: number): ReceivedWebhook {
  const headers = { "webhook-id": `msg_${second}` };
  return { at: time(second), headers, body: {}, raw: "{}", answered: 200, signature: "valid" };
}

function received(seq: number, of: ReceivedWebhook): NumberedEvent {
  return { seq, event: { kind: "receiver", name: "demo", webhook: of } };
}
