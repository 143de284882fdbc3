import assert from "node:assert/strict";
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { pino } from "pino";
import { rehearseRestore, runBackup, runRestore, runRestored } from "./compose-backup.ts";
import { readConfig } from "./config.ts";
import { createFolderBlobStore } from "./storage/blob-store.ts";
import type { BuiltAccount } from "./testkit/build-account.ts";
import { openTestDatabase } from "./testkit/database.ts";
import { type GatewayWorld, openGatewayWorld } from "./testkit/gateway-world.ts";
import { verifyWallets } from "./wallet/verify.ts";

const folder = mkdtempSync(join(tmpdir(), "recado-backup-"));
const logger = pino({ level: "silent" });
const KEY = "ab".repeat(32);
let world: GatewayWorld;
let account: BuiltAccount;
let spoken: string[] = [];

before(async () => {
  world = await openGatewayWorld();
  world.time.nowMs = Date.now();
  account = await world.account({ ratePerSecond: 1_000 });
});

after(async () => {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

function depsFor(databaseUrl: string, dataDir: string, key = KEY) {
  spoken = [];
  const config = readConfig({ DATA_DIR: join(folder, dataDir), SECRET_KEY: key });
  return { config, logger, databaseUrl, say: (line: string) => void spoken.push(line) };
}

const mobileOf = (number: number) => `57300${String(1_000_000 + number)}`;

function callsByMessage(): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { opaque } of world.upstream.calls) counts.set(opaque, (counts.get(opaque) ?? 0) + 1);
  return counts;
}

/** A world on what was restored; its messages lead to the same upstream. */
async function restore(from: string, dataDir: string): Promise<GatewayWorld> {
  const database = await openTestDatabase({ schema: "empty" });
  await runRestore(depsFor(database.url, dataDir), join(folder, from));
  const restored = await openGatewayWorld({ database });
  restored.time.nowMs = Date.now() + 1_000;
  return restored;
}

/** Lets a worker look at everything, twice. */
async function work(at: GatewayWorld): Promise<void> {
  const worker = at.startWorker();
  worker.submit.start();
  worker.submit.kick();
  await worker.reconcileOnce();
  await worker.stop();
}

test("a backup under load can be restored, the books agree, and nothing is sent twice", async () => {
  const store = createFolderBlobStore({ root: join(folder, "live", "files") });
  const writer = await store.create();
  await writer.write(Buffer.from("a file of somebody's"));
  const { storageKey } = await writer.commit();
  await world.pool.query(
    `insert into media (account_id, id, storage_key, sha256, bytes, mime, name, created_at)
     values ($1, gen_random_uuid(), $2, '\\x00', 20, 'text/plain', E'a\\u2028b "ñ" \\\\n', now())`,
    [account.accountId, storageKey],
  );
  const worker = world.startWorker();
  worker.submit.start();
  const ids: Promise<string>[] = [];
  const backup = runBackup(depsFor(world.databaseUrl, "live"), join(folder, "one"));
  for (let number = 0; number < 200; number += 1) {
    ids.push(world.accept(account, { mobile: mobileOf(number) }));
    if (number % 20 === 0) await Promise.all(ids);
    worker.submit.kick();
  }
  await backup;
  for (const id of await Promise.all(ids)) await world.until(id, "awaiting");
  await worker.stop();
  assert.equal(callsByMessage().size, 200);

  await rehearseRestore(depsFor(world.databaseUrl, "live"), join(folder, "one"));
  assert.match(spoken.join("\n"), /can be restored/u);
  const restored = await restore("one", "elsewhere");
  try {
    assert.deepEqual(await verifyWallets(restored.pool), { wallets: [], messages: [] });
    await work(restored);
    assert.deepEqual([...new Set(callsByMessage().values())], [1], "nothing was sent again");
    const copy = createFolderBlobStore({ root: join(folder, "elsewhere", "files") });
    assert.equal(await copy.size(storageKey), 20);
    const { rows } = await restored.pool.query("select name from media");
    assert.equal(rows[0].name, 'a\u2028b "ñ" \\n');
    const { rows: lanes } = await restored.pool.query(
      "select lane, count(*)::int as count from messages group by lane",
    );
    assert.ok(
      lanes.every((row) => row.lane === null || row.lane === "unknown"),
      JSON.stringify(lanes),
    );
  } finally {
    await restored.close();
  }
});

test("what waited is held until an operator releases it, and leaves once then", async () => {
  const [sent, kept] = [
    await world.accept(account, { mobile: mobileOf(301) }),
    await world.accept(account, { mobile: mobileOf(302) }),
  ];
  await runBackup(depsFor(world.databaseUrl, "live"), join(folder, "two"));
  const restored = await restore("two", "third");
  try {
    assert.match(spoken.join("\n"), /Held: 2 messages/u);
    await work(restored);
    assert.equal(callsByMessage().get(sent), undefined);
    assert.equal((await restored.message(sent)).lane, "unknown");
    await runRestored(depsFor(restored.databaseUrl, "third"), {
      release: false,
      fail: false,
      account: null,
    });
    assert.match(spoken.join("\n"), /2 messages since/u);
    assert.equal((await restored.message(sent)).lane, "unknown", "looking decides nothing");

    // WhatsApp's own news of one of them settles it: it is not sent again.
    await restored.pool.query(
      "update messages set lane = null, status = 'delivered' where id = $1",
      [kept],
    );
    const release = { release: true, fail: false, account: null };
    await Promise.all([
      runRestored(depsFor(restored.databaseUrl, "third"), release),
      runRestored(depsFor(restored.databaseUrl, "third"), release),
    ]);
    await work(restored);
    await restored.until(sent, "awaiting");
    assert.equal(callsByMessage().get(sent), 1);
    assert.equal(callsByMessage().get(kept), undefined);
    await runRestored(depsFor(restored.databaseUrl, "third"), release);
    assert.match(spoken.join("\n"), /Nothing is held/u);
    await work(restored);
    assert.equal(callsByMessage().get(sent), 1);
  } finally {
    await restored.close();
  }
});

test("what an operator does not send is ended and refunded, once", async () => {
  await runBackup(depsFor(world.databaseUrl, "live"), join(folder, "three"));
  const restored = await restore("three", "fourth");
  try {
    const before = await restored.balance(account);
    const fail = { release: false, fail: true, account: null };
    await runRestored(depsFor(restored.databaseUrl, "fourth"), fail);
    await runRestored(depsFor(restored.databaseUrl, "fourth"), fail);
    const { rows } = await restored.pool.query(
      "select count(*)::int as failed, sum(price) as price from messages where status = 'failed' and refunded",
    );
    assert.ok(rows[0].failed >= 2);
    assert.equal(await restored.balance(account), before + BigInt(rows[0].price));
    assert.deepEqual(await verifyWallets(restored.pool), { wallets: [], messages: [] });
  } finally {
    await restored.close();
  }
});

test("a restore that was killed in the middle of its files is simply done again", async () => {
  const [path = ""] = readdirSync(join(folder, "three", "files"), { recursive: true })
    .map(String)
    .filter((name) => /[0-9a-f]{32}$/u.test(name));
  const half = join(folder, "again", "files", path);
  mkdirSync(dirname(half), { recursive: true });
  writeFileSync(half, "a fi");
  await (await restore("three", "again")).close();
  assert.deepEqual(readFileSync(half), readFileSync(join(folder, "three", "files", path)));
});

test("a backup that was cut short, changed or lost a file is refused before anything is touched", async () => {
  const database = await openTestDatabase({ schema: "empty" });
  const deps = depsFor(database.url, "fifth");
  const from = join(folder, "three");
  const intact = readFileSync(join(from, "database", "messages.gz"));
  appendFileSync(join(from, "database", "messages.gz"), "x");
  await assert.rejects(runRestore(deps, from), /not as it was written/u);
  writeFileSync(join(from, "database", "messages.gz"), intact);
  const first = readdirSync(join(from, "files"))[0] ?? "";
  rmSync(join(from, "files", first), { recursive: true });
  await assert.rejects(runRestore(deps, from), /missing, or not as it was written/u);
  await assert.rejects(rehearseRestore(deps, from), /missing, or not as it was written/u);
  rmSync(join(from, "manifest.json"));
  await assert.rejects(runRestore(deps, from), /no manifest/u);
  const { rows } = await database.pool.query("select to_regclass('messages') as there");
  assert.equal(rows[0].there, null);
  await database.close();
});

test("nothing is restored over something, nor backed up into something", async () => {
  const deps = depsFor(world.databaseUrl, "sixth");
  await assert.rejects(runRestore(deps, join(folder, "two")), /not empty/u);
  await assert.rejects(runBackup(deps, join(folder, "two")), /not empty/u);
});

test("a backup is for its owner's eyes, has no key in it, and says which key fits", async () => {
  const from = join(folder, "two");
  assert.equal(statSync(from).mode & 0o777, 0o700);
  assert.equal(statSync(join(from, "manifest.json")).mode & 0o777, 0o600);
  const text =
    readFileSync(join(from, "manifest.json"), "utf8") + readFileSync(join(from, "KEY.txt"), "utf8");
  assert.ok(!text.includes(KEY));
  const deps = depsFor(world.databaseUrl, "seventh", "cd".repeat(32));
  await rehearseRestore(deps, from);
  assert.match(spoken.join("\n"), /not the backup's/u);
});

test("a rehearsal leaves no database behind", async () => {
  const { rows } = await world.pool.query(
    "select datname from pg_database where datname like 'recado_rehearsal_%'",
  );
  assert.deepEqual(rows, []);
});
