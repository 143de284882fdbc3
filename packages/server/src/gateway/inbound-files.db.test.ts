import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { createFolderBlobStore } from "../storage/blob-store.ts";
import type { BuiltAccount } from "../testkit/build-account.ts";
import { type InboundWorld, openInboundWorld } from "../testkit/inbound-world.ts";
import { createInboundFiles, type InboundFiles } from "./inbound-files.ts";

/* A person's file, from an upstream that answers Meta's way. */

const BYTES = Buffer.from("the file that the person sent");
const HASH = createHash("sha256").update(BYTES).digest();
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

let world: InboundWorld;
let files: InboundFiles;
let folder: string;
let upstream: Server;
let url: string;
let account: BuiltAccount;
/** What the upstream gives for the file; a status instead of bytes refuses. */
let gives: { status: number; bytes: Buffer };
/** Files that are not answered until a test lets them go. */
const held: (() => void)[] = [];

before(async () => {
  world = await openInboundWorld();
  folder = await mkdtemp(join(tmpdir(), "recado-files-"));
  upstream = createServer((request, response) => {
    if (request.url?.includes("/slow")) {
      held.push(() => response.writeHead(503).end());
      return;
    }
    if (request.url?.startsWith("/file")) {
      response.writeHead(gives.status).end(gives.bytes);
      return;
    }
    const found = { url: `${url}/file`, mime_type: "image/jpeg", id: "1" };
    response.writeHead(gives.status === 400 ? 400 : 200, { "content-type": "application/json" });
    response.end(
      JSON.stringify(gives.status === 400 ? { error: { code: 100, message: "gone" } } : found),
    );
  });
  await new Promise<void>((resolve) => upstream.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`;
  const store = createFolderBlobStore({ root: folder });
  files = createInboundFiles({ ...world.shared, store });
});
beforeEach(async () => {
  account = await world.account({ baseUrl: url });
  gives = { status: 200, bytes: BYTES };
});
after(async () => {
  upstream.closeAllConnections();
  await new Promise((resolve) => upstream.close(resolve));
  await rm(folder, { recursive: true });
  await world.close();
});

async function send(sha256: string | undefined): Promise<string> {
  const image = { id: "1", mime_type: "image/jpeg", ...(sha256 === undefined ? {} : { sha256 }) };
  await world.receive(account, world.said("image", image));
  const [row] = await world.stored(account);
  return row.id;
}

const storedFiles = async (of: BuiltAccount): Promise<number> => {
  const { rows } = await world.pool.query(
    "select count(*)::int as count from messages where account_id = $1 and media->>'storageKey' is not null",
    [of.accountId],
  );
  return rows[0].count;
};

test("many files of one account that do not come keep nobody else's waiting", async () => {
  const other = await world.account({ baseUrl: url });
  const [slow, quick] = [account, other];
  const image = (id: string) => world.said("image", { id, mime_type: "image/jpeg" });
  await world.receive(slow, ...Array.from({ length: 20 }, () => image("slow")));
  world.time.nowMs += 1_000;
  await world.receive(quick, ...Array.from({ length: 12 }, () => image("1")));
  files.lane.start();
  while ((await storedFiles(quick)) < 12) await sleep(10);
  assert.ok(held.length <= 8, "half of the places are for the others");
  const ended = files.lane.stop();
  for (const go of held.splice(0)) go();
  await ended;
  assert.equal(await storedFiles(slow), 0);
  await world.pool.query("update messages set lane = null where lane = 'fetching'");
});

async function fetchOnce(id: string) {
  await files.find({ accountId: account.accountId, messageId: id });
  const { rows } = await world.pool.query(
    "select media, lane, due_at from messages where account_id = $1 and id = $2",
    [account.accountId, id],
  );
  return rows[0];
}

/** One round of the lane. */
async function fetchDue(): Promise<void> {
  files.lane.start();
  await files.lane.stop();
}

async function lookAt(id: string) {
  const { rows } = await world.pool.query(
    "select attempts, lane, due_at, media->>'error' as error from messages where account_id = $1 and id = $2",
    [account.accountId, id],
  );
  const [row] = rows;
  return { ...row, dueMs: row.due_at?.getTime() ?? null };
}

describe("a person's file", () => {
  for (const [name, sha256] of [
    ["in base64", HASH.toString("base64")],
    ["in hex", HASH.toString("hex")],
    ["that is none", "?"],
    ["that is not said", undefined],
  ] as const) {
    test(`is kept, with the hash of its bytes, beside an announced one ${name}`, async () => {
      const { media, lane } = await fetchOnce(await send(sha256));
      assert.equal(media.sha256, HASH.toString("hex"));
      assert.deepEqual([media.bytes, media.error, lane], [BYTES.length, null, null]);
    });
  }

  test("that is not the announced one is not kept, asked for again, and in the end given up visibly", async () => {
    const id = await send(createHash("sha256").update("another").digest("base64"));
    const { media, lane } = await fetchOnce(id);
    assert.deepEqual([media.storageKey, media.error, lane], [null, null, "fetching"]);
    await world.pool.query("update messages set attempts = 7 where id = $1", [id]);
    const last = await fetchOnce(id);
    assert.match(last.media.error, /announced/u);
    assert.equal(last.lane, null);
    const failed = (await world.events(account)).find((event) => event.kind === "file_failed");
    assert.equal(failed.message_id, id);
  });

  test("whose link has expired is asked for again; one that WhatsApp has no more is given up", async () => {
    const id = await send(undefined);
    gives = { status: 404, bytes: Buffer.alloc(0) };
    assert.equal((await fetchOnce(id)).lane, "fetching");
    gives = { status: 400, bytes: Buffer.alloc(0) };
    const gone = await fetchOnce(id);
    assert.deepEqual([gone.lane, typeof gone.media.error], [null, "string"]);
  });

  test("that cannot be had is tried eight times, each wait three times as long, and no sooner", async () => {
    const id = await send(undefined);
    gives = { status: 404, bytes: Buffer.alloc(0) };
    const waits: (number | null)[] = [];
    for (let tries = 1; tries <= 8; tries += 1) {
      await fetchDue();
      const { attempts, dueMs, error } = await lookAt(id);
      assert.deepEqual([attempts, error !== null], [tries, tries === 8]);
      waits.push(dueMs && dueMs - world.time.nowMs);
      if (dueMs === null) break;
      world.time.nowMs = dueMs - 1;
      await fetchDue();
      assert.equal((await lookAt(id)).attempts, tries, "it was tried too soon");
      world.time.nowMs = dueMs;
    }
    const seconds = [3, 9, 27, 81, 243, 729, 2_187];
    assert.deepEqual(waits, [...seconds.map((wait) => wait * 1_000), null]);
  });

  test("waits for another time while nothing can be stored here, and is fetched then", async () => {
    const broken = createFolderBlobStore({ root: "/dev/null/nowhere" });
    const id = await send(undefined);
    const own = createInboundFiles({ ...world.shared, store: broken });
    const found = await own.find({ accountId: account.accountId, messageId: id });
    assert.deepEqual([found?.media.storageKey, found?.media.error], [null, null]);
    const { lane, dueMs } = await lookAt(id);
    assert.deepEqual([lane, dueMs], ["fetching", world.time.nowMs + 3_000]);
    assert.equal((await fetchOnce(id)).media.bytes, BYTES.length);
  });

  test("that comes in many pieces is kept whole, under the type that its beginning shows", async () => {
    const whole = Buffer.concat([PNG, randomBytes(300_000)]);
    gives = { status: 200, bytes: whole };
    const film = { id: "1", mime_type: "video/mp4" };
    await world.receive(account, world.said("video", film));
    const [row] = await world.stored(account);
    const { media } = await fetchOnce(row.id);
    // A picture that calls itself a film: bytes of no type.
    assert.deepEqual([media.mime, media.bytes], ["application/octet-stream", whole.length]);
    const chunks: Buffer[] = [];
    const store = createFolderBlobStore({ root: folder });
    for await (const chunk of store.open(media.storageKey)) chunks.push(Buffer.from(chunk));
    assert.ok(Buffer.concat(chunks).equals(whole));
  });

  test("of another account is not found", async () => {
    const id = await send(undefined);
    const stranger = await world.account();
    assert.equal(await files.find({ accountId: stranger.accountId, messageId: id }), null);
  });
});
