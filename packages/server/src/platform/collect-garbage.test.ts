import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { collectAll } from "./collect-garbage.ts";

test("what nobody uses any more is gone afterwards, and what is used stays", async () => {
  const kept = { text: "kept" };
  const seen = [new WeakRef(kept), makeGarbage()];
  // What a weak reference was made of stays until the turn is over.
  await setImmediate();
  collectAll();
  assert.deepEqual(
    seen.map((each) => each.deref()),
    [kept, undefined],
  );
});

function makeGarbage(): WeakRef<object> {
  return new WeakRef({ text: "used up" });
}
