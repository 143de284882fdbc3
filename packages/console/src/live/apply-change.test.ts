import assert from "node:assert/strict";
import { test } from "node:test";
import type { ConversationRow } from "@recado/contract/console/inbox";
import type { LiveChange } from "@recado/contract/console/inbox-live";
import type { ThreadItem } from "@recado/contract/console/inbox-thread";
import fc from "fast-check";
import {
  applyChanges,
  applyEndPage,
  applyMiddlePage,
  applyNewerPage,
  applyPresence,
  applyRows,
  applyThreadPage,
  beginThread,
} from "./apply-change.ts";
import { EMPTY_MODEL, type LiveModel } from "./live-model.ts";

const row = (id: string, version: number) =>
  ({
    id,
    version,
    contact: { id: `person-${id}` },
    channel_id: "number",
  }) as ConversationRow;
const note = (id: string, version: number, place = id) =>
  ({ type: "note", id, place, version, text: `v${version}` }) as ThreadItem;
const change = (seq: number, conversation: ConversationRow, message: ThreadItem | null) =>
  ({
    seq,
    conversation,
    conversation_id: conversation.id,
    message,
    message_id: message?.id ?? null,
  }) as LiveChange;

const KEY = "person-a number";
const loaded = (olderCursor: string | null, ...items: ThreadItem[]): LiveModel =>
  applyThreadPage(applyRows(EMPTY_MODEL, [row("a", 1)]), KEY, { items, olderCursor });
const idsOf = (model: LiveModel) => model.threads.get(KEY)?.items.map(({ id }) => id);

test("whatever of the log is repeated or skipped by a resumed stream, the state is that of the whole log", () => {
  const log = Array.from({ length: 40 }, (_, index) => {
    const seq = index + 2;
    const conversation = row(index % 3 === 0 ? "b" : "a", seq);
    return change(seq, conversation, note(`m${String(index % 17).padStart(2, "0")}`, seq));
  });
  const whole = applyChanges(loaded(null), log);
  const cuts = fc.array(fc.record({ from: fc.nat(39), back: fc.nat(20) }), { maxLength: 20 });
  fc.assert(
    fc.property(cuts, (breaks) => {
      let model = loaded(null);
      let at = 0;
      for (const { from, back } of breaks) {
        model = applyChanges(model, log.slice(at, Math.max(at, from)));
        at = Math.max(0, Math.max(at, from) - back);
      }
      model = applyChanges(model, log.slice(at));
      assert.deepEqual(model, whole);
    }),
    { numRuns: 200 },
  );
});

test("an older version never replaces a newer one, whichever way it came", () => {
  const model = applyChanges(loaded(null, note("m1", 5)), [change(9, row("a", 9), note("m1", 9))]);
  const after = applyThreadPage(applyRows(model, [row("a", 3)]), KEY, {
    items: [note("m1", 4)],
    olderCursor: null,
  });
  assert.equal(after.rows.get("a")?.version, 9);
  assert.deepEqual(after.threads.get(KEY)?.items, [note("m1", 9)]);
});

test("an answer whose moment is in whole seconds stands behind what it answers, live and loaded", () => {
  // The person's message has a smaller id than ours, and came in after it.
  const ours = note("m5", 1);
  const answer = note("m4", 2, "m6");
  const live = applyChanges(loaded(null, note("m1", 1), ours), [change(2, row("a", 2), answer)]);
  const fresh = loaded(null, note("m1", 1), ours, answer);
  assert.deepEqual(idsOf(live), ["m1", "m5", "m4"]);
  assert.deepEqual(live.threads.get(KEY)?.items, fresh.threads.get(KEY)?.items);
  const seen = applyChanges(live, [change(3, row("a", 3), note("m4", 3, "m6"))]);
  assert.deepEqual(
    seen.threads.get(KEY)?.items.map(({ version }) => version),
    [1, 1, 3],
  );
});

test("while pages load, all stands where it stands at the end: nothing comes in between what is shown", () => {
  // Their ids say nothing of their order: all of one second.
  const all = Array.from({ length: 12 }, (_, index) =>
    note(`m${(index * 7) % 12}x`, 1, `p${String(index).padStart(2, "0")}`),
  );
  let model = loaded("older", ...all.slice(9));
  for (const from of [6, 3, 0]) {
    const lost = applyChanges(model, [change(9, row("a", 9), all[1] as ThreadItem)]);
    assert.deepEqual(lost.threads.get(KEY)?.items, all.slice(from + 3));
    const page = { items: all.slice(from, from + 3), olderCursor: from === 0 ? null : "older" };
    model = applyThreadPage(model, KEY, page);
    assert.deepEqual(model.threads.get(KEY)?.items, all.slice(from));
  }
  const middle = { items: all.slice(4, 6), olderCursor: "older", newerCursor: "newer" };
  model = applyMiddlePage(model, KEY, middle);
  model = applyChanges(model, [change(10, row("a", 10), note("m0z", 2, "p99"))]);
  assert.deepEqual(model.threads.get(KEY)?.items, all.slice(4, 6));
  const rest = { items: all.slice(6), newerCursor: null };
  const ids = idsOf(applyNewerPage(model, KEY, rest));
  assert.deepEqual(ids, [...all.slice(4).map(({ id }) => id), "m0z"]);
});

test("a part out of the middle takes in nothing from beyond its end, and loses nothing of it when that is reached", () => {
  const middle = applyMiddlePage(loaded("older", note("m8", 1), note("m9", 1)), KEY, {
    items: [note("m3", 1), note("m4", 1)],
    ...{ olderCursor: "older", newerCursor: "newer" },
  });
  assert.deepEqual(idsOf(middle), ["m3", "m4"]);
  const news = [change(5, row("a", 5), note("n1", 5)), change(6, row("a", 6), note("m4", 6))];
  const lived = applyChanges(middle, news);
  assert.deepEqual(idsOf(lived), ["m3", "m4"]);
  assert.equal(lived.threads.get(KEY)?.items[1]?.version, 6);
  const next = applyNewerPage(lived, KEY, { items: [note("m5", 1)], newerCursor: "newer2" });
  assert.deepEqual(idsOf(next), ["m3", "m4", "m5"]);
  const items = [note("m8", 1), note("m9", 1)];
  const whole = applyNewerPage(next, KEY, { items, newerCursor: null });
  assert.deepEqual(idsOf(whole), ["m3", "m4", "m5", "m8", "m9", "n1"]);
  const after = applyChanges(whole, [change(7, row("a", 7), note("n2", 7))]);
  assert.deepEqual(idsOf(after), ["m3", "m4", "m5", "m8", "m9", "n1", "n2"]);
  const back = applyEndPage(lived, KEY, { items, olderCursor: "older" });
  assert.deepEqual(idsOf(back), ["m8", "m9", "n1"]);
  assert.equal(back.threads.get(KEY)?.newerCursor, null);
});

test("items stand in the order of their places, and what is older than the loaded part waits for its page", () => {
  const partly = applyChanges(loaded("cursor", note("m5", 1)), [
    change(2, row("a", 2), note("m7", 2)),
    change(3, row("a", 3), note("m6", 3)),
    change(4, row("a", 4), note("m1", 4)),
  ]);
  assert.deepEqual(idsOf(partly), ["m5", "m6", "m7"]);
  const page = { items: [note("m1", 4), note("m3", 1)], olderCursor: null };
  assert.deepEqual(idsOf(applyThreadPage(partly, KEY, page)), ["m1", "m3", "m5", "m6", "m7"]);
});

test("a thread that nobody has opened is not begun by a change", () => {
  const model = applyChanges(EMPTY_MODEL, [change(2, row("a", 2), note("m1", 2))]);
  assert.equal(model.threads.size, 0);
  assert.equal(model.seq, 2);
});

test("what happens while a thread is being loaded is in it afterwards, without a hole", () => {
  const begun = beginThread(applyRows(EMPTY_MODEL, [row("a", 1)]), KEY);
  const meanwhile = applyChanges(begun, [
    change(6, row("a", 6), note("m9", 6)),
    change(7, row("a", 7), note("m1", 7)),
    change(8, row("a", 8), note("m5", 8)),
  ]);
  assert.equal(meanwhile.threads.get(KEY)?.loaded, false);
  const page = { items: [note("m4", 1), note("m5", 2)], olderCursor: "cursor" };
  const after = applyThreadPage(meanwhile, KEY, page);
  assert.deepEqual(after.threads.get(KEY)?.items, [note("m4", 1), note("m5", 8), note("m9", 6)]);
  assert.equal(beginThread(after, KEY), after);
});

test("presence that is complete forgets who is not named", () => {
  const looking = (id: string) => ({
    conversation_id: id,
    people: [{ user_id: "u", doing: "looking" as const }],
    composer: null,
  });
  const first = applyPresence(EMPTY_MODEL, {
    complete: true,
    here: ["u"],
    conversations: [looking("a"), looking("b")],
  });
  const left = { ...looking("a"), people: [] };
  const partly = applyPresence(first, { complete: false, here: null, conversations: [left] });
  assert.deepEqual([...partly.presence.keys()], ["b"]);
  assert.deepEqual([...partly.here], ["u"]);
  const fresh = applyPresence(partly, { complete: true, here: [], conversations: [] });
  assert.equal(fresh.presence.size, 0);
  assert.equal(fresh.here.size, 0);
});
