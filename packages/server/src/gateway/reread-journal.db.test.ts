import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, beforeEach, describe, test } from "node:test";
import { retain } from "../accounts/retain.ts";
import { setRetention } from "../accounts/retention.ts";
import type { BuiltAccount } from "../testkit/build-account.ts";
import { type InboundWorld, openInboundWorld } from "../testkit/inbound-world.ts";
import { rereadJournal } from "./reread-journal.ts";

let world: InboundWorld;
let account: BuiltAccount;

before(async () => {
  world = await openInboundWorld();
});
beforeEach(async () => {
  account = await world.toldAccount();
});
after(() => world.close());

describe("reading the journal again", () => {
  const everything = async () => {
    const { rows } = await world.pool.query(
      `select (select count(*) from messages where account_id = $1) as messages,
         (select count(*) from events where account_id = $1) as events,
         (select count(*) from deliveries where account_id = $1) as deliveries,
         (select count(*) from transfers where account_id = $1) as transfers,
         (select count(*) from channel_notices where account_id = $1) as notices,
         (select balance from wallets where account_id = $1) as balance,
         (select json_agg(m order by m.id) from messages m where account_id = $1) as rows`,
      [account.accountId],
    );
    return rows[0];
  };
  const wish = () => ({
    ...{ accountId: account.accountId, appId: null, since: null, until: null, channel: null },
    ...{ states: ["done", "failed", "anomalous"] as const, ignored: null, after: null },
  });

  test("of all posts changes nothing that was followed: nothing is stored, told or paid twice", async () => {
    const [sent, failed] = [await world.accept(account), await world.accept(account)];
    const status = (word: string, opaque: string, more = {}) => ({
      ...{ id: `wamid.${opaque}`, status: word, biz_opaque_callback_data: opaque },
      ...{ timestamp: String(Math.floor(world.time.nowMs / 1_000)), ...more },
    });
    const statuses = [
      ...["read", "sent", "delivered"].map((word) => status(word, sent)),
      status("failed", failed, { errors: [{ code: 131026, title: "x" }] }),
      status("delivered", failed),
    ];
    const value = { metadata: { phone_number_id: account.numberId }, statuses };
    await world.post(account, [
      { field: "messages", value },
      { field: "account_alerts", value: { entity_type: "BUSINESS" } },
      { field: "unheard_of", value: {} },
    ]);
    const target = { original_message_id: "wamid.1" };
    const message = { type: "text", text: { body: "dos" } };
    await world.receive(
      account,
      world.said("text", { body: "uno" }, { id: "wamid.1" }),
      world.said("edit", { ...target, message }),
      world.said("revoke", target),
      world.said("system", { body: "x", type: "user_changed_number", wa_id: "573007654321" }),
    );
    const before = await everything();
    world.time.nowMs += 3_600_000;
    for (let round = 0; round < 2; round += 1) {
      const result = await rereadJournal(deps(), { ...wish(), countMax: 100 });
      assert.deepEqual(result, { count: 2, next: null });
      await world.readOnce();
    }
    assert.deepEqual(await everything(), before);
  });

  test("brings nothing back that its account no longer keeps, and tells nothing of it again", async () => {
    const { accountId } = account;
    const target = { original_message_id: "wamid.old" };
    const place = { latitude: 4.6, longitude: -74.1, name: "mi casa" };
    await world.receive(
      account,
      world.said("text", { body: "secreto" }, { id: "wamid.old" }),
      world.said("edit", { ...target, message: { type: "text", text: { body: "otro secreto" } } }),
      world.said("revoke", target),
      world.said("location", place),
    );
    await setRetention(world.shared, accountId, { bodiesDays: 30 });
    world.time.nowMs += 31 * 86_400_000;
    await retain(world.shared, accountId);
    const before = await everything();
    assert.doesNotMatch(JSON.stringify(before.rows), /secreto|casa/u);
    assert.ok((await rereadJournal(deps(), { ...wish(), countMax: 100 })).count > 0);
    await world.readOnce();
    assert.deepEqual(await everything(), before);
    world.time.nowMs -= 31 * 86_400_000;
  });

  test("stores nothing said longer ago than the account keeps it, and tells of it", async () => {
    await setRetention(world.shared, account.accountId, { bodiesDays: 30 });
    const old = String(Math.floor(world.time.nowMs / 1_000) - 31 * 86_400);
    const young = String(Math.floor(world.time.nowMs / 1_000) - 29 * 86_400);
    const image = { id: "media-1", mime_type: "image/png", caption: "secreto" };
    await world.receive(
      account,
      world.said("text", { body: "secreto" }, { timestamp: old }),
      world.said("image", image, { timestamp: old }),
      world.said("location", { latitude: 4.6, longitude: -74.1 }, { timestamp: old }),
      world.said("text", { body: "reciente" }, { timestamp: young }),
    );
    const { rows } = await world.pool.query(
      `select kind, body, media, content, lane from messages
       where account_id = $1 and direction = 'in' order by accepted_at, kind`,
      [account.accountId],
    );
    assert.equal(rows.length, 4);
    for (const row of rows.slice(0, 3)) {
      assert.deepEqual([row.body, row.media, row.content, row.lane], ["", null, null, null]);
    }
    assert.equal(rows[3].body, "reciente");
    const told = (await world.told(account)).map((body) => body.message);
    assert.deepEqual(told.filter((text) => text === "secreto").length, 2);
  });

  test("goes on where it stopped, and from no other account", async () => {
    const victim = await world.toldAccount();
    await world.receive(victim, world.said("text", { body: "ajeno" }));
    for (const body of ["1", "2", "3"]) await world.receive(account, world.said("text", { body }));
    const first = await rereadJournal(deps(), { ...wish(), countMax: 2 });
    assert.equal(first.count, 2);
    await world.readOnce();
    const rest = { ...wish(), countMax: 2, after: first.next };
    assert.deepEqual(await rereadJournal(deps(), rest), { count: 1, next: null });
    const { rows } = await world.pool.query(
      "select count(*)::int as count from journal where account_id = $1 and state = 'new'",
      [victim.accountId],
    );
    assert.equal(rows[0].count, 0);
  });

  test("finds the posts in which something was ignored by its name, and those of one number", async () => {
    await world.receive(account, world.said("hologram", {}));
    await world.receive(account, world.said("text", { body: "hola" }));
    const ignored = "message type hologram";
    assert.equal((await rereadJournal(deps(), { ...wish(), ignored, countMax: 9 })).count, 1);
    await world.readOnce();
    const { accountId, channelId } = account;
    const own = { ...wish(), channel: { accountId, channelId }, countMax: 9 };
    assert.equal((await rereadJournal(deps(), own)).count, 2);
    await world.readOnce();
    const other = { ...own, channel: { accountId, channelId: randomUUID() } };
    // What is not known may concern any number.
    assert.equal((await rereadJournal(deps(), other)).count, 1);
  });

  test("of one number stops at the number of posts that was asked for, and goes on after the last of them", async () => {
    const { accountId, channelId } = account;
    for (let number = 0; number < 23; number += 1) {
      await world.receive(account, world.said("text", { body: String(number) }));
    }
    const own = { ...wish(), channel: { accountId, channelId } };
    const counts: number[] = [];
    let after: string | null = null;
    do {
      const found = await rereadJournal(deps(), { ...own, after, countMax: 9 });
      counts.push(found.count);
      after = found.next;
      await world.readOnce();
    } while (after !== null);
    assert.deepEqual(counts, [9, 9, 5]);
    const whole = await rereadJournal(deps(), { ...own, countMax: 23 });
    assert.equal(whole.count, 23);
  });

  test("completes what was stored when less of it could be read, and tells nobody", async () => {
    await world.receive(account, world.said("location", { latitude: 1, longitude: 2 }));
    await world.pool.query("update messages set content = null where account_id = $1", [
      account.accountId,
    ]);
    await rereadJournal(deps(), { ...wish(), countMax: 9 });
    await world.readOnce();
    const [row] = await world.stored(account);
    assert.equal(row.content.location.longitude, 2);
    assert.equal((await world.told(account)).length, 1);
  });

  function deps() {
    return { pool: world.pool, provider: world.shared.provider };
  }
});
