import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { createIdMaker } from "../platform/ids.ts";
import { openTestDatabase, type TestDatabase } from "../testkit/database.ts";
import { returnPace, takePace } from "./endpoint-pace.ts";

const ids = createIdMaker();
const START = Date.UTC(2026, 10, 22, 15);
let database: TestDatabase;
let endpoint: { accountId: string; endpointId: string };
before(async () => {
  database = await openTestDatabase();
});
after(() => database.close());
beforeEach(() => {
  endpoint = { accountId: ids.next(START), endpointId: ids.next(START) };
});

async function take(ms: number, calls: number, ratePerSecond = 5) {
  const wish = { ...endpoint, ratePerSecond, calls };
  const grants = await takePace(database.pool, [wish], new Date(START + ms));
  const grant = grants.get(endpoint.endpointId);
  return [grant?.granted, (grant?.freeAt.getTime() ?? 0) - START];
}

test("in any second no more than the limit is granted, and all of it is", async () => {
  assert.deepEqual(await take(0, 2), [2, 1_000]);
  assert.deepEqual(await take(400, 32), [3, 1_000]);
  assert.deepEqual(await take(999, 32), [0, 1_000]);
  assert.deepEqual(await take(1_000, 32), [2, 1_400]);
  assert.deepEqual(await take(1_399, 1), [0, 1_400]);
  assert.deepEqual(await take(1_400, 32), [3, 2_000]);
});

test("what is given back can be had again at once", async () => {
  assert.deepEqual(await take(0, 5), [5, 1_000]);
  await returnPace(database.pool, [{ ...endpoint, calls: 4 }], new Date(START));
  assert.deepEqual(await take(10, 32), [4, 1_000]);
  assert.deepEqual(await take(1_000, 32), [1, 1_010]);
});

test("many who ask at once get no more than one would", async () => {
  const grants = await Promise.all(Array.from({ length: 20 }, () => take(0, 3, 10)));
  assert.equal(
    grants.reduce((sum, [granted = 0]) => sum + granted, 0),
    10,
  );
});

test("a limit that was lowered counts at once, and a clock that ran ahead holds nobody up", async () => {
  await take(0, 100, 100);
  assert.deepEqual(await take(500, 5, 5), [0, 1_000]);
  await take(60_000, 5);
  assert.deepEqual(await take(2_000, 5), [5, 3_000]);
});

test("endpoints do not share a limit, and several are asked in one question", async () => {
  const other = { accountId: endpoint.accountId, endpointId: ids.next(START) };
  const wishes = [endpoint, other].map((each) => ({ ...each, ratePerSecond: 2, calls: 9 }));
  const grants = await takePace(database.pool, wishes, new Date(START));
  assert.deepEqual(
    [...grants.values()].map((grant) => grant.granted),
    [2, 2],
  );
  assert.equal((await takePace(database.pool, [], new Date(START))).size, 0);
});
