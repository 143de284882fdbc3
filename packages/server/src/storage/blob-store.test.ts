import assert from "node:assert/strict";
import { mkdtemp, readdir, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { after, test } from "node:test";
import { type BlobStore, createFolderBlobStore } from "./blob-store.ts";

const root = await mkdtemp(join(tmpdir(), "recado-blobs-"));
after(() => rm(root, { recursive: true, force: true }));

/** A store in a folder of its own that does not exist yet. */
let made = 0;
function freshStore(): { store: BlobStore; folder: string } {
  made += 1;
  const folder = join(root, String(made), "blobs");
  return { store: createFolderBlobStore({ root: folder }), folder };
}

async function put(store: BlobStore, ...parts: string[]): Promise<string> {
  const writer = await store.create();
  for (const part of parts) await writer.write(Buffer.from(part));
  return (await writer.commit()).storageKey;
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

test("what was written comes back, whole and in part", async () => {
  const { store } = freshStore();
  const key = await put(store, "hola ", "", "mundo");
  assert.equal((await buffer(store.open(key))).toString(), "hola mundo");
  assert.equal((await buffer(store.open(key, { start: 5, end: 8 }))).toString(), "mun");
  assert.equal(await store.size(key), 10);
});

test("the bytes handed to write may be used again once it has resolved", async () => {
  const { store } = freshStore();
  const writer = await store.create();
  const bytes = Buffer.from("uno");
  await writer.write(bytes);
  bytes.write("dos");
  await writer.write(bytes);
  const { storageKey } = await writer.commit();
  assert.equal((await buffer(store.open(storageKey))).toString(), "unodos");
});

test("files are for their owner alone, under folders of their key's first letters", async () => {
  const { store, folder } = freshStore();
  const key = await put(store, "x");
  const [path = ""] = await filesIn(folder);
  assert.equal(path, join(folder, key.slice(0, 2), key.slice(2, 4), key));
  assert.equal((await stat(path)).mode & 0o777, 0o600);
  assert.equal((await stat(folder)).mode & 0o777, 0o700);
});

test("an aborted file leaves nothing, and aborting twice or after a commit does no harm", async () => {
  const { store, folder } = freshStore();
  const writer = await store.create();
  await writer.write(Buffer.alloc(100_000));
  await writer.abort();
  await writer.abort();
  assert.deepEqual(await filesIn(folder), []);
  const kept = await store.create();
  const { storageKey } = await kept.commit();
  await kept.abort();
  assert.equal(await store.size(storageKey), 0);
});

test("deleting is safe to repeat, and what is gone has no size and cannot be opened", async () => {
  const { store } = freshStore();
  const key = await put(store, "x");
  await store.delete(key);
  await store.delete(key);
  assert.equal(await store.size(key), null);
  await assert.rejects(buffer(store.open(key)), { code: "ENOENT" });
});

for (const key of [
  "",
  "..",
  "../../etc/passwd",
  `${"a".repeat(31)}/`,
  "A".repeat(32),
  "a".repeat(33),
]) {
  test(`no key like ${JSON.stringify(key)} is followed`, async () => {
    const { store } = freshStore();
    assert.throws(() => store.open(key), RangeError);
    await assert.rejects(store.size(key), RangeError);
    await assert.rejects(store.delete(key), RangeError);
  });
}

test("a sweep takes old files that nobody keeps, and old unfinished ones, and nothing else", async () => {
  const { store, folder } = freshStore();
  const orphan = await put(store, "orphan");
  const needed = await put(store, "needed");
  const unfinished = await store.create();
  await writeFile(join(folder, "README"), "not ours");
  const longAgo = new Date(Date.now() - 3_600_000);
  for (const path of await filesIn(folder)) await utimes(path, longAgo, longAgo);
  const young = await put(store, "young");
  const asked: string[] = [];
  const removed = await store.sweep({
    olderThanMs: 60_000,
    keep: (keys) => {
      asked.push(...keys);
      return Promise.resolve(new Set([needed]));
    },
  });
  assert.equal(removed, 2);
  assert.deepEqual(asked.sort(), [needed, orphan].sort());
  assert.equal(await store.size(orphan), null);
  assert.equal(await store.size(needed), 6);
  assert.equal(await store.size(young), 5);
  assert.equal((await readdir(join(folder, "incoming"))).length, 0);
  await unfinished.abort();
});

test("a sweep of a folder that does not exist yet removes nothing", async () => {
  const { store } = freshStore();
  const none = { olderThanMs: 0, keep: () => Promise.resolve(new Set<string>()) };
  assert.equal(await store.sweep(none), 0);
});
