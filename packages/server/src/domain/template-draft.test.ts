import assert from "node:assert/strict";
import { test } from "node:test";
import { findEditRefusal, NAME_BLOCKED_MS } from "./template-draft.ts";

const NOW = Date.UTC(2026, 10, 22, 12);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

test("an approved template is edited once in 24 hours; the refusal says from when again", () => {
  assert.equal(findEditRefusal([], NOW), null);
  assert.equal(
    findEditRefusal([NOW - HOUR], NOW),
    "WhatsApp takes 1 edit(s) of an approved template in 24 hours: the next one from 2026-11-23T11:00:00.000Z",
  );
  assert.equal(findEditRefusal([NOW - DAY + 1], NOW) === null, false);
  assert.equal(findEditRefusal([NOW - DAY], NOW), null);
});

test("and ten times in thirty days: then from when the tenth last one is thirty days old, in whatever order they are given", () => {
  const edits = Array.from({ length: 12 }, (_none, index) => NOW - (2 + 2 * index) * DAY);
  const refusal =
    "WhatsApp takes 10 edit(s) of an approved template in 30 days: the next one from 2026-12-02T12:00:00.000Z";
  assert.equal(findEditRefusal(edits, NOW), refusal);
  assert.equal(findEditRefusal(edits.toReversed(), NOW), refusal);
  assert.equal(findEditRefusal(edits.slice(0, 9), NOW), null);
});

test("edits that are thirty days old count no more", () => {
  const old = Array.from({ length: 10 }, () => NOW - 30 * DAY);
  assert.equal(findEditRefusal(old, NOW), null);
  assert.notEqual(
    findEditRefusal(
      old.map((at) => at + 1),
      NOW,
    ),
    null,
  );
});

test("the name of a deleted template is blocked for thirty days", () => {
  assert.equal(NAME_BLOCKED_MS, 2_592_000_000);
});
