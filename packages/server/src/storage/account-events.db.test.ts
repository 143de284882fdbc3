import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, before, beforeEach, test } from "node:test";
import type { EventFilter } from "@recado/contract/webhook-payloads";
import { createIdMaker } from "../platform/ids.ts";
import { openTestDatabase, type TestDatabase } from "../testkit/database.ts";
import { emitAccountEvents, type NewAccountEvent } from "./account-events.ts";
import { withTransaction } from "./connect.ts";
import { insertEndpoint } from "./endpoints.ts";

const ids = createIdMaker();
const newId = () => ids.next(Date.now());
let database: TestDatabase;
let accountId: string;
let projectId: string;
before(async () => {
  database = await openTestDatabase();
});
after(() => database.close());
beforeEach(async () => {
  accountId = newId();
  projectId = newId();
  await database.pool.query("insert into counters (account_id) values ($1)", [accountId]);
});

async function addEndpoint(events: EventFilter[] | null, place = { accountId, projectId }) {
  const id = newId();
  const url = "https://example.org/hook";
  const rest = { url, secrets: randomBytes(8), headers: {}, createdAt: new Date() };
  await insertEndpoint(database.pool, { ...place, id, events, ...rest });
  return id;
}

const happened = (subject: string): NewAccountEvent => ({
  type: "endpoint.disabled",
  subject,
  projectId,
  data: { endpoint_id: subject },
});

function emit(events: NewAccountEvent[]) {
  return withTransaction(database.pool, (sql) =>
    emitAccountEvents(sql, { ids }, { accountId, nowMs: Date.now(), events }),
  );
}

async function deliveries() {
  const { rows } = await database.pool.query(
    `select endpoint_id, body, order_key, seq, kind from deliveries where account_id = $1
     order by seq, endpoint_id`,
    [accountId],
  );
  return rows;
}

test("an event about the account reaches the endpoints that name it, and nobody else", async () => {
  const byName = await addEndpoint(["endpoint.disabled"]);
  const byFamily = await addEndpoint(["sent", "endpoint.*"]);
  await addEndpoint(null);
  await addEndpoint(["template.*"]);
  await addEndpoint(["endpoint.*"], { accountId, projectId: newId() });
  await addEndpoint(["endpoint.*"], { accountId: newId(), projectId });
  assert.deepEqual(await emit([happened("a")]), { deliveries: 2 });
  const rows = await deliveries();
  assert.deepEqual(
    rows.map((row) => row.endpoint_id),
    [byName, byFamily],
  );
  assert.equal(rows[0].body, '{"type":"endpoint.disabled","endpoint_id":"a"}');
  assert.equal(rows[0].order_key, "endpoint a");
});

test("an event of the whole account reaches endpoints of every project of it", async () => {
  await addEndpoint(["endpoint.*"]);
  await addEndpoint(["endpoint.*"], { accountId, projectId: newId() });
  assert.deepEqual(await emit([{ ...happened("a"), projectId: null }]), { deliveries: 2 });
});

test("events are numbered in the account's order and kept for who pulls, with or without an endpoint", async () => {
  await emit([happened("a"), happened("b")]);
  await emit([happened("c")]);
  const { rows } = await database.pool.query(
    "select seq, kind, data, project_id from events where account_id = $1 order by seq",
    [accountId],
  );
  assert.deepEqual(
    rows.map((row) => [row.seq, row.data.endpoint_id, row.project_id]),
    [
      [1n, "a", projectId],
      [2n, "b", projectId],
      [3n, "c", projectId],
    ],
  );
});

test("nothing is told of what did not happen", async () => {
  await addEndpoint(["endpoint.*"]);
  const failing = withTransaction(database.pool, async (sql) => {
    await emitAccountEvents(
      sql,
      { ids },
      { accountId, nowMs: Date.now(), events: [happened("a")] },
    );
    throw new Error("it did not happen");
  });
  await assert.rejects(failing, /did not happen/u);
  assert.deepEqual(await deliveries(), []);
  assert.deepEqual(await emit([happened("b")]), { deliveries: 1 });
  assert.equal((await deliveries())[0].seq, 1n);
});
