import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type BuiltAccount, buildAccount } from "../testkit/build-account.ts";
import { openTestDatabase, type TestDatabase } from "../testkit/database.ts";
import {
  type AcceptedRow,
  findRecent,
  insertAccepted,
  lockWallets,
  type RecentQuestion,
} from "./accepting.ts";
import { uuidFloor } from "./partitions.ts";

let database: TestDatabase;
const NOW = Date.UTC(2026, 10, 22, 15);
let made = 0;

before(async () => {
  database = await openTestDatabase();
});
after(() => database.close());

function row(account: BuiltAccount, more: Partial<AcceptedRow> & { atMs?: number } = {}) {
  const { atMs = NOW, ...fields } = more;
  const id = () => {
    made += 1;
    return uuidFloor(atMs).slice(0, 24) + String(made).padStart(12, "0");
  };
  const at = new Date(atMs).toISOString();
  return {
    account_id: account.accountId,
    id: id(),
    event_id: id(),
    project_id: account.projectId,
    channel_id: account.channelId,
    mobile: "573001234567",
    category: "marketing",
    kind: "template",
    template_id: null,
    variables: ["ñ", "[x]", '"'],
    body: "Hola",
    media: null,
    custom_field: "",
    digest: "00ff",
    source: "ws",
    price: "100",
    class: 2,
    scheduled_at: null,
    deadline_at: at,
    accepted_at: at,
    balance_after: "0",
    position: 1,
    ...fields,
  };
}

function spend(account: BuiltAccount, spent: string, messages: number) {
  return { account_id: account.accountId, spent, messages };
}

describe("storing what was accepted", () => {
  test("numbers each account's events without gaps, over several accounts and calls", async () => {
    const [one, other] = [await buildAccount(database.pool), await buildAccount(database.pool)];
    const rows = [row(one), row(other), row(one, { position: 2 })];
    await insertAccepted(database.pool, rows, [spend(one, "200", 2), spend(other, "100", 1)]);
    await insertAccepted(database.pool, [row(one)], [spend(one, "100", 1)]);
    const seqs = async (account: BuiltAccount) => {
      const found = await database.pool.query(
        "select seq from events where account_id = $1 order by seq",
        [account.accountId],
      );
      return found.rows.map((event) => Number(event.seq));
    };
    assert.deepEqual([await seqs(one), await seqs(other)], [[1, 2, 3], [1]]);
  });

  test("takes from each wallet what its messages cost, and keeps variables as they were", async () => {
    const account = await buildAccount(database.pool, { balance: 1_000n });
    const message = row(account);
    await insertAccepted(database.pool, [message], [spend(account, "100", 1)]);
    const wallets = await lockWallets(database.pool, [account.accountId]);
    assert.equal(wallets.get(account.accountId)?.balance, 900n);
    const { rows } = await database.pool.query("select variables from messages where id = $1", [
      message.id,
    ]);
    assert.deepEqual(rows[0].variables, ["ñ", "[x]", '"']);
  });

  test("is all or nothing: an id that exists leaves wallet, counter and ledger alone", async () => {
    const account = await buildAccount(database.pool, { balance: 1_000n });
    const message = row(account);
    await insertAccepted(database.pool, [message], [spend(account, "100", 1)]);
    await assert.rejects(
      insertAccepted(database.pool, [row(account), message], [spend(account, "200", 2)]),
    );
    const { rows } = await database.pool.query(
      `select (select balance from wallets where account_id = $1) as balance,
         (select event_seq from counters where account_id = $1) as seq,
         (select count(*)::int from transfers where account_id = $1 and kind = 'charge') as charges`,
      [account.accountId],
    );
    assert.deepEqual(rows[0], { balance: 900n, seq: 1n, charges: 1 });
  });
});

describe("what was said lately", () => {
  async function ask(account: BuiltAccount, more: Partial<RecentQuestion> = {}) {
    const question = {
      accountId: account.accountId,
      projectId: account.projectId,
      mobile: "573001234567",
      digest: "00ff",
      repeatSinceMs: NOW - 60_000,
      marketingSinceMs: NOW - 86_400_000,
      ...more,
    };
    const [answer] = await findRecent(database.pool, [question]);
    return answer;
  }

  test("is told from other words, mobiles, projects and accounts, and ends with its window", async () => {
    const [account, other] = [await buildAccount(database.pool), await buildAccount(database.pool)];
    const atMs = NOW - 59_999;
    await insertAccepted(database.pool, [row(account, { atMs })], [spend(account, "100", 1)]);
    assert.deepEqual(await ask(account), { repeated: true, marketingCount: 1, optedOut: false });
    assert.equal((await ask(account, { repeatSinceMs: atMs }))?.repeated, false);
    assert.deepEqual(await ask(account, { digest: "00fe" }), {
      repeated: false,
      marketingCount: 1,
      optedOut: false,
    });
    const nothing = { repeated: false, marketingCount: 0, optedOut: false };
    assert.deepEqual(await ask(account, { mobile: "573001234568" }), nothing);
    assert.deepEqual(await ask(account, { projectId: other.projectId }), nothing);
    assert.deepEqual(await ask(other, { projectId: account.projectId }), nothing);
    assert.equal((await ask(account, { marketingSinceMs: atMs }))?.marketingCount, 0);
    assert.equal((await ask(account, { marketingSinceMs: null }))?.marketingCount, 0);
  });

  test("repeats what failed too, and counts for the cap only what did not", async () => {
    const account = await buildAccount(database.pool);
    await insertAccepted(
      database.pool,
      [row(account), row(account, { category: "utility", position: 2 })],
      [spend(account, "200", 2)],
    );
    assert.deepEqual(await ask(account), { repeated: true, marketingCount: 1, optedOut: false });
    await database.pool.query("update messages set status = 'failed' where account_id = $1", [
      account.accountId,
    ]);
    assert.deepEqual(await ask(account), { repeated: true, marketingCount: 0, optedOut: false });
  });

  test("is answered question by question, in the order asked", async () => {
    const [one, other] = [await buildAccount(database.pool), await buildAccount(database.pool)];
    await insertAccepted(database.pool, [row(other)], [spend(other, "100", 1)]);
    const question = (account: BuiltAccount) => ({
      accountId: account.accountId,
      projectId: account.projectId,
      mobile: "573001234567",
      digest: "00ff",
      repeatSinceMs: NOW - 60_000,
      marketingSinceMs: null,
    });
    const answers = await findRecent(database.pool, [one, other, one, other].map(question));
    assert.deepEqual(
      answers.map((answer) => answer.repeated),
      [false, true, false, true],
    );
  });
});
