import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { createIdMaker } from "../platform/ids.ts";
import { openTestDatabase, type TestDatabase } from "../testkit/database.ts";
import { findNewJournal, insertJournal, isJournalLeft, updateJournal } from "./journal.ts";

const ids = createIdMaker();
let database: TestDatabase;

before(async () => {
  database = await openTestDatabase();
});
after(() => database.close());

/** Stores posts of these sizes; answers how to read the next of them. */
async function store(sizes: readonly number[]) {
  const accountId = randomUUID();
  const receivedAt = new Date();
  const rows = sizes.map((bytes) => ({
    ...{ accountId, id: ids.next(receivedAt.getTime()), appId: randomUUID(), receivedAt },
    ...{ provider: "meta-cloud", body: Buffer.alloc(bytes, " ") },
  }));
  await insertJournal(database.pool, rows);
  return async (slice: { countMax: number; bytesMax: number }) => {
    const found = await findNewJournal(database.pool, accountId, slice);
    const ends = found.map(({ id }) => ({ id, items: 0, ignored: null, error: null }));
    await updateJournal(database.pool, accountId, {
      at: receivedAt,
      rows: ends.map((end) => ({ ...end, state: "done" })),
    });
    return [found.map(({ body }) => body.length), isJournalLeft(found, slice)];
  };
}

describe("posts that are read together", () => {
  test("are no more than so many bytes and the one that exceeds them, in their order, to the last", async () => {
    const read = await store([900, 1_200, 500, 2_000, 10]);
    const slice = { countMax: 10, bytesMax: 2_000 };
    assert.deepEqual(await read(slice), [[900, 1_200], true]);
    assert.deepEqual(await read(slice), [[500, 2_000], true]);
    assert.deepEqual(await read(slice), [[10], false]);
    assert.deepEqual(await read(slice), [[], false]);
  });

  test("are one at least, however large it is, and no more than so many", async () => {
    const large = await store([5_000, 1]);
    assert.deepEqual(await large({ countMax: 10, bytesMax: 100 }), [[5_000], true]);
    const many = await store([1, 1, 1]);
    assert.deepEqual(await many({ countMax: 2, bytesMax: 100 }), [[1, 1], true]);
    assert.deepEqual(await many({ countMax: 2, bytesMax: 100 }), [[1], false]);
  });
});
