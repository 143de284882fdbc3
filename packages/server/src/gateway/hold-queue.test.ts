import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { HELD_MAX } from "@recado/contract/v1/messages";
import type { AcceptedRow } from "../storage/accepting.ts";
import { makeApiSend, PRICE } from "../testkit/plain-account.ts";
import type { Standing } from "./decide.ts";
import { createHoldQueue } from "./hold-queue.ts";

const RICH: Standing = {
  ...{ balance: PRICE, repeated: false, marketingCount: 0, optedOut: false, cap: null },
};
const POOR: Standing = { ...RICH, balance: PRICE - 1n };
const ROW = { account_id: "account" } as AcceptedRow;

const patient = () => makeApiSend({ waitForBalance: true });
const behind = (count: number) => createHoldQueue(new Map([["account", count]]));

describe("a send that may wait for money", () => {
  test("waits when money is all that it lacks, and goes at once when it has it", () => {
    assert.deepEqual(behind(0).judge(patient(), POOR), { refusal: null, waits: true });
    assert.deepEqual(behind(0).judge(patient(), RICH), { refusal: null, waits: false });
  });

  test("is refused for anything else, though it lacks money too", () => {
    const judged = behind(0).judge(patient(), { ...POOR, optedOut: true });
    assert.deepEqual(judged, { refusal: 11, waits: false });
    assert.deepEqual(behind(1).judge(patient(), { ...RICH, optedOut: true }), judged);
  });

  test("waits behind those of its account that wait already, before it or in its group, though it could be paid", () => {
    assert.deepEqual(behind(1).judge(patient(), RICH), { refusal: null, waits: true });
    const queue = behind(0);
    queue.hold(ROW);
    assert.deepEqual(queue.judge(patient(), RICH), { refusal: null, waits: true });
    assert.deepEqual(queue.rows, [ROW]);
    const others = createHoldQueue(new Map([["other", 5]]));
    assert.deepEqual(others.judge(patient(), RICH), { refusal: null, waits: false });
  });

  test("is refused as any other once as many wait as may", () => {
    assert.deepEqual(behind(HELD_MAX - 1).judge(patient(), POOR), { refusal: null, waits: true });
    assert.deepEqual(behind(HELD_MAX).judge(patient(), POOR), { refusal: 5, waits: false });
    const queue = behind(HELD_MAX - 1);
    queue.hold(ROW);
    assert.deepEqual(queue.judge(patient(), POOR), { refusal: 5, waits: false });
  });
});

test("a send that may not wait is refused, whoever waits; so is one without a price", () => {
  assert.deepEqual(behind(1).judge(makeApiSend(), POOR), { refusal: 5, waits: false });
  assert.deepEqual(behind(1).judge(makeApiSend(), RICH), { refusal: null, waits: false });
  const priceless = { ...patient(), price: null, refusal: 5 } as const;
  assert.deepEqual(behind(1).judge(priceless, RICH), { refusal: 5, waits: false });
});
