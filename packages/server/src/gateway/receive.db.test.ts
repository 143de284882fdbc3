import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { createStrain } from "../platform/strain.ts";
import { insertJournal } from "../storage/journal.ts";
import type { BuiltAccount } from "../testkit/build-account.ts";
import { type GatewayWorld, openGatewayWorld } from "../testkit/gateway-world.ts";
import { createJournalReader } from "../testkit/journal-reader.ts";

let world: GatewayWorld;
let account: BuiltAccount;
let readOnce: () => Promise<void>;

before(async () => {
  world = await openGatewayWorld();
  readOnce = createJournalReader(world);
});
beforeEach(async () => {
  account = await world.account();
});
afterEach(() => world.stopWorkers());
after(() => world.close());

const FULL = 10_000_000_000n;
const PRICE = 2_500_000n;

/** A lane whose readings take time by a clock of their own. */
function openSlowLane(strain: ReturnType<typeof createStrain>, step: { ms: number }) {
  const clock = {
    now() {
      world.time.nowMs += step.ms;
      return world.time.nowMs;
    },
  };
  return createJournalReader(world, { clock, strain });
}

/** One change of Meta's with these statuses and messages, for a number. */
function change(numberId: string, items: { statuses?: unknown[]; messages?: unknown[] }) {
  return { field: "messages", value: { metadata: { phone_number_id: numberId }, ...items } };
}

function status(word: string, opaque: string | null, more: Record<string, unknown> = {}) {
  return {
    id: `wamid.${opaque ?? "stranger"}`,
    status: word,
    timestamp: String(Math.floor(world.time.nowMs / 1_000)),
    ...(opaque === null ? {} : { biz_opaque_callback_data: opaque }),
    ...more,
  };
}

function text(body: string, id: string = randomUUID()) {
  const timestamp = String(Math.floor(world.time.nowMs / 1_000));
  return { id: `wamid.in.${id}`, from: "573001234567", timestamp, type: "text", text: { body } };
}

/** Stores a post as if the account's app had signed it. */
async function post(of: BuiltAccount, changes: unknown[] | string): Promise<string> {
  const id = world.shared.ids.next(world.time.nowMs);
  const whole = { object: "whatsapp_business_account", entry: [{ id: of.businessId, changes }] };
  const body = typeof changes === "string" ? changes : JSON.stringify(whole);
  const row = { id, accountId: of.accountId, appId: of.appId, provider: "meta-cloud" };
  const receivedAt = new Date(world.time.nowMs);
  await insertJournal(world.pool, [{ ...row, body: Buffer.from(body), receivedAt }]);
  return id;
}

async function journal(id: string) {
  const { rows } = await world.pool.query(
    "select state, items, ignored, error from journal where id = $1",
    [id],
  );
  return rows[0];
}

async function inbound(of: BuiltAccount): Promise<string[]> {
  const { rows } = await world.pool.query(
    "select body from messages where account_id = $1 and direction = 'in' order by body",
    [of.accountId],
  );
  return rows.map((row) => row.body);
}

async function parked(of: BuiltAccount): Promise<number> {
  const { rows } = await world.pool.query(
    "select count(*)::int as count from parked_statuses where account_id = $1",
    [of.accountId],
  );
  return rows[0].count;
}

describe("what a provider posted", () => {
  test("is followed item by item: statuses, persons' messages and what is not known, in one post", async () => {
    const [first, second] = [await world.accept(account), await world.accept(account)];
    const id = await post(account, [
      change(account.numberId, { statuses: [status("sent", first), status("delivered", first)] }),
      change(account.numberId, {
        statuses: [status("failed", second, { errors: [{ code: 131048, title: "spam" }] })],
        messages: [text("hola")],
      }),
      { field: "a_new_field", value: {} },
    ]);
    await readOnce();
    assert.equal((await world.message(first)).status, "delivered");
    const failed = await world.message(second);
    assert.deepEqual([failed.status, failed.code, failed.refunded], ["failed", "131048", true]);
    assert.deepEqual(await inbound(account), ["hola"]);
    const read = await journal(id);
    assert.deepEqual([read.state, read.items], ["done", 5]);
    assert.deepEqual(read.ignored, { "field a_new_field": 1 });
    assert.equal(await world.balance(account), FULL - PRICE);
  });

  test("twice changes nothing the second time: no message, event, or refund more", async () => {
    const id = await world.accept(account);
    const changes = [
      change(account.numberId, {
        statuses: [status("failed", id, { errors: [{ code: 131026, title: "x" }] })],
        messages: [text("una vez", "same")],
      }),
    ];
    const count = async () => {
      const { rows } = await world.pool.query(
        "select count(*)::int as events from events where account_id = $1",
        [account.accountId],
      );
      return [rows[0].events, await world.balance(account), await inbound(account)];
    };
    await post(account, changes);
    await readOnce();
    const before = await count();
    await post(account, changes);
    await post(account, changes);
    await readOnce();
    assert.deepEqual(await count(), before);
    assert.equal(await world.balance(account), FULL);
  });

  test("for a number of somebody else's is left alone: an app speaks for its own numbers only", async () => {
    const victim = await world.account();
    const id = await world.accept(victim);
    await post(account, [
      change(victim.numberId, {
        statuses: [status("failed", id, { errors: [{ code: 131026, title: "forged" }] })],
        messages: [text("forged")],
      }),
      change(account.numberId, { statuses: [status("delivered", id)] }),
    ]);
    await readOnce();
    assert.equal((await world.message(id)).status, "accepted");
    assert.deepEqual([await inbound(victim), await parked(victim)], [[], 0]);
    assert.equal(await world.balance(victim), FULL - PRICE);
  });

  test("before its message is known waits, and is applied in order once it is", async () => {
    const id = await world.accept(account);
    const early = (word: string) => ({ ...status(word, null), id: "wamid.early" });
    await post(account, [
      change(account.numberId, { statuses: [early("sent"), early("delivered"), early("read")] }),
    ]);
    await readOnce();
    assert.equal(await parked(account), 3);
    await world.pool.query(
      "update messages set provider_message_id = 'wamid.early' where id = $1",
      [id],
    );
    world.time.nowMs += 60_000;
    await readOnce();
    assert.equal((await world.message(id)).status, "read");
    assert.equal(await parked(account), 0);
    const { rows } = await world.pool.query(
      "select kind from events where message_id = $1 order by seq",
      [id],
    );
    assert.deepEqual(
      rows.map((row) => row.kind),
      ["accepted", "sent", "delivered", "read"],
    );
  });

  test("before its message is known waits no longer for others that can never be applied", async () => {
    const [stuck, free] = [await world.accept(account), await world.accept(account)];
    const early = (id: string) => ({ ...status("sent", null), id: `wamid.early.${id}` });
    await post(account, [change(account.numberId, { statuses: [stuck, free].map(early) })]);
    await readOnce();
    await world.pool.query(
      "update messages set provider_message_id = 'wamid.early.' || id where id = any ($1)",
      [[stuck, free]],
    );
    await world.pool.query(
      `create or replace function refuse_status() returns trigger language plpgsql as
       $$ begin if new.status = 'sent' and new.id = '${stuck}' then
            raise exception 'refused' using errcode = '22000'; end if; return new; end $$`,
    );
    await world.pool.query(
      "create trigger refuse before update on messages for each row execute function refuse_status()",
    );
    world.time.nowMs += 60_000;
    try {
      await readOnce();
      assert.equal((await world.message(free)).status, "sent");
      assert.equal((await world.message(stuck)).status, "accepted");
      assert.equal(await parked(account), 1);
    } finally {
      await world.pool.query("drop trigger refuse on messages");
    }
    world.time.nowMs += 120_000;
    await readOnce();
    assert.equal((await world.message(stuck)).status, "sent");
  });

  test("of a message that nobody ever knows is given up after seven days", async () => {
    await post(account, [change(account.numberId, { statuses: [status("sent", null)] })]);
    await readOnce();
    for (let day = 0; day < 16; day += 1) {
      world.time.nowMs += 86_400_000;
      await readOnce();
    }
    assert.equal(await parked(account), 0);
  });

  test("by one who floods is read later while posts wait to be stored, and nobody else's is", async () => {
    const step = { ms: 5 };
    const strain = createStrain({
      clock: { now: () => world.time.nowMs },
      ...{ highMs: 40, lifeMs: 250 },
    });
    const readSlowly = openSlowLane(strain, step);
    const small = await world.account();
    const say = (whose: BuiltAccount, body: string) =>
      post(whose, [change(whose.numberId, { messages: [text(body)] })]);
    strain.note(account.accountId, 4_000);
    for (const whose of [account, small]) await say(whose, "first");
    await readSlowly();
    step.ms = 0;
    for (const whose of [account, small]) await say(whose, "second");
    await readSlowly();
    assert.deepEqual(await inbound(small), ["first", "second"]);
    assert.deepEqual(await inbound(account), ["first"]);
    world.time.nowMs += 200;
    await readSlowly();
    assert.deepEqual(await inbound(account), ["first", "second"]);
  });

  test("and is no JSON, or nobody's, is kept and named, and costs the others nothing", async () => {
    const odd = await post(account, "{ not json");
    const strange = await post(account, '{"object":"page","entry":[]}');
    const id = await world.accept(account);
    await post(account, [change(account.numberId, { statuses: [status("sent", id)] })]);
    await readOnce();
    assert.equal((await journal(odd)).state, "anomalous");
    assert.equal((await journal(strange)).state, "anomalous");
    assert.equal((await world.message(id)).status, "sent");
  });

  test("with half a character in a name or a reason stops neither its neighbours nor other accounts", async () => {
    const others = [await world.account(), await world.account(), await world.account()];
    const ids: string[] = [];
    const half = JSON.parse('"\\ud83d"') as string;
    for (const one of [account, ...others]) {
      const id = await world.accept(one);
      const error = { code: 131999, title: `half ${half}`, message: `half ${half}` };
      await post(one, [
        { field: `x${half}`, value: {} },
        change(one.numberId, { statuses: [status("failed", id, { errors: [error] })] }),
      ]);
      ids.push(id);
    }
    await readOnce();
    for (const id of ids) assert.equal((await world.message(id)).status, "failed");
  });

  test("and makes the database refuse one item leaves the other items and posts followed", async () => {
    const [first, second] = [await world.accept(account), await world.accept(account)];
    await world.pool.query(
      `create or replace function refuse_poison() returns trigger language plpgsql as
       $$ begin if new.body = 'poison' then raise exception 'refused' using errcode = '22000';
          end if; return new; end $$`,
    );
    await world.pool.query(
      "create trigger poison before insert on messages for each row execute function refuse_poison()",
    );
    try {
      const id = await post(account, [
        change(account.numberId, {
          messages: [text("antes"), text("poison"), text("después")],
          statuses: [status("sent", first)],
        }),
      ]);
      await post(account, [change(account.numberId, { statuses: [status("sent", second)] })]);
      await readOnce();
      assert.deepEqual(await inbound(account), ["antes", "después"]);
      assert.equal((await world.message(first)).status, "sent");
      assert.equal((await world.message(second)).status, "sent");
      const read = await journal(id);
      assert.equal(read.state, "failed");
      assert.match(read.error, /refused/u);
    } finally {
      await world.pool.query("drop trigger poison on messages");
    }
  });

  const passing = {
    "53100": "no room on the disk",
    "58030": "the disk fails",
    "40P01": "deadlock",
    "57014": "a statement took longer than allowed",
  };
  for (const [state, what] of Object.entries(passing)) {
    test(`is not used up while the database cannot take it (${what}): it is read when it can`, async () => {
      const id = await world.accept(account);
      await world.pool.query(
        `create or replace function refuse_all() returns trigger language plpgsql as
         $$ begin raise exception 'not now' using errcode = '${state}'; end $$`,
      );
      await world.pool.query(
        "create trigger away before insert on events for each row execute function refuse_all()",
      );
      const journalId = await post(account, [
        change(account.numberId, { statuses: [status("sent", id)] }),
      ]);
      try {
        await readOnce();
        assert.equal((await journal(journalId)).state, "new");
        assert.equal((await world.message(id)).status, "accepted");
      } finally {
        await world.pool.query("drop trigger away on events");
      }
      await readOnce();
      assert.equal((await journal(journalId)).state, "done");
      assert.equal((await world.message(id)).status, "sent");
    });
  }
});

test("once posts are read, who brings webhooks and fetches files is told, and finds them there", async () => {
  const id = await post(account, [change(account.numberId, { messages: [text("hola")] })]);
  const seen: Promise<string>[] = [];
  const look = async () => (await journal(id)).state;
  await createJournalReader(world, { onFollowUp: () => seen.push(look()) })();
  assert.deepEqual(await Promise.all(seen), ["done"]);
});
