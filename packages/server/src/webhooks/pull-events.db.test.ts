import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { pino } from "pino";
import { createDirectory } from "../accounts/directory.ts";
import { createIdMaker } from "../platform/ids.ts";
import { emitAccountEvents } from "../storage/account-events.ts";
import { withTransaction } from "../storage/connect.ts";
import { type BuiltAccount, buildAccount } from "../testkit/build-account.ts";
import { openTestDatabase, type TestDatabase } from "../testkit/database.ts";
import { createEventWaits, type EventWaits } from "./event-waits.ts";
import { type PullWish, pullEvents } from "./pull-events.ts";

const ids = createIdMaker();
const directory = createDirectory();
const logger = pino({ level: "silent" });
let database: TestDatabase;
let account: BuiltAccount;
let waits: EventWaits;
before(async () => {
  database = await openTestDatabase();
});
after(() => database.close());
beforeEach(async () => {
  account = await buildAccount(database.pool);
  waits = createEventWaits({ pool: database.pool, logger, lookMs: 5, perAccountMax: 2 });
});
afterEach(() => waits.close());

function pull(wish: Partial<PullWish> = {}) {
  const deps = { pool: database.pool, directory, waits };
  return pullEvents(deps, {
    accountId: account.accountId,
    projectId: null,
    after: undefined,
    types: ["endpoint.*"],
    limit: 100,
    waitMs: 0,
    signal: new AbortController().signal,
    ...wish,
  });
}

function happen(subject: string, projectId: string | null = account.projectId) {
  const event = { type: "endpoint.disabled" as const, subject, projectId, data: { subject } };
  return withTransaction(database.pool, (sql) =>
    emitAccountEvents(
      sql,
      { ids },
      { accountId: account.accountId, nowMs: Date.now(), events: [event] },
    ),
  );
}

const subjectsOf = (page: { items: { body: Record<string, unknown> }[] }) =>
  page.items.map((item) => item.body.subject);

test("whoever goes on from cursor to cursor gets everything once and in order, whoever writes meanwhile", async () => {
  const seen: bigint[] = [];
  let cursor: string | undefined;
  let writing = true;
  const writers = Promise.all(
    Array.from({ length: 8 }, async (_, writer) => {
      for (let n = 0; n < 25; n += 1) await happen(`${writer}.${n}`);
    }),
  ).finally(() => {
    writing = false;
  });
  for (let done = false; !done; ) {
    done = !writing;
    const page = await pull({ after: cursor, limit: 7 });
    seen.push(...page.items.map((item) => item.seq));
    cursor = page.cursor;
    if (page.hasMore) done = false;
    await turn();
  }
  await writers;
  assert.deepEqual(
    seen,
    Array.from({ length: 200 }, (_, n) => BigInt(n + 1)),
  );
});

test("a cursor gives the same again until a later one comes", async () => {
  for (const subject of ["a", "b", "c"]) await happen(subject);
  const first = await pull({ limit: 1 });
  const second = await pull({ after: first.cursor });
  assert.deepEqual(subjectsOf(second), ["b", "c"]);
  assert.deepEqual(await pull({ after: first.cursor }), second);
  assert.deepEqual([first.hasMore, second.hasMore], [true, false]);
  const none = await pull({ after: second.cursor });
  assert.deepEqual(none, { items: [], cursor: second.cursor, hasMore: false });
});

test("events that nobody asks for are passed over, however many, and the cursor with them", async () => {
  await database.pool.query(
    `insert into events (account_id, id, seq, kind, at)
     select $1, gen_random_uuid(), n, 'submitted', now() from generate_series(1, 25000) n`,
    [account.accountId],
  );
  await database.pool.query("update counters set event_seq = 25000 where account_id = $1", [
    account.accountId,
  ]);
  await happen("far");
  const first = await pull();
  assert.deepEqual([first.items, first.hasMore], [[], true], "one call goes through 20,000");
  assert.deepEqual(subjectsOf(await pull({ after: first.cursor })), ["far"]);
  const others = await pull({ after: first.cursor, types: null });
  assert.deepEqual([others.items, others.hasMore], [[], false]);
});

test("a project's reader sees its project alone", async () => {
  await happen("mine");
  await happen("another's", ids.next(Date.now()));
  await happen("the account's", null);
  assert.deepEqual(subjectsOf(await pull({ projectId: account.projectId })), ["mine"]);
  assert.equal((await pull()).items.length, 3);
});

test("a cursor whose next events are kept no longer is refused, and never skips them", async () => {
  const cursors: string[] = [];
  for (let n = 1; n <= 6; n += 1) {
    await happen(`${n}`);
    cursors.push((await pull({ after: "latest" })).cursor);
  }
  const drop = (seqs: number[]) =>
    database.pool.query("delete from events where account_id = $1 and seq = any($2)", [
      account.accountId,
      seqs,
    ]);
  await drop([1, 2, 3]);
  await assert.rejects(pull({ after: cursors[0] }), { code: "cursor_gone" });
  assert.deepEqual(subjectsOf(await pull({ after: cursors[2] })), ["4", "5", "6"]);
  assert.deepEqual(subjectsOf(await pull()), ["4", "5", "6"], "without one: the oldest kept");
  await drop([5]);
  assert.deepEqual(subjectsOf(await pull({ after: cursors[3] })), ["6"], "one that was erased");
  await drop([4, 6]);
  await assert.rejects(pull({ after: cursors[3] }), { code: "cursor_gone" });
  assert.deepEqual((await pull({ after: cursors[5] })).items, []);
  assert.deepEqual((await pull()).items, []);
});

test("a cursor from before the database was set back is refused, and so is another account's", async () => {
  await happen("a");
  await happen("b");
  const { cursor } = await pull();
  await database.pool.query("update counters set event_seq = 1 where account_id = $1", [
    account.accountId,
  ]);
  await assert.rejects(pull({ after: cursor }), { code: "cursor_gone" });
  const stranger = await buildAccount(database.pool);
  for (const wrong of [cursor, "x", "latest.", Buffer.from("1:1").toString("base64url")]) {
    const asked = pull({ accountId: stranger.accountId, after: wrong });
    await assert.rejects(asked, { code: "invalid_request" });
  }
});

test("who waits gets an event when it comes, and not one that was not asked for", async () => {
  const { cursor } = await pull({ after: "latest" });
  const asked = pull({ after: cursor, waitMs: 60_000, projectId: account.projectId });
  await happen("another's", ids.next(Date.now()));
  await happen("mine");
  assert.deepEqual(subjectsOf(await asked), ["mine"]);
});

test("who waits is answered empty when the time is up, when the caller hangs up, and when the process ends", async () => {
  const empty = { items: [], cursor: (await pull()).cursor, hasMore: false };
  assert.deepEqual(await pull({ waitMs: 20 }), empty);
  const left = new AbortController();
  const abandoned = pull({ waitMs: 60_000, signal: left.signal });
  left.abort();
  assert.deepEqual(await abandoned, empty);
  const cut = pull({ waitMs: 60_000 });
  await turn();
  waits.close();
  assert.deepEqual(await cut, empty);
  assert.deepEqual(await pull({ waitMs: 60_000 }), empty, "nobody waits any more");
});

test("too many who wait are refused; a place is free again when somebody goes", async () => {
  const left = new AbortController();
  const wait = (signal: AbortSignal) =>
    waits.wait({ accountId: account.accountId, after: 0n, forMs: 60_000, signal });
  const first = wait(left.signal);
  const second = wait(new AbortController().signal);
  await assert.rejects(wait(left.signal), { code: "too_many_requests" });
  left.abort();
  assert.equal(await first, false);
  const third = wait(new AbortController().signal);
  waits.close();
  assert.deepEqual(await Promise.all([second, third]), [false, false]);
});
