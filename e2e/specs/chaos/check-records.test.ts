import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { checkRecords } from "../../chaos/check-records.ts";
import { DOCTORINGS, findUnnoticed } from "../../chaos/doctor-records.ts";
import type { ChaosRecords } from "../../chaos/records.ts";

const PRICE = 280_000n;

/** Two messages, one read and one failed, a refusal, and everything that belongs to them. */
function makeRecords(): ChaosRecords {
  const base = { lane: null, price: PRICE, unknownCalls: 0, reason: null };
  const read = { ...base, id: "m1", mobile: "1", status: "read", code: null, refunded: false };
  const failed = {
    ...base,
    id: "m2",
    mobile: "2",
    status: "failed",
    code: "131026",
    refunded: true,
  };
  const transfer = ([causeId, kind, debit, credit]: [string, string, string, string]) => {
    const amount = kind === "topup" ? 10n * PRICE : PRICE;
    return { causeId, kind, debit, credit, amount };
  };
  const told = [
    ["m1", "sent"],
    ["m1", "delivered"],
    ["m1", "read"],
    ["m2", "failed"],
  ] as const;
  const events = [["m1", "accepted"], ["m1", "submitted"], ["m2", "accepted"], ...told] as const;
  const deliveries = told.map(([messageId, kind], at) => ({
    ...{ id: `d${at}`, messageId, kind, seq: BigInt(at + 4), state: "delivered" },
  }));
  const good = { wanted: 1, keyed: true };
  return {
    price: PRICE,
    sends: [
      { ...good, mobile: "1", answers: ["lost", 1], messageId: "m1" },
      { ...good, mobile: "2", answers: [1], messageId: "m2" },
      { mobile: "3", wanted: 7, keyed: false, answers: [7], messageId: null },
    ],
    messages: [read, failed],
    transfers: [
      transfer(["t", "topup", "funding", "wallet"]),
      transfer(["m1", "charge", "wallet", "sales"]),
      transfer(["m2", "charge", "wallet", "sales"]),
      transfer(["m2", "refund", "sales", "wallet"]),
    ],
    events: events.map(([messageId, kind], at) => ({ seq: BigInt(at + 1), messageId, kind })),
    deliveries,
    balance: 9n * PRICE,
    strayRows: 0,
    submitted: [
      { id: "wamid.1", mobile: "1", opaque: "m1", status: "read" },
      { id: "wamid.2", mobile: "2", opaque: "m2", status: "failed" },
    ],
    received: deliveries.map(({ id, messageId, kind }) => ({ deliveryId: id, messageId, kind })),
    forged: 0,
    walletVerified: true,
    troubles: [{ name: "x", what: "", startedAtMs: 0, durationMs: 0, callsUnderWay: 1 }],
    callsLost: 1,
    load: { perSecond: 1, seconds: 3, skipped: 0 },
    ownEndings: [],
  };
}

const broken = (records: ChaosRecords) => checkRecords(records).flatMap(({ breaches }) => breaches);

test("right records break no promise", () => {
  assert.deepEqual(broken(makeRecords()), []);
});

describe("the checker notices that", () => {
  for (const { name, rule, spoil } of DOCTORINGS) {
    test(name, () => {
      const records = makeRecords();
      spoil(records);
      const found = checkRecords(records).filter(({ breaches }) => breaches.length > 0);
      assert.ok(
        found.some((result) => result.name.includes(rule)),
        `only: ${found.map((result) => result.name).join("; ")}`,
      );
    });
  }
});

test("every promise has a doctoring that breaks it", () => {
  const names = checkRecords(makeRecords()).map(({ name }) => name);
  const untried = names.filter((name) => !DOCTORINGS.some(({ rule }) => name.includes(rule)));
  assert.deepEqual(untried, []);
  assert.deepEqual(findUnnoticed(makeRecords()), []);
});

test("what may happen is no breach: a webhook twice, a repeat answered 9, a doubt that was refunded", () => {
  const records = makeRecords();
  records.received.push(...records.received.slice(0, 1));
  records.sends[0] = {
    mobile: "1",
    wanted: 1,
    keyed: false,
    answers: ["lost", 9],
    messageId: null,
  };
  records.messages = records.messages.map((one) =>
    one.id === "m2" ? { ...one, code: "402", unknownCalls: 1 } : one,
  );
  records.submitted = records.submitted.slice(0, 1);
  assert.deepEqual(broken(records), []);
});
