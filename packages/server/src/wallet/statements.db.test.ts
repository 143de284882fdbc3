import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { updateAccount } from "../accounts/accounts.ts";
import { AppError } from "../platform/app-error.ts";
import { createSecretBox } from "../platform/secret-box.ts";
import { type AccountRow, findAccount } from "../storage/accounts.ts";
import { withTransaction } from "../storage/connect.ts";
import type { BuiltAccount } from "../testkit/build-account.ts";
import { type GatewayWorld, openGatewayWorld } from "../testkit/gateway-world.ts";
import { refuseRows } from "../testkit/refuse-rows.ts";
import { postTransfers } from "./post.ts";
import { browseStatements, closeAllMonths, readStatement } from "./statements.ts";
import { topUp } from "./topup.ts";
import { verifyBooks } from "./verify.ts";

/* Bogotá's months begin at 05:00 UTC. A message costs 250. */

let world: GatewayWorld;
let built: BuiltAccount;

before(async () => {
  world = await openGatewayWorld();
  world.time.nowMs = Date.UTC(2026, 9, 31, 15);
  built = await world.account({ balance: 0n });
  const { accountId } = built;
  await world.pool.query("delete from transfers where account_id = $1", [accountId]);
  await world.pool.query("update accounts set created_at = $2 where account_id = $1", [
    accountId,
    new Date(world.time.nowMs),
  ]);
});
after(() => world.close());

const account = async (): Promise<AccountRow> => {
  const row = await findAccount(world.pool, built.accountId);
  assert.ok(row);
  return row;
};
const tell = async (month: string) => readStatement(world.shared, await account(), month);
const pay = (amount: bigint, reference: string) =>
  topUp(world.shared, { accountId: built.accountId, reference, amount, note: "", createdBy: null });
const refusalOf = async (month: string) =>
  tell(month).then(
    () => "told",
    (error: unknown) => (error instanceof AppError ? error.code : error),
  );

function move(causeId: string, kind: "refund" | "refund-reversal", at = world.time.nowMs) {
  const wish = { accountId: built.accountId, causeId, kind, amount: 0n };
  return withTransaction(world.pool, (sql) => postTransfers(sql, [wish], new Date(at)));
}

describe("closing", () => {
  test("looks at every account, however many there are, and closes the months that are over", async () => {
    const many = await openGatewayWorld();
    try {
      many.time.nowMs = Date.UTC(2026, 11, 5);
      const last = "ffffffff-ffff-4fff-bfff-ffffffffffff";
      await many.pool.query(
        `insert into accounts (account_id, name, countries, created_at)
         select gen_random_uuid(), 'young', array['CO'], timestamptz '2026-12-04' from generate_series(1, 500)
         union all select $1, 'old', array['CO'], timestamptz '2026-11-20'`,
        [last],
      );
      assert.equal(await closeAllMonths(many.shared), 501);
      const { rows } = await many.pool.query("select account_id, month from statements");
      assert.deepEqual(rows, [{ account_id: last, month: "2026-11" }]);
    } finally {
      await many.close();
    }
  });
});

test("a month that cannot be closed keeps no other account's open", async () => {
  const many = await openGatewayWorld();
  try {
    many.time.nowMs = Date.UTC(2026, 11, 5);
    const id = (digit: number) => `00000000-0000-4000-8000-00000000000${digit}`;
    await many.pool.query(
      `insert into accounts (account_id, name, countries, created_at)
       select unnest($1::uuid[]), 'old', '{CO}', timestamptz '2026-11-20'`,
      [[id(1), id(2)]],
    );
    const closed = async () => {
      await closeAllMonths(many.shared);
      const { rows } = await many.pool.query("select account_id from statements order by 1");
      return rows.map((row) => row.account_id);
    };
    await refuseRows(many.pool, { accountId: id(1), table: "statements" }, async () => {
      assert.deepEqual(await closed(), [id(2)]);
    });
    assert.deepEqual(await closed(), [id(1), id(2)]);
  } finally {
    await many.close();
  }
});

describe("a month", () => {
  let failed: string;
  let november: string;

  test("that is going on is told as it stands, and not kept", async () => {
    await pay(10_000_000n, "october");
    failed = await world.accept(built);
    const { document } = await tell("2026-10");
    assert.deepEqual(
      [document.closed, document.opening_balance, document.closing_balance],
      [false, "0.00", "750.00"],
    );
    assert.equal((await world.pool.query("select from statements")).rowCount, 0);
  });

  test("begins and ends by the account's clocks", async () => {
    world.time.nowMs = Date.UTC(2026, 10, 1, 4, 59, 59, 999);
    await world.accept(built);
    world.time.nowMs = Date.UTC(2026, 10, 1, 5);
    await world.accept(built);
    const { document } = await tell("2026-11");
    assert.deepEqual(
      [document.starts_at, document.opening_balance, document.closing_balance],
      ["2026-11-01T05:00:00.000Z", "500.00", "250.00"],
      "within the hour in which October is not closed yet",
    );
    assert.equal((await world.pool.query("select from statements")).rowCount, 0);
  });

  test("that is told before it is closed ends now, or where it ended", async () => {
    world.time.nowMs = Date.UTC(2026, 10, 1, 5, 30);
    const ends = async (month: string) => (await tell(month)).document.ends_at;
    assert.equal(await ends("2026-11"), "2026-11-01T05:30:00.000Z");
    assert.equal(await ends("2026-10"), "2026-11-01T05:00:00.000Z");
  });

  test("is closed an hour after its end, once, whoever asks and however many do", async () => {
    world.time.nowMs = Date.UTC(2026, 10, 20);
    const told = await Promise.all(Array.from({ length: 4 }, () => tell("2026-10")));
    await closeAllMonths(world.shared);
    assert.equal(new Set(told.map(({ text }) => text)).size, 1);
    assert.equal(told[0]?.document.closed, true);
    const digest = createHash("sha256")
      .update(told[0]?.text ?? "")
      .digest("hex");
    assert.equal(told[0]?.digest, digest);
    assert.equal((await world.pool.query("select from statements")).rowCount, 1);
  });

  test("has every kind and category with its sum, and they add up", async () => {
    await move(failed, "refund");
    await move(failed, "refund-reversal");
    await world
      .accept(built, { idTemplate: String(built.templates.promo), templateVariables: "[Ana]" })
      .catch(() => null);
    world.time.nowMs = Date.UTC(2026, 11, 1, 6);
    const { document, text } = await tell("2026-11");
    november = text;
    assert.equal(document.closed, true, "an hour after its end to the millisecond");
    assert.deepEqual(
      document.lines.map(({ kind, category, count, amount }) => [kind, category, count, amount]),
      [
        ["charge", "marketing", 1, "-250.00"],
        ["charge", "service", 1, "-250.00"],
        ["refund", "service", 1, "250.00"],
        ["refund-reversal", "service", 1, "-250.00"],
      ],
    );
    assert.deepEqual([document.opening_balance, document.closing_balance], ["500.00", "0.00"]);
  });

  test("stays as it was told when something is written down late: that is in the next one", async () => {
    await move(failed, "refund", Date.UTC(2026, 10, 30)).then(() =>
      world.pool.query("delete from transfers where cause_id = $1 and kind <> 'charge'", [failed]),
    );
    await world.pool.query("update wallets set balance = 0 where account_id = $1", [
      built.accountId,
    ]);
    await pay(30_000n, "december");
    await world.pool.query("update transfers set at = '2026-11-29' where reference = 'december'");
    assert.equal((await tell("2026-11")).text, november);
    const { document } = await tell("2026-12");
    assert.deepEqual(document.lines, []);
    const late = document.late_lines.map(({ kind, count, amount }) => [kind, count, amount]);
    assert.deepEqual(late, [
      ["topup", 1, "3.00"],
      ["refund", -1, "-250.00"],
      ["refund-reversal", -1, "250.00"],
    ]);
    assert.equal(document.closing_balance, "3.00");
  });

  test("begins where the last one ended, though the account's clocks were changed", async () => {
    await updateAccount(
      { ...world.shared, secretBox: createSecretBox([Buffer.alloc(32, 7)]) },
      built.accountId,
      { timeZone: "Asia/Tokyo" },
    );
    world.time.nowMs = Date.UTC(2027, 0, 5);
    const december = (await tell("2026-12")).document;
    assert.deepEqual(
      [december.starts_at, december.ends_at],
      ["2026-12-01T05:00:00.000Z", "2026-12-31T15:00:00.000Z"],
    );
    assert.equal((await tell("2026-11")).text, november);
  });

  test("that is over is in the list of those that are closed, newest first", async () => {
    const months = (await browseStatements(world.shared, await account())).map(
      ({ month }) => month,
    );
    assert.deepEqual(months, ["2026-12", "2026-11", "2026-10"]);
    const built = await world.account();
    const young = await findAccount(world.pool, built.accountId);
    assert.ok(young);
    await world.pool.query("update accounts set created_at = '2026-11-20' where account_id = $1", [
      young.accountId,
    ]);
    const closed = await browseStatements(world.shared, {
      ...young,
      createdAt: new Date("2026-11-20"),
    });
    assert.deepEqual(
      closed.map(({ month }) => month),
      ["2026-12", "2026-11"],
      "also when nobody asked for one before",
    );
  });

  test("before the account, after today, or that is none is refused", async () => {
    assert.equal(await refusalOf("2026-09"), "not_found");
    assert.equal(await refusalOf("2027-02"), "not_found");
    assert.equal(await refusalOf("2026-13"), "invalid_request");
  });

  test("that was tampered with is found by the proof of the books", async () => {
    const clean = async () => (await verifyBooks(world.pool)).statements.map(({ why }) => why);
    assert.deepEqual(await clean(), []);
    await world.pool.query(
      "update statements set document = replace(document, '500', '501') where month = '2026-11'",
    );
    assert.match((await clean()).join(), /not the one that was closed/u);
    await world.pool.query("update statements set document = $1 where month = '2026-11'", [
      november,
    ]);
    await world.pool.query("update statements set closing = closing + 1 where month = '2026-11'");
    assert.match((await clean()).join(), /does not begin where the month before ended/u);
    await world.pool.query("update statements set closing = closing - 1 where month = '2026-11'");
    await pay(10_000n, "late");
    await world.pool.query(
      "update transfers set at = '2026-12-01 06:00Z' where reference = 'late'",
    );
    assert.match((await clean()).join(), /came after it was closed/u);
  });
});
