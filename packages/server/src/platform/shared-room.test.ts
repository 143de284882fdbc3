import assert from "node:assert/strict";
import { test } from "node:test";
import { createSharedRoom } from "./shared-room.ts";

test("whoever is alone may use all of it, and again what was given back", () => {
  const room = createSharedRoom(10);
  const leave = room.take("a", 6);
  assert.ok(leave);
  assert.ok(room.take("a", 4));
  assert.equal(room.take("a", 1), null);
  leave();
  assert.ok(room.take("a", 6));
  assert.equal(room.take("a", 1), null);
});

test("who fills it is refused and not the next who comes, up to twice as much in all", () => {
  const room = createSharedRoom(10);
  assert.ok(room.take("a", 10));
  assert.ok(room.take("b", 5));
  assert.equal(room.take("b", 1), null, "its share is used up");
  assert.ok(room.take("c", 5));
  assert.equal(room.take("d", 1), null, "twice as much");
});

test("an owner with nothing in it is let in, however small a share would be", () => {
  const room = createSharedRoom(10);
  for (const owner of ["a", "b", "c", "d", "e"]) assert.ok(room.take(owner, 2));
  assert.ok(room.take("f", 4));
});
