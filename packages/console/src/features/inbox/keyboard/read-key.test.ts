import assert from "node:assert/strict";
import { test } from "node:test";
import { INBOX_KEYS, type Pending, readKey } from "./read-key.ts";

const key = (name: string, held: object = {}) => ({
  ...{ key: name, ctrlKey: false, metaKey: false, altKey: false },
  ...held,
});

function type(...names: string[]) {
  let pending: Pending | null = null;
  let command: string | null = null;
  for (const [index, name] of names.entries()) {
    ({ command, pending } = readKey(key(name), pending, index));
  }
  return command;
}

test("every key of the sheet does what the sheet says", () => {
  for (const { keys, command } of INBOX_KEYS) assert.equal(type(...keys.split(" ")), command, keys);
});

test("no key means two things", () => {
  const all = INBOX_KEYS.map(({ keys }) => keys);
  assert.equal(new Set(all).size, all.length);
  for (const keys of all) {
    assert.ok(!all.some((other) => other !== keys && other.startsWith(`${keys} `)), keys);
  }
});

test("a sequence that took too long, or was broken, does nothing by mistake", () => {
  const pending = { key: "g", atMs: 0 };
  assert.equal(readKey(key("m"), pending, 1_200).command, "goMine");
  assert.equal(readKey(key("m"), pending, 1_201).command, null);
  assert.equal(type("g", "j"), null);
  assert.equal(type("g", "x", "j"), "next");
});

test("keys that are held with another belong to the browser", () => {
  for (const held of [{ ctrlKey: true }, { metaKey: true }, { altKey: true }]) {
    assert.deepEqual(readKey(key("e", held), null, 0), { command: null, pending: null });
  }
});
