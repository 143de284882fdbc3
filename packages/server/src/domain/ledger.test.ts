import assert from "node:assert/strict";
import { test } from "node:test";
import { planTransfers, type StoredTransfer, type TransferKind } from "./ledger.ts";

/* Each line: what is asked for, what becomes of it, the balance after it. */
const STATEMENT = `
topup           t1  100000  done        100000
charge          m1     250  done         99750
charge          m1     250  repeated     99750
refund          m1       0  done        100000
refund          m1       0  repeated    100000
refund-reversal m1       0  done         99750
refund-reversal m1       0  repeated     99750
refund          m2       0  groundless   99750
refund-reversal m2       0  groundless   99750
topup           t1  100000  repeated     99750
charge          m3   99750  done             0
refund          m3       0  done         99750
charge          m4   99750  done             0
refund-reversal m3       0  done        -99750
`;

test("the ledger reads like a bank statement", () => {
  const stored: StoredTransfer[] = [];
  let balance = 0n;
  for (const line of STATEMENT.trim().split("\n")) {
    const [kind, causeId = "", amount = "0", result, after = "0"] = line.split(/\s+/u);
    const wish = {
      accountId: "A",
      causeId,
      kind: kind as TransferKind,
      amount: BigInt(amount),
    };
    const plan = planTransfers([wish], stored, new Map([["A", balance]]));
    stored.push(...plan.planned);
    balance = plan.planned[0]?.balanceAfter ?? balance;
    assert.equal(plan.results[0], result, line);
    assert.equal(balance, BigInt(after), line);
  }
});

test("a group is decided in order, each line against those before it", () => {
  const wish = (kind: TransferKind) => ({ accountId: "A", causeId: "m", kind, amount: 5n });
  const { results } = planTransfers(
    [wish("refund"), wish("charge"), wish("refund"), wish("refund")],
    [],
    new Map([["A", 9n]]),
  );
  assert.deepEqual(results, ["groundless", "done", "done", "repeated"]);
});

test("an account without a wallet moves no money", () => {
  const wish = { accountId: "B", causeId: "t", kind: "topup" as const, amount: 1n };
  assert.deepEqual(planTransfers([wish], [], new Map()).results, ["groundless"]);
});

const FROM_TO: Record<TransferKind, string> = {
  topup: "funding wallet",
  adjustment: "funding wallet",
  charge: "wallet sales",
  refund: "sales wallet",
  "refund-reversal": "wallet sales",
  allocation: "wallet funding",
  resale: "sales wallet",
  wholesale: "wallet sales",
};

/** What one wish becomes, when all that it could need stands. */
function plan(kind: TransferKind, amount: bigint) {
  const cause = { accountId: "A", causeId: "m" };
  const grounds = { refund: ["charge"], "refund-reversal": ["charge", "refund"] } as const;
  const needed: readonly TransferKind[] =
    kind === "refund" || kind === "refund-reversal" ? grounds[kind] : [];
  const stored = needed.map((ground) => ({ ...cause, kind: ground, amount }));
  const { planned } = planTransfers([{ ...cause, kind, amount }], stored, new Map([["A", 100n]]));
  return planned[0];
}

test("each kind takes from one book and gives to another, and the wallet's balance says so", () => {
  for (const [kind, books] of Object.entries(FROM_TO) as [TransferKind, string][]) {
    for (const amount of [7n, 0n]) {
      const made = plan(kind, amount);
      assert.equal(`${made?.debit} ${made?.credit}`, books, kind);
      assert.equal(made?.amount, amount);
      assert.equal(made?.balanceAfter, books.endsWith("wallet") ? 100n + amount : 100n - amount);
    }
  }
});

test("a reseller's day that gave back more than it took goes the other way, by a positive amount", () => {
  const { debit, credit, amount, balanceAfter } = plan("resale", -7n) ?? {};
  assert.deepEqual([debit, credit, amount, balanceAfter], ["wallet", "sales", 7n, 93n]);
  const owed = plan("wholesale", -7n) ?? {};
  assert.deepEqual(
    [owed.debit, owed.credit, owed.amount, owed.balanceAfter],
    ["sales", "wallet", 7n, 107n],
  );
});

test("each line of a group has the balance that those before it left", () => {
  const wish = (causeId: string) => ({
    accountId: "A",
    causeId,
    kind: "charge" as const,
    amount: 5n,
  });
  const { planned } = planTransfers([wish("m1"), wish("m2")], [], new Map([["A", 9n]]));
  assert.deepEqual(
    planned.map(({ balanceAfter }) => balanceAfter),
    [4n, -1n],
  );
});

test("a cause belongs to its account: another's charge grounds no refund and repeats nothing", () => {
  const stored = [{ accountId: "A", causeId: "m", kind: "charge" as const, amount: 5n }];
  const wish = (kind: TransferKind) => ({ accountId: "B", causeId: "m", kind, amount: 5n });
  const { results } = planTransfers([wish("refund"), wish("charge")], stored, new Map([["B", 9n]]));
  assert.deepEqual(results, ["groundless", "done"]);
});

test("a refund gives back what was charged, whatever amount it is asked with", () => {
  const stored = [{ accountId: "A", causeId: "m", kind: "charge" as const, amount: 5n }];
  const wish = { accountId: "A", causeId: "m", kind: "refund" as const, amount: 900n };
  assert.equal(planTransfers([wish], stored, new Map([["A", 0n]])).planned[0]?.amount, 5n);
});
