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
