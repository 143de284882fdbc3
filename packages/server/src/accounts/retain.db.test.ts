import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, describe, test } from "node:test";
import { createFolderBlobStore } from "../storage/blob-store.ts";
import { ensurePartitions } from "../storage/partitions.ts";
import type { BuiltAccount } from "../testkit/build-account.ts";
import { type GatewayWorld, openGatewayWorld } from "../testkit/gateway-world.ts";
import { refuseRows } from "../testkit/refuse-rows.ts";
import { verifyBooks } from "../wallet/verify.ts";
import { retain } from "./retain.ts";
import { setRetention } from "./retention.ts";

const DAY_MS = 86_400_000;
const NONE = { bodies: 0, files: 0, events: 0, attempts: 0, deliveries: 0, journal: 0 };

let world: GatewayWorld;
let account: BuiltAccount;
let other: BuiltAccount;

before(async () => {
  world = await openGatewayWorld();
  world.time.nowMs = Date.UTC(2026, 7, 10);
  await ensurePartitions(world.pool, { now: new Date(world.time.nowMs), monthsAhead: 4 });
  account = await world.account();
  other = await world.account();
});
after(() => world.close());

const run = (accountId: string | null = account.accountId) => retain(world.shared, accountId);
const count = async (table: string, of: BuiltAccount = account) =>
  (
    await world.pool.query(`select count(*)::int as n from ${table} where account_id = $1`, [
      of.accountId,
    ])
  ).rows[0].n as number;

/** A message that has ended, with a file, an attempt, a delivery that was made and its call. */
async function makeEnded(of: BuiltAccount): Promise<string> {
  const id = await world.accept(of, {
    customField: "pedido 9",
    message: `secreto ${Math.random()}`,
  });
  await world.pool.query(
    "update messages set lane = null, status = 'delivered', media = '{}' where id = $1",
    [id],
  );
  const next = () => world.shared.ids.next(world.time.nowMs);
  const { accountId } = of;
  const at = new Date(world.time.nowMs);
  await world.pool.query(
    `insert into media (account_id, id, storage_key, sha256, bytes, mime, name, message_id, created_at)
     values ($1, $2, 'k', '', 1, 'x', 'x', $3, $4)`,
    [accountId, next(), id, at],
  );
  await world.pool.query(
    `insert into attempts (account_id, id, message_id, number, owner, started_at)
     values ($1, $2, $3, 1, $2, $4)`,
    [accountId, next(), id, at],
  );
  const delivery = next();
  await world.pool.query(
    `insert into deliveries (account_id, id, endpoint_id, seq, kind, order_key, message_id, body, state, created_at)
     values ($1, $2, $2, 1, 'sent', 'x', $3, '{}', 'delivered', $4)`,
    [accountId, delivery, id, at],
  );
  await world.pool.query(
    `insert into delivery_attempts (account_id, id, delivery_id, number, started_at)
     values ($1, $2, $3, 1, $4)`,
    [accountId, next(), delivery, at],
  );
  await world.pool.query(
    `insert into journal (account_id, id, app_id, provider, received_at, body, state)
     values ($1, $2, $2, 'x', $3, '', 'done')`,
    [accountId, next(), at],
  );
  return id;
}

describe("retention", () => {
  let waiting: string;
  let old: string;

  test("removes nothing of an account that has set nothing", async () => {
    old = await makeEnded(account);
    await makeEnded(other);
    world.time.nowMs += 400 * DAY_MS;
    assert.deepEqual((await run(null)).accounts, 0);
    assert.equal(await count("events"), 1);
    world.time.nowMs -= 400 * DAY_MS;
  });

  test("of less than a week, or of an odd length, is refused", async () => {
    for (const bodiesDays of [0, 6, -1, 7.5, 100_000]) {
      await assert.rejects(setRetention(world.shared, account.accountId, { bodiesDays }), {
        code: "invalid_request",
      });
    }
  });

  test("removes what is older, keeps what is not, and never another account's", async () => {
    waiting = await world.accept(account);
    world.time.nowMs += 20 * DAY_MS;
    const young = await makeEnded(account);
    world.time.nowMs += 15 * DAY_MS;
    const all = { bodiesDays: 30, eventsDays: 30, deliveriesDays: 30, journalDays: 30 };
    await setRetention(world.shared, account.accountId, all);
    const done = await run(null);
    assert.deepEqual(
      { ...done, partitions: [], accounts: 1 },
      {
        ...{ bodies: 1, files: 1, events: 1, attempts: 1, deliveries: 1, journal: 1 },
        ...{ partitions: [], accounts: 1, more: false },
      },
    );
    const { rows } = await world.pool.query(
      "select id, body, custom_field, media, digest, mobile, price, status from messages where account_id = $1 order by id",
      [account.accountId],
    );
    const [blank, kept, fresh] = rows;
    assert.deepEqual([blank.id, kept.id, fresh.id], [old, waiting, young]);
    assert.deepEqual(
      [blank.body, blank.custom_field, blank.media, blank.digest],
      ["", "", null, null],
    );
    assert.deepEqual(
      [blank.mobile, blank.price, blank.status],
      ["573001234567", 2_500_000n, "delivered"],
    );
    assert.match(kept.body, /^hola/u);
    assert.match(fresh.body, /^secreto/u);
    for (const table of [
      "events",
      "attempts",
      "deliveries",
      "delivery_attempts",
      "journal",
      "media",
    ]) {
      assert.equal(await count(table, other), 1, table);
      assert.equal(await count(table), table === "events" ? 2 : 1, table);
    }
    const again = await run();
    assert.deepEqual({ ...again, ...NONE }, again, "a second run finds nothing more");
  });

  test("leaves the ledger whole: the books still prove themselves", async () => {
    assert.equal(await count("transfers"), 4);
    const report = await verifyBooks(world.pool);
    assert.deepEqual([report.wallets, report.messages], [[], []]);
  });

  test("comes back for a message that was still owed something", async () => {
    assert.equal((await run()).bodies, 0);
    await world.pool.query("update messages set lane = null, status = 'sent' where id = $1", [
      waiting,
    ]);
    assert.equal((await run()).bodies >= 1, true);
    const { rows } = await world.pool.query("select body from messages where id = $1", [waiting]);
    assert.equal(rows[0].body, "");
  });

  test("never takes a webhook that waits for its endpoint", async () => {
    await world.pool.query("update deliveries set state = 'parked' where account_id = $1", [
      account.accountId,
    ]);
    world.time.nowMs += 60 * DAY_MS;
    assert.equal((await run()).deliveries, 0);
    assert.equal(await count("deliveries"), 1);
    await world.pool.query("update deliveries set state = 'exhausted' where account_id = $1", [
      account.accountId,
    ]);
    assert.equal((await run()).deliveries, 1);
  });

  test("drops months in which nothing is left, and no other", async () => {
    const months = async () => {
      const { rows } = await world.pool.query(
        "select relname from pg_class where relname ~ '^(events|journal|messages|transfers)_y2026m08$' order by 1",
      );
      return rows.map((row) => row.relname);
    };
    await run();
    assert.deepEqual(await months(), [
      "events_y2026m08",
      "journal_y2026m08",
      "messages_y2026m08",
      "transfers_y2026m08",
    ]);
    await setRetention(world.shared, other.accountId, { eventsDays: 7 });
    const { partitions } = await run(null);
    assert.ok(partitions.includes("events_y2026m08"), partitions.join());
    assert.deepEqual(await months(), [
      "journal_y2026m08",
      "messages_y2026m08",
      "transfers_y2026m08",
    ]);
    await world.accept(account);
    assert.equal((await run(null)).partitions.length, 0);
  });

  test("lets a file go with its last row, and not before", async () => {
    const root = mkdtempSync(join(tmpdir(), "recado-retain-"));
    try {
      const store = createFolderBlobStore({ root });
      const writer = await store.create();
      await writer.write(Buffer.from("factura"));
      const { storageKey } = await writer.commit();
      const [first, second] = [await makeEnded(account), await makeEnded(account)];
      await world.pool.query("update media set storage_key = $1 where message_id = any ($2)", [
        storageKey,
        [first, second],
      ]);
      const clean = () =>
        store.sweep({
          olderThanMs: -1000,
          keep: async (keys) => {
            const { rows } = await world.pool.query(
              "select storage_key from media where storage_key = any ($1)",
              [keys],
            );
            return new Set(rows.map((row) => row.storage_key));
          },
        });
      await world.pool.query("delete from media where message_id = $1", [first]);
      assert.equal(await clean(), 0);
      world.time.nowMs += 31 * DAY_MS;
      assert.ok((await run()).files >= 1);
      assert.equal(await clean(), 1);
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });

  test("by two at once removes everything once, and neither fails", async () => {
    for (let index = 0; index < 5; index += 1) await makeEnded(account);
    world.time.nowMs += 31 * DAY_MS;
    const runs = await Promise.all([run(), run(), run()]);
    const dropped = runs.flatMap((each) => each.partitions);
    assert.equal(new Set(dropped).size, dropped.length);
    assert.equal(await count("journal"), 0);
  });

  describe("of a month that everybody in it has asked to forget", () => {
    const TABLES = ["events", "attempts", "deliveries", "delivery_attempts", "journal"];
    let start: number;
    let mine: BuiltAccount;
    let theirs: BuiltAccount;

    /** A new month, and two accounts that have had something in it. */
    beforeEach(async () => {
      const now = new Date(world.time.nowMs);
      start = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 10);
      world.time.nowMs = start;
      await ensurePartitions(world.pool, { now: new Date(start), monthsAhead: 3 });
      mine = await world.account();
      theirs = await world.account();
      await makeEnded(mine);
      await makeEnded(theirs);
      await forget(mine);
    });

    const forget = (of: BuiltAccount, days: number | null = 30) =>
      setRetention(world.shared, of.accountId, {
        ...{ eventsDays: days, deliveriesDays: days, journalDays: days },
      });
    const month = () => {
      const at = new Date(start);
      return `_y${at.getUTCFullYear()}m${String(at.getUTCMonth() + 1).padStart(2, "0")}`;
    };
    const monthsOf = (partitions: readonly string[]) =>
      partitions.filter((name) => name.endsWith(month())).map((name) => name.replace(month(), ""));

    test("drops its tables without deleting a row, and keeps the months after it", async () => {
      await forget(theirs);
      world.time.nowMs = start + 25 * DAY_MS;
      await makeEnded(mine);
      world.time.nowMs = start + 55 * DAY_MS;
      const done = await run(null);
      assert.deepEqual(monthsOf(done.partitions).sort(), [...TABLES].sort());
      for (const table of TABLES) {
        assert.deepEqual([await count(table, mine), await count(table, theirs)], [1, 0], table);
      }
    });

    test("deletes row by row while one account keeps more, and leaves that one's", async () => {
      await forget(theirs, 90);
      world.time.nowMs = start + 55 * DAY_MS;
      assert.deepEqual(monthsOf((await run(null)).partitions), []);
      for (const table of TABLES) {
        assert.deepEqual([await count(table, mine), await count(table, theirs)], [0, 1], table);
      }
    });

    test("asked for one account alone never drops what is another's", async () => {
      await forget(theirs);
      world.time.nowMs = start + 55 * DAY_MS;
      assert.deepEqual(monthsOf((await run(mine.accountId)).partitions), []);
      assert.equal(await count("events", theirs), 1);
    });

    test("keeps the month until it is older than asked to its last day", async () => {
      await forget(theirs);
      world.time.nowMs = start + 45 * DAY_MS;
      await makeEnded(mine);
      await run(null);
      assert.equal(await count("events", mine), 1);
    });

    test("keeps what a message, a webhook or a post is still owed", async () => {
      await forget(theirs);
      const waiting = await world.accept(mine);
      await world.pool.query("update deliveries set state = 'parked' where account_id = $1", [
        mine.accountId,
      ]);
      await world.pool.query("update journal set state = 'new' where account_id = $1", [
        mine.accountId,
      ]);
      world.time.nowMs = start + 55 * DAY_MS;
      assert.deepEqual(monthsOf((await run(null)).partitions), ["attempts"]);
      const left = await Promise.all(TABLES.map((table) => count(table, mine)));
      assert.deepEqual(left, [1, 0, 1, 1, 1]);
      await world.pool.query("update messages set lane = null where id = $1", [waiting]);
      await world.pool.query("update deliveries set state = 'delivered' where account_id = $1", [
        mine.accountId,
      ]);
      await world.pool.query("update journal set state = 'done' where account_id = $1", [
        mine.accountId,
      ]);
      const gone = monthsOf((await run(null)).partitions).sort();
      assert.deepEqual(gone, TABLES.filter((table) => table !== "attempts").sort());
    });

    test("takes the calls of its webhooks that were made in the month after", async () => {
      await forget(theirs);
      const { rows } = await world.pool.query<{ id: string }>(
        "select id from deliveries where account_id = $1",
        [mine.accountId],
      );
      world.time.nowMs = start + 25 * DAY_MS;
      await world.pool.query(
        "insert into delivery_attempts (account_id, id, delivery_id, number, started_at) values ($1, $2, $3, 2, $4)",
        [mine.accountId, world.shared.ids.next(world.time.nowMs), rows[0]?.id, new Date()],
      );
      await makeEnded(mine);
      world.time.nowMs = start + 52 * DAY_MS;
      await run(null);
      assert.equal(await count("delivery_attempts", mine), 1);
    });

    test("waits for nobody for long who is at work on the table, and nobody waits long for it", async () => {
      await forget(theirs);
      world.time.nowMs = start + 55 * DAY_MS;
      const busy = await world.pool.connect();
      await busy.query("begin");
      await busy.query("select from events where account_id = $1", [mine.accountId]);
      const done = await run(null);
      assert.ok(!monthsOf(done.partitions).includes("events"));
      assert.ok(monthsOf(done.partitions).includes("journal"));
      await busy.query("commit");
      busy.release();
      await run(null);
      assert.equal(await count("events", mine), 0);
    });
  });
});

test("what one account wants to forget and cannot keeps nobody else's, and is told to whoever asks for that one", async () => {
  const own = await openGatewayWorld();
  try {
    const at = new Date(own.time.nowMs);
    const accounts: BuiltAccount[] = [await own.account(), await own.account()];
    const [stuck, free] = accounts.toSorted((a, b) => (a.accountId < b.accountId ? -1 : 1));
    assert.ok(stuck && free);
    for (const of of accounts) {
      await own.accept(of, { message: "secreto" });
      await own.pool.query(
        "insert into retention (account_id, bodies_days, updated_at) values ($1, 1, $2)",
        [of.accountId, at],
      );
    }
    await own.pool.query("update messages set lane = null, status = 'delivered'");
    own.time.nowMs += 3 * DAY_MS;
    const bodies = async () => {
      const { rows } = await own.pool.query(
        "select account_id as id from messages where body <> ''",
      );
      return rows.map(({ id }) => id);
    };
    const { accountId } = stuck;
    await refuseRows(own.pool, { accountId, table: "messages" }, async () => {
      assert.equal((await retain(own.shared, null)).bodies, 1);
      assert.deepEqual(await bodies(), [accountId]);
      await assert.rejects(retain(own.shared, accountId), /refused/u);
    });
    assert.equal((await retain(own.shared, null)).bodies, 1);
    assert.deepEqual(await bodies(), []);
  } finally {
    await own.close();
  }
});
