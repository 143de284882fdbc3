import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, beforeEach, describe, test } from "node:test";
import type { WorkSettingsChange } from "@recado/contract/console/work";
import { changeConversation } from "../contacts/conversations.ts";
import { noteAgentsSeen } from "../storage/agents.ts";
import { listGivingAccounts } from "../storage/work-settings.ts";
import type { BuiltAccount } from "../testkit/build-account.ts";
import { type InboundWorld, openInboundWorld } from "../testkit/inbound-world.ts";
import { changePerson } from "./work-agents.ts";
import { createGivingLane, giveConversations } from "./work-giving.ts";
import { changeProjectWork, changeRule } from "./work-settings.ts";

let world: InboundWorld;
let account: BuiltAccount;

before(async () => {
  world = await openInboundWorld();
});
beforeEach(async () => {
  account = await world.account();
  // Whoever owns the account is no part of these tests.
  await world.pool.query("update users set role = 'developer' where account_id = $1", [
    account.accountId,
  ]);
});
after(() => world.close());

async function person(name: string, isHere = true): Promise<string> {
  const id = randomUUID();
  await world.pool.query(
    `insert into users (account_id, id, login, name, role, created_at) values ($1, $2, $3, $3, 'agent', now())`,
    [account.accountId, id, `${name}-${id.slice(0, 8)}`],
  );
  if (isHere) await comes(id);
  return id;
}

async function comes(userId: string): Promise<void> {
  await world.pool.query(
    `insert into presence (account_id, client_id, user_id, doing, gone_at) values ($1, $2, $3, 'looking', $4)`,
    [account.accountId, randomUUID(), userId, new Date(world.time.nowMs + 3_600_000)],
  );
}

async function leaves(userId: string): Promise<void> {
  await world.pool.query("delete from presence where account_id = $1 and user_id = $2", [
    account.accountId,
    userId,
  ]);
}

async function writes(mobile: string): Promise<string> {
  world.time.nowMs += 1_000;
  await world.receive(account, world.said("text", { body: "hola" }, { from: mobile }));
  const { rows } = await world.pool.query(
    `select v.id from conversations v join contact_addresses a on a.account_id = v.account_id and a.contact_id = v.contact_id
     where v.account_id = $1 and a.value = $2 and v.state <> 'resolved'`,
    [account.accountId, mobile],
  );
  return rows[0].id;
}

async function write(count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1)
    ids.push(await writes(`57300${String(1_000_000 + index)}`));
  return ids;
}

function set(change: WorkSettingsChange) {
  const { accountId, projectId } = account;
  return changeProjectWork(world.shared, { accountId, projectId }, change);
}

const rule = (
  mode: "off" | "round_robin" | "least_busy",
  capacity = 10,
  reassign: number | null = null,
) => set({ assignment: { mode, capacity, reassign_after_s: reassign } });

const give = () => giveConversations(world.shared, account.accountId);

/** Who has what, in the order of the conversations. */
async function holders(ids: readonly string[]): Promise<(string | null)[]> {
  const { rows } = await world.pool.query<{ id: string; assignee_id: string | null }>(
    "select id, assignee_id from conversations where account_id = $1 and id = any($2::uuid[])",
    [account.accountId, ids],
  );
  const byId = new Map(rows.map((row) => [row.id, row.assignee_id]));
  return ids.map((id) => byId.get(id) ?? null);
}

test("in one account that fails nothing is given, and in the others all the same", async () => {
  const open: string[] = [];
  for (const each of [account, await world.account(), await world.account()]) {
    account = each;
    await person("ana");
    await rule("round_robin");
    open.push(await writes("573001234567"));
  }
  const [sick, ...others] = await listGivingAccounts(world.pool);
  await world.pool.query("delete from counters where account_id = $1", [sick]);
  const lane = createGivingLane(world.shared);
  lane.start();
  await lane.stop();
  const { rows } = await world.pool.query(
    `select account_id from conversations
     where id = any($1::uuid[]) and assignee_id is not null`,
    [open],
  );
  assert.deepEqual(rows.map((row) => row.account_id).toSorted(), others.toSorted());
  await world.pool.query("delete from work_settings where account_id = $1", [sick]);
});

describe("giving out", () => {
  test("does nothing while it is off, and gives to nobody who is not here or says away", async () => {
    const ana = await person("ana");
    const beto = await person("beto", false);
    const ids = await write(2);
    await give();
    assert.deepEqual(await holders(ids), [null, null]);
    await rule("round_robin");
    await changePerson(
      world.shared,
      { accountId: account.accountId, userId: ana },
      { state: "away" },
    );
    await give();
    assert.deepEqual(await holders(ids), [null, null]);
    await comes(beto);
    await give();
    assert.deepEqual(await holders(ids), [beto, beto]);
  });

  test("goes round, and the longest waiting first when there is little room", async () => {
    const people = [await person("ana"), await person("beto")].sort();
    const ids = await write(5);
    await rule("round_robin", 2);
    await give();
    const [first = "", second = ""] = people;
    assert.deepEqual(await holders(ids), [first, second, first, second, null]);
  });

  test("goes to whoever has the fewest, and an own capacity goes before the project's", async () => {
    const ana = await person("ana");
    const beto = await person("beto");
    const { accountId } = account;
    const [taken = "", ...ids] = await write(5);
    await world.pool.query(
      "update conversations set assignee_id = $3 where account_id = $1 and id = $2",
      [accountId, taken, ana],
    );
    await changePerson(world.shared, { accountId, userId: beto }, { capacity: 2 });
    await rule("least_busy", 3);
    await give();
    const given = await holders(ids);
    assert.equal(given[0], beto);
    assert.equal(given.filter((id) => id === beto).length, 2);
    assert.equal(given.filter((id) => id === ana).length, 2);
  });

  test("by four processes at once gives each conversation once and nobody too much", async () => {
    await person("ana");
    await person("beto");
    await person("carla");
    const ids = await write(30);
    await rule("least_busy", 7);
    await Promise.all([give(), give(), give(), give()]);
    await give();
    const given = (await holders(ids)).filter((id) => id !== null);
    assert.equal(given.length, 21);
    for (const [, own] of Map.groupBy(given, (id) => id)) assert.equal(own.length, 7);
    const { rows } = await world.pool.query(
      `select data ->> 'conversationId' as id, count(*)::int as count from events
       where account_id = $1 and kind = 'conversation.assigned' group by 1`,
      [account.accountId],
    );
    assert.deepEqual([rows.length, rows.filter(({ count }) => count !== 1)], [21, []]);
  });

  test("gives nothing that is being resolved at the same moment", async () => {
    await person("ana");
    const ids = await write(12);
    await rule("round_robin", 50);
    const { accountId } = account;
    const resolving = ids.map((id) =>
      changeConversation(world.shared, { accountId, id }, { state: "resolved" }),
    );
    await Promise.all([give(), ...resolving, give()]);
    await give();
    const { rows } = await world.pool.query(
      `select count(*)::int as count from events a
       join events r on r.account_id = a.account_id and r.kind = 'conversation.resolved'
         and r.data ->> 'conversationId' = a.data ->> 'conversationId' and r.seq < a.seq
       where a.account_id = $1 and a.kind = 'conversation.assigned'`,
      [accountId],
    );
    assert.deepEqual(rows, [{ count: 0 }]);
    const { rows: open } = await world.pool.query(
      "select from conversations where account_id = $1 and state = 'open'",
      [accountId],
    );
    assert.equal(open.length, 0);
  });

  test("gives a team's conversations to its people alone, and by its own rule", async () => {
    await person("ana");
    const beto = await person("beto");
    const { accountId } = account;
    const [sales = "", support = ""] = [randomUUID(), randomUUID()];
    for (const [id, name] of [
      [sales, "ventas"],
      [support, "soporte"],
    ]) {
      await world.pool.query(
        "insert into teams (account_id, id, name, created_at) values ($1, $2, $3, now())",
        [accountId, id, name],
      );
    }
    await world.pool.query("insert into team_members values ($1, $2, $3)", [
      accountId,
      sales,
      beto,
    ]);
    const ids = await write(3);
    const [one, two] = ids;
    await world.pool.query(
      "update conversations set team_id = $3 where account_id = $1 and id = $2",
      [accountId, one, sales],
    );
    await world.pool.query(
      "update conversations set team_id = $3 where account_id = $1 and id = $2",
      [accountId, two, support],
    );
    await rule("round_robin");
    await changeRule(world.shared, { accountId, teamId: support }, "off");
    await give();
    const [first, second, third] = await holders(ids);
    assert.equal(first, beto);
    assert.equal(second, null);
    assert.notEqual(third, null);
    // A team without people waits, however many are here.
    await changeRule(world.shared, { accountId, teamId: support }, "least_busy");
    await give();
    assert.equal((await holders(ids))[1], null);
  });

  test("takes back what waits for somebody who is gone, when asked to, and not before its time", async () => {
    const ana = await person("ana");
    const ids = await write(1);
    await rule("round_robin", 10, 300);
    await give();
    const seen = () =>
      noteAgentsSeen(world.pool, new Date(world.time.nowMs), new Date(world.time.nowMs - 15_000));
    await seen();
    await leaves(ana);
    const beto = await person("beto");
    world.time.nowMs += 200_000;
    await give();
    assert.deepEqual(await holders(ids), [ana]);
    world.time.nowMs += 101_000;
    await give();
    assert.deepEqual(await holders(ids), [beto]);
  });

  test("leaves with somebody who is gone what they have answered", async () => {
    const ana = await person("ana");
    const ids = await write(1);
    await rule("round_robin", 10, 60);
    await give();
    await leaves(ana);
    await world.pool.query("update conversations set waiting_since = null where account_id = $1", [
      account.accountId,
    ]);
    world.time.nowMs += 600_000;
    await give();
    assert.deepEqual(await holders(ids), [ana]);
  });

  test("touches no other account", async () => {
    const ids = await write(1);
    const other = await world.account();
    const before = account;
    account = other;
    await person("zoe");
    await rule("round_robin");
    await giveConversations(world.shared, other.accountId);
    account = before;
    assert.deepEqual(await holders(ids), [null]);
  });
});
