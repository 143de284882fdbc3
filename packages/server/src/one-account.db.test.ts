import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { insertJournal } from "./storage/journal.ts";
import type { BuiltAccount } from "./testkit/build-account.ts";
import { cutCall, type GatewayWorld, openGatewayWorld } from "./testkit/gateway-world.ts";
import { createJournalReader } from "./testkit/journal-reader.ts";
import { readConfinement } from "./testkit/read-confinement.ts";
import { recordStatements, type StatementRecord } from "./testkit/record-statements.ts";
import { openWebhookWorld, waitUntil } from "./testkit/webhook-world.ts";

/*
 * Whole lives of messages are lived on a real database, and every statement that was sent meanwhile is read by PostgreSQL's
 * own parser: each confines itself to one account, so that accounts can live on different machines. Looks for work go over
 * all accounts and cannot; they are named here, each with the reason, and are few and cheap.
 */

/** Statements that look over all accounts, by the beginning of their name or text, and why that is right. */
const OVER_ALL: Readonly<Record<string, string>> = {
  "find-waiting-channels": "whose turn is it: jumps from number to number in the index of due work",
  "find-pending-endpoints": "whose turn is it: jumps from endpoint to endpoint in the same way",
  "find-journal-accounts": "whose turn is it: jumps from account to account in the same way",
  "find-expired-accounts":
    "whose calls did a dead process hold: jumps from account to account in the index of calls under way",
  "find-parked-accounts":
    "whose statuses came before their message: jumps from account to account in a table that is nearly always empty",
  "select m.account_id, m.id, m.owner":
    "what dead processes held: the index of due work, every 2 s",
  "select account_id, id from messages where lane": "whose time is up: the index of due work",
  "select a.version, a.currency":
    "an account and its reseller's state: read once for each version of the account and then kept; accounts are few, and would stand on every machine",
};

/** What the tests' own world asks while it waits. */
const OF_THE_TEST = "select status, lane, code, reason, refunded, attempts, due_at";
/** Says nothing of rows. */
const OF_NO_TABLE = /^(?:begin|commit|rollback|savepoint|release|set) ?/iu;

let record: StatementRecord;
let tenantTables: Set<string>;

before(async () => {
  record = recordStatements();
  const world = await openGatewayWorld();
  tenantTables = await findTenantTables(world);
  try {
    await liveThroughGateway(world);
  } finally {
    await world.close();
  }
  await deliverWebhooks();
});
after(() => record.stop());

/** Tables whose rows are an account's: account_id leads their key. */
async function findTenantTables({ pool }: GatewayWorld): Promise<Set<string>> {
  const { rows } = await pool.query<{ name: string }>(
    `select c.conrelid::regclass::text as name from pg_constraint c
     join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
     where c.contype = 'p' and a.attname = 'account_id'`,
  );
  return new Set(rows.map(({ name }) => name));
}

/** Accepted, handed over, refused, unknown, told of by WhatsApp, of one even before it is known. */
async function liveThroughGateway(world: GatewayWorld): Promise<void> {
  const account = await world.account();
  const worker = world.startWorker();
  record.resume();
  const read = await world.accept(account, { mobile: "573001110001" });
  const failed = await world.accept(account, { mobile: "573001110002", customField: "a" });
  worker.submit.start();
  await Promise.all([world.until(read, "awaiting"), world.until(failed, "awaiting")]);
  world.upstream.answer = cutCall;
  const cut = await world.accept(account, { mobile: "573001110003" });
  worker.submit.kick();
  await world.until(cut, "unknown");
  await worker.reconcileOnce();
  const readOnce = createJournalReader(world);
  for (const word of ["sent", "delivered", "read"]) await post(world, account, { word, id: read });
  await post(world, account, { word: "failed", id: failed });
  await post(world, account, { word: "sent", id: "early" });
  await readOnce();
  // What came before its message is looked at again after a while.
  world.time.nowMs += 60_000;
  await readOnce();
  record.pause();
  assert.equal((await world.message(read)).status, "read");
  assert.equal((await world.message(failed)).status, "failed");
}

async function post(
  { pool, shared, time }: GatewayWorld,
  account: BuiltAccount,
  { word, id }: { word: string; id: string },
): Promise<void> {
  const timestamp = String(Math.floor(time.nowMs / 1_000));
  const errors = word === "failed" ? { errors: [{ code: 131026, title: "x" }] } : {};
  const known = id === "early" ? {} : { biz_opaque_callback_data: id };
  const status = { id: `wamid.${id}`, status: word, timestamp, ...known };
  const value = {
    metadata: { phone_number_id: account.numberId },
    statuses: [{ ...status, ...errors }],
  };
  const changes = [{ field: "messages", value }];
  const whole = {
    object: "whatsapp_business_account",
    entry: [{ id: account.businessId, changes }],
  };
  await insertJournal(pool, [
    {
      ...{ id: shared.ids.next(time.nowMs), accountId: account.accountId, appId: account.appId },
      ...{ provider: "meta-cloud", body: Buffer.from(JSON.stringify(whole)) },
      receivedAt: new Date(time.nowMs),
    },
  ]);
}

/** Some events of a message, of which one fails first, and one that a dead process was calling. */
async function deliverWebhooks(): Promise<void> {
  const world = await openWebhookWorld();
  try {
    const receiver = await world.openReceiver();
    let calls = 0;
    receiver.answer = () => (reply) => {
      calls += 1;
      reply.writeHead(calls === 1 ? 500 : 200).end();
    };
    const endpoint = await world.addEndpoint(receiver.url);
    await world.emit(endpoint, [
      { key: "m1", kind: "sent" },
      { key: "m1", kind: "delivered" },
    ]);
    const [id] = await world.emit(endpoint, [{ key: "m2", kind: "sent" }]);
    await world.pool.query(
      "update deliveries set state = 'calling', due_at = $2, owner = id, attempts = 8 where id = $1",
      [id, new Date(world.clock.now() - 1)],
    );
    record.resume();
    world.openLane().lane.start();
    await waitUntil(() => world.attempts.length === 1);
    world.moveClock(10_000);
    await waitUntil(() => world.attempts.length === 3);
    record.pause();
  } finally {
    await world.close();
  }
}

test("every statement on a message's way confines itself to one account", async (t) => {
  const found = await readAll();
  const breaches = found.filter(({ name, breaches }) => breaches.length > 0 && !isOverAll(name));
  assert.deepEqual(breaches, []);
  const own = found.filter(({ ofOneAccount }) => ofOneAccount).length;
  const over = found.filter(({ name }) => isOverAll(name)).length;
  t.diagnostic(
    `${own} name one account, ${over} look over all, ${found.length - own - over} go by the account of each row`,
  );
});

test("the way was gone whole, and every exception is still needed", async () => {
  const names = (await readAll()).map(({ name }) => name);
  const expected = [
    "insert-accepted",
    "lock-queued",
    "insert-calls",
    "insert-events",
    "insert-journal",
  ];
  for (const name of [
    ...expected,
    "insert-transfers",
    "mark-deliveries-taken",
    "store-attempt-outcomes",
    "release-expired-deliveries",
    "take-parked",
  ]) {
    assert.ok(names.includes(name), `${name} was not sent`);
  }
  for (const start of Object.keys(OVER_ALL)) {
    const used = (await readAll()).find(({ name }) => name.startsWith(start));
    assert.ok(used && used.breaches.length > 0, `${start} needs no exception any more`);
  }
});

describe("the reader of statements objects to", () => {
  const planted: Record<string, string> = {
    "a table without an account": "select id from messages where lane = $1",
    "a join by id alone":
      "select 1 from messages m join attempts a on a.message_id = m.id where m.account_id = $1",
    "a condition that need not hold": "select 1 from messages where account_id = $1 or id = $2",
    "another account beside the first":
      "select 1 from messages m, attempts a where m.account_id = $1 and a.account_id = $2",
    "a subquery over everybody":
      "select id from messages where account_id = $1 and id in (select message_id from attempts)",
    "a change by id alone": "update messages set lane = null where id = any($1::uuid[])",
    "rows of nobody's":
      "insert into messages (id, account_id) select id, gen_random_uuid() from unnest($1::uuid[]) r(id)",
    "a look over all that WITH hides":
      "with due as (select account_id, id from messages where lane = $1) update messages m set lane = null from due where m.account_id = due.account_id and m.id = due.id",
  };
  for (const [what, text] of Object.entries(planted)) {
    test(what, async () => {
      assert.notDeepEqual((await readConfinement(text, tenantTables)).breaches, []);
    });
  }
});

describe("the reader of statements lets pass", () => {
  const right: Record<string, [text: string, ofOneAccount: boolean]> = {
    "a parameter, however far it is handed on": [
      "with m as (select account_id, id from messages where account_id = $1) update attempts a set outcome = null from m where a.account_id = m.account_id and a.message_id = m.id",
      true,
    ],
    "rows that bring their account": [
      "update messages m set lane = null from unnest($1::uuid[], $2::uuid[]) r(account_id, id) where (m.account_id, m.id) = (r.account_id, r.id)",
      false,
    ],
    "a join by USING": [
      "select 1 from messages join attempts a using (account_id) where a.account_id = $1",
      true,
    ],
  };
  for (const [what, [text, ofOneAccount]] of Object.entries(right)) {
    test(what, async () => {
      assert.deepEqual(await readConfinement(text, tenantTables), { breaches: [], ofOneAccount });
    });
  }
});

function readAll() {
  const sent = [...record.texts].filter(([text]) => {
    const start = text.trim().replace(/\s+/gu, " ");
    return !OF_NO_TABLE.test(start) && !start.startsWith(OF_THE_TEST);
  });
  return Promise.all(
    sent.map(async ([text, name]) => ({ name, ...(await readConfinement(text, tenantTables)) })),
  );
}

function isOverAll(name: string): boolean {
  return Object.keys(OVER_ALL).some((start) => name.startsWith(start));
}
