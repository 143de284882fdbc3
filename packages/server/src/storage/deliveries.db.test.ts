import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { createIdMaker } from "../platform/ids.ts";
import { openTestDatabase, type TestDatabase } from "../testkit/database.ts";
import { withTransaction } from "./connect.ts";
import { insertDeliveries, type NewDelivery } from "./deliveries.ts";
import {
  findProjectEndpoints,
  insertEndpoint,
  setEndpointDisabled,
  setEndpointEnabled,
} from "./endpoints.ts";

const ids = createIdMaker();
const newId = () => ids.next(Date.now());
let database: TestDatabase;
before(async () => {
  database = await openTestDatabase();
});
after(() => database.close());

async function newEndpoint(accountId: string, projectId: string) {
  const id = newId();
  await insertEndpoint(database.pool, {
    accountId,
    id,
    projectId,
    url: "https://example.org/hook",
    events: null,
    secrets: randomBytes(8),
    headers: {},
    createdAt: new Date(),
  });
  return { accountId, id };
}

function delivery(endpoint: { accountId: string; id: string }, seq: bigint): NewDelivery {
  return {
    accountId: endpoint.accountId,
    id: newId(),
    endpointId: endpoint.id,
    seq,
    kind: "sent",
    orderKey: "m",
    messageId: null,
    body: "{}",
    at: new Date(),
  };
}

async function statesOf(endpointId: string) {
  const { rows } = await database.pool.query<{ state: string }>(
    "select state from deliveries where endpoint_id = $1 order by seq",
    [endpointId],
  );
  return rows.map((row) => row.state);
}

describe("insertDeliveries", () => {
  test("parks what is for a disabled endpoint and drops what is for none", async () => {
    const account = newId();
    const open = await newEndpoint(account, newId());
    const shut = await newEndpoint(account, newId());
    await setEndpointDisabled(database.pool, shut, "test");
    const lost = { accountId: account, id: newId() };
    await insertDeliveries(database.pool, [
      delivery(open, 1n),
      delivery(shut, 2n),
      delivery(lost, 3n),
    ]);
    assert.deepEqual(await statesOf(open.id), ["pending"]);
    assert.deepEqual(await statesOf(shut.id), ["parked"]);
    assert.deepEqual(await statesOf(lost.id), []);
  });

  test("waits for an endpoint that is being enabled, so that nothing stays parked", async () => {
    const shut = await newEndpoint(newId(), newId());
    await setEndpointDisabled(database.pool, shut, "test");
    let inserted: Promise<void> = Promise.resolve();
    await withTransaction(database.pool, async (sql) => {
      await setEndpointEnabled(sql, shut);
      inserted = insertDeliveries(database.pool, [delivery(shut, 1n)]);
      await untilSomebodyWaits();
    });
    await inserted;
    assert.deepEqual(await statesOf(shut.id), ["pending"]);
  });
});

async function untilSomebodyWaits() {
  for (;;) {
    const { rows } = await database.pool.query(
      `select 1 from pg_stat_activity
       where datname = current_database() and wait_event_type = 'Lock'`,
    );
    if (rows.length > 0) return;
  }
}

test("findProjectEndpoints gives enabled and disabled ones of the asked projects only", async () => {
  const account = newId();
  const [one, two] = [newId(), newId()];
  const first = await newEndpoint(account, one);
  const second = await newEndpoint(account, one);
  await newEndpoint(account, two);
  await newEndpoint(newId(), one);
  await setEndpointDisabled(database.pool, second, "test");
  const key = { accountId: account, projectId: one };
  const found = await findProjectEndpoints(database.pool, [key, key]);
  assert.deepEqual(
    found.map((endpoint) => [endpoint.id, endpoint.state]),
    [
      [first.id, "enabled"],
      [second.id, "disabled"],
    ],
  );
});
