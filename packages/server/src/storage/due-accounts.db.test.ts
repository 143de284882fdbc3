import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { createIdMaker } from "../platform/ids.ts";
import { openTestDatabase, type TestDatabase } from "../testkit/database.ts";
import { findExpiredAccounts, releaseExpired } from "./delivery-outcomes.ts";
import { findParkedAccounts, insertParked, takeParked } from "./inbound.ts";

const ids = createIdMaker();
const NOW = new Date();
const BEFORE = new Date(NOW.getTime() - 1_000);
const LATER = new Date(NOW.getTime() + 60_000);
const TERMS = { now: NOW, attemptsMax: 8, max: 100 };
/** An account that has nothing to do costs nothing: some descents of an index, each of a few pages. */
const IDLE_PAGES_MAX = 100;

let database: TestDatabase;
before(async () => {
  database = await openTestDatabase();
});
beforeEach(() => database.pool.query("truncate deliveries, delivery_attempts, parked_statuses"));
after(() => database.close());

const newId = () => ids.next(Date.now());

async function insertDelivery(
  accountId: string,
  state: string,
  { dueAt, attempts = 1 }: { dueAt: Date; attempts?: number },
) {
  const id = newId();
  await database.pool.query(
    `insert into deliveries (account_id, id, endpoint_id, seq, kind, order_key, body, state, due_at, owner, attempts, created_at)
     values ($1, $2, $2, 1, 'sent', 'm', '{}', $3, $4, $2, $5, $6)`,
    [accountId, id, state, dueAt, attempts, NOW],
  );
  await database.pool.query(
    "insert into delivery_attempts (account_id, id, delivery_id, number, started_at) values ($1, $2, $3, $4, $5)",
    [accountId, newId(), id, attempts, NOW],
  );
  return id;
}

async function statesOf(accountId: string): Promise<string[]> {
  const { rows } = await database.pool.query<{ state: string }>(
    "select state from deliveries where account_id = $1 order by id",
    [accountId],
  );
  return rows.map((row) => row.state);
}

async function park(accountId: string, retryAt: Date): Promise<string> {
  const id = newId();
  const item = { providerMessageId: `wamid.${id}`, at: NOW } as never;
  await insertParked(database.pool, [{ accountId, id, item, parkedAt: NOW, retryAt }]);
  return id;
}

/** Pages that a statement of ours reads, by PostgreSQL's own count. */
async function countPages(work: (sql: TestDatabase["pool"]) => Promise<unknown>): Promise<number> {
  const sent: { text: string; values?: unknown[] }[] = [];
  const listener = {
    query: (query: { text: string; values?: unknown[] }) => {
      sent.push(query);
      return { rows: [] };
    },
  };
  await work(listener as never);
  const [query] = sent;
  assert.ok(query);
  const client = await database.pool.connect();
  // As the connections of the product have it: their statements go by a key.
  await client.query("set enable_seqscan = off");
  const explained = { text: `explain (analyze, buffers, format json) ${query.text}` };
  const { rows } = await client.query({ ...explained, values: query.values ?? [] });
  client.release(true);
  const plan = rows[0]["QUERY PLAN"][0].Plan as Record<string, number>;
  return (plan["Shared Hit Blocks"] ?? 0) + (plan["Shared Read Blocks"] ?? 0);
}

describe("calls whose process is dead", () => {
  test("are found by account, each account once, and none whose lease still holds", async () => {
    const [dead, alive, waiting] = [newId(), newId(), newId()].sort();
    assert.ok(dead && alive && waiting);
    await insertDelivery(dead, "calling", { dueAt: LATER });
    await insertDelivery(dead, "calling", { dueAt: BEFORE });
    await insertDelivery(dead, "calling", { dueAt: BEFORE });
    await insertDelivery(alive, "calling", { dueAt: LATER });
    await insertDelivery(waiting, "pending", { dueAt: BEFORE });
    assert.deepEqual(await findExpiredAccounts(database.pool, NOW), [dead]);
  });

  test("are given back for the account that is asked for, and for no other", async () => {
    const [mine, other] = [newId(), newId()];
    await insertDelivery(mine, "calling", { dueAt: BEFORE });
    await insertDelivery(mine, "calling", { dueAt: LATER });
    await insertDelivery(mine, "calling", { dueAt: BEFORE, attempts: TERMS.attemptsMax });
    await insertDelivery(other, "calling", { dueAt: BEFORE });
    const { exhausted, released } = await releaseExpired(database.pool, mine, TERMS);
    assert.deepEqual([exhausted.map((one) => one.accountId), released], [[mine], 1]);
    assert.deepEqual(await statesOf(mine), ["pending", "calling", "exhausted"]);
    assert.deepEqual(await statesOf(other), ["calling"]);
  });

  test("are given back once, however many processes ask at one moment", async () => {
    const mine = newId();
    for (let n = 0; n < 20; n += 1) await insertDelivery(mine, "calling", { dueAt: BEFORE });
    const asked = [1, 2, 3, 4].map(() => releaseExpired(database.pool, mine, TERMS));
    const released = (await Promise.all(asked)).map((one) => one.released);
    assert.equal(
      released.reduce((sum, one) => sum + one, 0),
      20,
    );
  });

  test("are looked for at the same cost with ten thousand accounts that have none", async () => {
    await database.pool.query(
      `insert into deliveries (account_id, id, endpoint_id, seq, kind, order_key, body, state, due_at, created_at)
       select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 1, 'sent', 'm', '{}',
         case when n % 2 = 0 then 'pending' else 'delivered' end, $1, $1 from generate_series(1, 20000) n`,
      [LATER],
    );
    await database.pool.query("vacuum (analyze) deliveries");
    const pages = await countPages((sql) => findExpiredAccounts(sql, NOW));
    assert.ok(pages <= IDLE_PAGES_MAX, `${pages} pages`);
  });
});

describe("statuses that came before their message", () => {
  test("are found by account, each account once, and none before its time", async () => {
    const [due, early] = [newId(), newId()];
    await park(due, LATER);
    await park(due, BEFORE);
    await park(due, BEFORE);
    await park(early, LATER);
    assert.deepEqual(await findParkedAccounts(database.pool, NOW, 10), [due]);
  });

  test("are found for no more accounts than asked", async () => {
    for (let n = 0; n < 5; n += 1) await park(newId(), BEFORE);
    assert.equal((await findParkedAccounts(database.pool, NOW, 3)).length, 3);
  });

  test("are taken for the account that is asked for, in the order in which they came, and for no other", async () => {
    const [mine, other] = [newId(), newId()];
    const mines = [await park(mine, BEFORE), await park(mine, new Date(BEFORE.getTime() - 500))];
    await park(mine, LATER);
    await park(other, BEFORE);
    const taken = await takeParked(database.pool, mine, { now: NOW, countMax: 10 });
    assert.deepEqual(
      taken.map(({ id }) => id),
      mines,
    );
    const { rows } = await database.pool.query(
      "select account_id from parked_statuses order by account_id",
    );
    assert.deepEqual(rows.map((row) => row.account_id).sort(), [mine, other].sort());
  });

  test("are taken once, however many processes ask at one moment", async () => {
    const mine = newId();
    for (let n = 0; n < 20; n += 1) await park(mine, BEFORE);
    const due = { now: NOW, countMax: 10 };
    const asked = [1, 2, 3, 4].map(() => takeParked(database.pool, mine, due));
    const taken = (await Promise.all(asked)).flat().map(({ id }) => id);
    assert.equal(new Set(taken).size, taken.length);
    assert.ok(taken.length <= 20);
  });
});
