import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { createAddressGuard } from "../platform/address-guard.ts";
import { createLinkSigner } from "../platform/link-signer.ts";
import { createSafeFetch, type SafeFetch } from "../platform/safe-fetch.ts";
import { createFolderBlobStore } from "../storage/blob-store.ts";
import type { BuiltAccount } from "../testkit/build-account.ts";
import { type GatewayWorld, openGatewayWorld } from "../testkit/gateway-world.ts";
import { refuseRows } from "../testkit/refuse-rows.ts";
import { createPrepareLane } from "./prepare-lane.ts";

/* Files behind addresses, and an upstream that takes uploads as Meta does. */

const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const FULL = 10_000_000_000n;
const BYTES_MAX = 100 * 1024 * 1024;

let world: GatewayWorld;
let account: BuiltAccount;
let folder: string;
let server: Server;
let fetcher: SafeFetch;
let url: string;
/** The numbers that uploaded something, by their ids. */
let uploads: string[];
let serve: (response: ServerResponse) => void;

before(async () => {
  world = await openGatewayWorld();
  folder = await mkdtemp(join(tmpdir(), "recado-prepare-"));
  server = createServer((request, response) => {
    const [, , numberId = "", part] = (request.url ?? "").split("/");
    if (part !== "media") return serve(response);
    request.resume().on("end", () => {
      uploads.push(numberId);
      response.end(JSON.stringify({ id: `uploaded-${uploads.length}` }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(async () => {
  account = await world.account({ baseUrl: url });
  uploads = [];
  serve = (response) => response.end(PNG);
});
after(async () => {
  await fetcher.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true });
  await world.close();
});

const guard = createAddressGuard({ allow: ["127.0.0.1/32"] });
fetcher = createSafeFetch({ guard, connectionsMax: 8, connectTimeoutMs: 1_000 });

/** A process that makes four files ready at once. */
function openLane() {
  return createPrepareLane({
    ...world.shared,
    ...{ guard, fetcher, concurrency: 4, onReady: () => {} },
    instanceId: world.shared.ids.next(world.time.nowMs),
    store: createFolderBlobStore({ root: folder }),
    links: createLinkSigner(randomBytes(32)),
    limits: { base64BytesMax: BYTES_MAX, fileBytesMax: BYTES_MAX, urlCharsMax: 2_000 },
    publicUrl: () => "https://recado.example",
  });
}

/** One round of a process, and all that it began. */
async function prepareOnce(): Promise<void> {
  const { lane, drain } = openLane();
  lane.start();
  await drain();
}

/** Accepts the picture behind an address; another path makes another message. */
const acceptFile = (of = account, path = "/a.png") =>
  world.accept(of, { media: { kind: "url", url: `${url}${path}` } });

async function readyOf(id: string) {
  const { rows } = await world.pool.query("select media from messages where id = $1", [id]);
  return rows[0].media.ready;
}

/** As if another process had taken the message over. */
const takeOver = (id: string) =>
  world.pool.query("update messages set owner = $2, due_at = $3 where id = $1", [
    ...[id, world.shared.ids.next(world.time.nowMs)],
    new Date(world.time.nowMs + 3_600_000),
  ]);

describe("a file that a message waits for", () => {
  test("is uploaded once for all messages of a number, and by each number and account for itself", async () => {
    const [first, again] = [await acceptFile(), await acceptFile(account, "/same.png")];
    await prepareOnce();
    const other = await world.account({ baseUrl: url });
    const theirs = await acceptFile(other);
    const third = await acceptFile(account, "/third.png");
    await prepareOnce();
    for (const id of [first, again, theirs, third]) {
      assert.equal((await world.message(id)).lane, "queued");
    }
    assert.deepEqual([...new Set(uploads)].sort(), [account.numberId, other.numberId].sort());
    assert.equal(uploads.filter((numberId) => numberId === other.numberId).length, 1);
    const own = await readyOf(third);
    assert.deepEqual(
      [own, await readyOf(theirs)].map((one) => typeof one.id),
      ["string", "string"],
    );
    assert.notDeepEqual(own, await readyOf(theirs), "another account's upload was used");
    assert.ok([await readyOf(first), await readyOf(again)].some((one) => one.id === own.id));
  });

  test("and cannot be had, or may not stand there, fails its message and is paid back once", async () => {
    const refusals: [code: string, (response: ServerResponse) => void][] = [
      ["1010", (response) => response.writeHead(404).end()],
      ["1010", (response) => response.end()],
      ["1011", (response) => response.writeHead(200, { "content-length": BYTES_MAX + 1 }).end()],
    ];
    for (const [index, [code, answer]] of refusals.entries()) {
      serve = answer;
      const id = await acceptFile(account, `/${index}.png`);
      await prepareOnce();
      const message = await world.message(id);
      const found = [message.status, message.lane, message.code, message.refunded];
      assert.deepEqual(found, ["failed", null, code, true]);
    }
    serve = (response) => response.end(PNG);
    const media = { kind: "url", url: `${url}/header.png` } as const;
    const idTemplate = String(account.templates.video);
    const unfit = await world.accept(account, { message: undefined, idTemplate, media });
    await prepareOnce();
    assert.equal((await world.message(unfit)).code, "1005");
    assert.equal(await world.balance(account), FULL);
    assert.deepEqual(uploads, []);
  });

  test("takes half of the places of a process at most, however many its account has and however slow", async () => {
    const slow: ServerResponse[] = [];
    serve = (response) => {
      if (response.req.url?.startsWith("/slow")) slow.push(response);
      else response.end(PNG);
    };
    const own: string[] = [];
    for (let number = 0; number < 6; number += 1) {
      own.push(await acceptFile(account, `/slow-${number}`));
    }
    const { lane, drain } = openLane();
    lane.start();
    while (slow.length < 2) await sleep(10);
    const other = await world.account({ baseUrl: url });
    const theirs = [await acceptFile(other, "/1.png"), await acceptFile(other, "/2.png")];
    lane.kick();
    for (const id of theirs) await world.until(id, "queued");
    assert.equal(slow.length, 2);
    serve = (response) => response.end(PNG);
    for (const response of slow) response.end(PNG);
    for (const id of own) await world.until(id, "queued");
    await drain();
  });

  test("is made ready though another account's cannot even be taken", async () => {
    const ids = new Map([[account.accountId, await acceptFile()]]);
    for (let number = 0; number < 3; number += 1) {
      const other = await world.account({ baseUrl: url });
      ids.set(other.accountId, await acceptFile(other));
    }
    // Whichever number is looked at first, each account is the one in trouble once.
    for (const accountId of ids.keys()) {
      await refuseRows(world.pool, { accountId, table: "messages" }, async () => {
        await prepareOnce();
        for (const [owner, id] of ids) {
          const lane = owner === accountId ? "unprepared" : "queued";
          assert.equal((await world.message(id)).lane, lane);
        }
      });
      await world.pool.query("update messages set lane = 'unprepared' where id = any ($1)", [
        [...ids.values()],
      ]);
    }
  });

  test("that a process loses to another is neither failed, paid back nor put into the queue by it", async () => {
    for (const answer of [
      (response: ServerResponse) => response.writeHead(404).end(),
      (response: ServerResponse) => response.end(PNG),
    ]) {
      const id = await acceptFile();
      const { promise: asked, resolve } = Promise.withResolvers<ServerResponse>();
      serve = resolve;
      const prepared = prepareOnce();
      const response = await asked;
      await takeOver(id);
      answer(response);
      await prepared;
      const { status, lane, refunded } = await world.message(id);
      assert.deepEqual([status, lane, refunded], ["accepted", "preparing", false]);
      world.time.nowMs += 600_000;
    }
  });
});
