import assert from "node:assert/strict";
import { test } from "node:test";
import { type SlotCandidate, shareSlots } from "./share-slots.ts";

const candidate = (accountId: string, endpointId: string, room = 32): SlotCandidate => ({
  accountId,
  endpointId,
  room,
});
const deal = (candidates: SlotCandidate[], slots: number, turn = 0) =>
  Object.fromEntries(
    shareSlots(candidates, slots, turn).map((share) => [share.endpointId, share.slots]),
  );

test("an account with many endpoints gets no more than one with a single endpoint", () => {
  const many = ["a1", "a2", "a3"].map((id) => candidate("a", id));
  assert.deepEqual(deal([...many, candidate("b", "b1")], 6), { a1: 1, a2: 1, a3: 1, b1: 3 });
});

test("what nobody else wants goes to whoever has room, and no further", () => {
  assert.deepEqual(deal([candidate("a", "a1", 5), candidate("b", "b1", 1)], 100), { a1: 5, b1: 1 });
  assert.deepEqual(deal([candidate("a", "a1", 0), candidate("b", "b1", -1)], 100), {});
  assert.deepEqual(deal([], 100), {});
});

test("with one slot at a time everybody comes to be first", () => {
  const all = [candidate("a", "a1"), candidate("b", "b1"), candidate("c", "c1")];
  const first = [0, 1, 2].map((turn) => Object.keys(deal(all, 1, turn))[0]);
  assert.deepEqual(first, ["a1", "b1", "c1"]);
});
