import assert from "node:assert/strict";
import { mkdtemp, readdir, rm, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { createIdMaker } from "../platform/ids.ts";
import { createFolderBlobStore } from "../storage/blob-store.ts";
import { insertUploadedMedia } from "../storage/media.ts";
import { type BuiltAccount, buildAccount } from "../testkit/build-account.ts";
import { openTestDatabase, type TestDatabase } from "../testkit/database.ts";
import { sweep } from "./sweep.ts";

const DAY_MS = 86_400_000;
const nowMs = Date.now();
const ids = createIdMaker();
let database: TestDatabase;
let account: BuiltAccount;
let root: string;

before(async () => {
  database = await openTestDatabase();
  account = await buildAccount(database.pool);
  root = await mkdtemp(join(tmpdir(), "recado-sweep-"));
});
after(async () => {
  await rm(root, { recursive: true, force: true });
  await database.close();
});

const store = () => createFolderBlobStore({ root });

/** An upload of so many days ago, and a message that sent it later. */
async function upload(ageDays: number, sentDays: number | null): Promise<string> {
  const writer = await store().create();
  await writer.write(Buffer.from(`file of ${ageDays} ${sentDays}`));
  const { storageKey } = await writer.commit();
  const { accountId } = account;
  const id = ids.next(nowMs);
  const createdAt = new Date(nowMs - ageDays * DAY_MS);
  const file = { storageKey, sha256: "00", bytes: 1, mime: "text/plain" };
  await insertUploadedMedia(database.pool, { accountId, id, projectId: null, createdAt, ...file });
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) await utimes(join(entry.parentPath, entry.name), createdAt, createdAt);
  }
  if (sentDays !== null) {
    await database.pool.query(
      `insert into media (account_id, id, storage_key, sha256, bytes, mime, name, message_id, created_at)
       values ($1, $2, $3, '', 1, 'text/plain', '', $4, $5)`,
      [accountId, ids.next(nowMs), storageKey, id, new Date(nowMs - sentDays * DAY_MS)],
    );
  }
  return storageKey;
}

test("an upload lives as long as it is sent now and then; its bytes go one sweep later", async () => {
  const deps = { pool: database.pool, store: store(), clock: { now: () => nowMs } };
  const sweepOnce = () => sweep({ ...deps, uploadLifeMs: 30 * DAY_MS });
  const fresh = await upload(29, null);
  const stale = await upload(31, null);
  const used = await upload(90, 3);
  const usedUp = await upload(90, 31);
  assert.equal((await sweepOnce()).uploads, 2);
  const { rows } = await database.pool.query<{ storage_key: string }>(
    "select storage_key from media where message_id is null",
  );
  assert.deepEqual(rows.map((row) => row.storage_key).sort(), [fresh, used].sort());
  assert.notEqual(await store().size(stale), null);
  assert.deepEqual(await sweepOnce(), { files: 1, uploads: 0, pairs: 0, keys: 0 });
  assert.equal(await store().size(stale), null);
  // A message's file stays as long as the message.
  for (const key of [fresh, used, usedUp]) assert.notEqual(await store().size(key), null);
});
