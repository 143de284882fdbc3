import assert from "node:assert/strict";
import { test } from "node:test";
import {
  chooseTelephones,
  firstTelephones,
  openByHand,
  openOnArrival,
  parseMobile,
} from "./stage-choice.ts";

const told = ["1", "2", "3", "4", "5"].map((mobile) => ({
  mobile,
  lastAt: `2026-11-22T10:00:0${mobile}.000Z`,
  unread: 0,
}));

test("an empty simulator still shows two telephones", () => {
  assert.deepEqual(chooseTelephones([], []), firstTelephones);
});

test("the first view shows the three that were written to last", () => {
  assert.deepEqual(chooseTelephones([], told), ["5", "4", "3"]);
});

test("last time's telephones come back, unless only others have messages", () => {
  assert.deepEqual(chooseTelephones(["2", "9"], told), ["2", "9"]);
  assert.deepEqual(chooseTelephones(["9"], told), ["5", "4", "3"]);
  assert.deepEqual(chooseTelephones(["9"], []), ["9"]);
});

test("an arriving message takes a silent telephone's place and never a talking one's", () => {
  assert.deepEqual(
    openOnArrival(["1", "2"], "7", (mobile) => mobile === "1"),
    ["7", "2"],
  );
  assert.deepEqual(
    openOnArrival(["1", "2"], "7", () => false),
    ["1", "2", "7"],
  );
  assert.deepEqual(
    openOnArrival(["1", "2", "3"], "7", () => false),
    ["1", "2", "3"],
  );
});

test("a telephone asked for by hand always opens, and never twice", () => {
  assert.deepEqual(openByHand(["1", "2", "3", "4"], "7"), ["1", "2", "3", "7"]);
  assert.deepEqual(openByHand(["1", "2"], "2"), ["1", "2"]);
});

test("a mobile is taken as people type it and refused when it is none", () => {
  assert.equal(parseMobile("+57 300 123 45 67"), "573001234567");
  assert.equal(parseMobile("(300) 123-4567"), "573001234567");
  assert.equal(parseMobile("34600111222"), "34600111222");
  assert.equal(parseMobile("300"), null);
  assert.equal(parseMobile("57300123456x"), null);
});
