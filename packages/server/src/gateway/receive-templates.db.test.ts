import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { insertJournal } from "../storage/journal.ts";
import type { BuiltAccount } from "../testkit/build-account.ts";
import { type GatewayWorld, openGatewayWorld } from "../testkit/gateway-world.ts";
import { createJournalReader } from "../testkit/journal-reader.ts";
import { createAcceptance } from "./accept.ts";
import { decideCategory } from "./decide-category.ts";

let world: GatewayWorld;
let account: BuiltAccount;
let readOnce: () => Promise<void>;

before(async () => {
  world = await openGatewayWorld();
  readOnce = createJournalReader(world);
});
beforeEach(async () => {
  account = await world.account();
  await world.pool.query(
    `update prices set amount = 10000000 where category = 'marketing' and price_book_id =
       (select price_book_id from accounts where account_id = $1)`,
    [account.accountId],
  );
  await touch();
});
after(() => world.close());

const touch = () =>
  world.pool.query("update accounts set version = version + 1 where account_id = $1", [
    account.accountId,
  ]);

async function template(name = "three") {
  const { rows } = await world.pool.query(
    `select id, account_id as "accountId", number, status, category, quality, guard,
       provider_template_id as "providerId" from templates where account_id = $1 and name = $2`,
    [account.accountId, name],
  );
  return rows[0];
}

async function history(): Promise<string[]> {
  const { rows } = await world.pool.query(
    `select kind, from_value, to_value, applied from template_changes
     where account_id = $1 order by id`,
    [account.accountId],
  );
  return rows.map((row) => `${row.kind} ${row.from_value} ${row.to_value} ${row.applied}`);
}

async function events(): Promise<string[]> {
  const { rows } = await world.pool.query(
    "select kind from events where account_id = $1 and kind like 'template.%' order by seq",
    [account.accountId],
  );
  return rows.map((row) => row.kind);
}

type Post = [afterS: number, field: string, value: object, of?: BuiltAccount];

const named = (providerId: string) => ({
  message_template_id: Number(providerId),
  message_template_name: "three",
  message_template_language: "es",
});

/** What Meta posts of a template, dated so many seconds after the test's clock. */
async function post(...[afterS, field, value, of = account]: Post): Promise<void> {
  const { providerId } = await template();
  const time = Math.floor(world.time.nowMs / 1_000) + afterS;
  const changes = [{ field, value: { ...named(providerId), ...value } }];
  const body = {
    object: "whatsapp_business_account",
    entry: [{ id: of.businessId, time, changes }],
  };
  await insertJournal(world.pool, [
    {
      id: world.shared.ids.next(world.time.nowMs),
      accountId: of.accountId,
      appId: of.appId,
      provider: "meta-cloud",
      receivedAt: new Date(world.time.nowMs),
      body: Buffer.from(JSON.stringify(body)),
    },
  ]);
  await readOnce();
}

const status = (afterS: number, event: string) =>
  post(afterS, "message_template_status_update", { event, reason: null });
const category = (afterS: number, previous: string, now: string) =>
  post(afterS, "template_category_update", { previous_category: previous, new_category: now });

let person = 573_001_000_000;

async function send(acceptance = world.acceptance): Promise<number> {
  person += 1;
  const answer = await acceptance.send({
    source: "ws",
    login: account.login,
    token: account.token,
    mobile: String(person),
    idTemplate: String(account.templates.three),
    message: undefined,
    templateVariables: "[a] [b] [c]",
    customField: "",
    mediaName: "",
    media: null,
  });
  return answer.code as number;
}

const limit = (max: number) =>
  world.pool
    .query("update projects set category_guard_limit = $2 where account_id = $1", [
      account.accountId,
      max,
    ])
    .then(touch);

describe("what WhatsApp says of a template", () => {
  test("is kept as history and told, each thing once, however often it is posted", async () => {
    for (let times = 0; times < 2; times += 1) {
      await status(-30, "PAUSED");
      await post(-20, "message_template_quality_update", { new_quality_score: "RED" });
      await status(-10, "APPROVED");
    }
    const { status: state, quality } = await template();
    assert.deepEqual([state, quality], ["approved", "red"]);
    assert.deepEqual(await history(), [
      "status approved paused true",
      "quality null red true",
      "status paused approved true",
    ]);
    assert.deepEqual(await events(), ["template.paused", "template.quality", "template.approved"]);
  });

  test("that is older and comes late is noted and does not count", async () => {
    await status(-10, "PAUSED");
    await status(-30, "REJECTED");
    assert.equal((await template()).status, "paused");
    assert.deepEqual(await history(), [
      "status approved paused true",
      "status paused rejected false",
    ]);
    assert.deepEqual(await events(), ["template.paused"]);
  });

  test("dated in the future does not keep what comes after it from counting", async () => {
    await status(86_400, "PAUSED");
    world.time.nowMs += 5_000;
    await status(0, "APPROVED");
    assert.equal((await template()).status, "approved");
  });

  test("by another account's app is left alone", async () => {
    const stranger = await world.account();
    await post(-10, "message_template_status_update", { event: "PAUSED" }, stranger);
    assert.equal((await template()).status, "approved");
    assert.deepEqual(await history(), []);
  });
});

describe("a template that became dearer", () => {
  test("sends exactly up to the limit, in one group and by two processes at once", async () => {
    await limit(7);
    await category(-10, "UTILITY", "MARKETING");
    const options = { ...world.shared, waitingMax: 1_000, onAccepted: () => {} };
    const other = createAcceptance(options);
    const codes = await Promise.all(
      Array.from({ length: 24 }, (_, at) => send(at % 2 === 0 ? world.acceptance : other)),
    );
    assert.equal(codes.filter((code) => code === 1).length, 7);
    assert.equal(codes.filter((code) => code === 7).length, 17);
    assert.equal(await send(), 7);
    const { guard } = await template();
    assert.deepEqual(guard.prices, [{ country: "CO", before: "2500000", now: "10000000" }]);
    const spent = 10_000_000_000n - (await world.balance(account));
    assert.equal(spent, 70_000_000n, "the price is that of the category as it is");
  });

  test("is sent without a limit once somebody accepts, and not at all once somebody says no", async () => {
    await limit(0);
    await category(-10, "UTILITY", "MARKETING");
    assert.equal(await send(), 7);
    const key = await template();
    const operator = { ...world.shared, secretBox: {} as never };
    await decideCategory(operator, key, { decision: "reject" });
    await limit(100);
    assert.equal(await send(), 7);
    await decideCategory(operator, key, { decision: "accept" });
    assert.equal(await send(), 1);
    await assert.rejects(decideCategory(operator, key, { decision: "accept" }), {
      code: "conflict",
    });
    assert.deepEqual((await history()).slice(1), [
      "guard null waiting true",
      "guard waiting rejected true",
      "guard rejected null true",
    ]);
  });

  test("is free again when WhatsApp moves it back, and counts anew when it comes again", async () => {
    await limit(1);
    await category(-30, "UTILITY", "MARKETING");
    assert.deepEqual([await send(), await send()], [1, 7]);
    await category(-20, "MARKETING", "UTILITY");
    assert.equal((await template()).guard, null);
    assert.deepEqual([await send(), await send()], [1, 1]);
    await category(-10, "UTILITY", "MARKETING");
    assert.deepEqual([await send(), await send()], [1, 7]);
  });

  test("asks nobody when it is no dearer", async () => {
    await category(-10, "UTILITY", "AUTHENTICATION");
    assert.equal((await template()).guard, null);
    assert.deepEqual(await events(), ["template.category"]);
  });
});

test("what was said of a template and is undone with its transaction is not what the next send is judged by", async () => {
  const { providerId } = await template();
  const { accountId, appId, businessId, numberId } = account;
  const nowMs = world.time.nowMs;
  const timestamp = String(Math.floor(nowMs / 1_000));
  const said = (body: string) => {
    const message = { id: `wamid.${body}`, from: "573001234567", timestamp, type: "text" };
    const metadata = { phone_number_id: numberId };
    return { field: "messages", value: { metadata, messages: [{ ...message, text: { body } }] } };
  };
  const paused = {
    field: "message_template_status_update",
    value: { ...named(providerId), event: "PAUSED", reason: null },
  };
  const changes = [[paused], [said("hola")], [said("what the database cannot take now")]];
  await insertJournal(
    world.pool,
    changes.map((change) => {
      const entry = [{ id: businessId, time: Number(timestamp), changes: change }];
      const body = Buffer.from(JSON.stringify({ object: "whatsapp_business_account", entry }));
      const row = { accountId, appId, provider: "meta-cloud", receivedAt: new Date(nowMs) };
      return { ...row, id: world.shared.ids.next(nowMs), body };
    }),
  );
  await world.pool.query(
    `create or replace function refuse_now() returns trigger language plpgsql as
     $$ begin if new.body like 'what the database%' then raise exception 'not now' using errcode = '53100';
        end if; return new; end $$`,
  );
  await world.pool.query(
    "create trigger away before insert on messages for each row execute function refuse_now()",
  );
  try {
    await readOnce();
  } finally {
    await world.pool.query("drop trigger away on messages");
  }
  assert.equal((await template()).status, "approved");
  await touch();
  assert.equal(await send(), 1);
  await readOnce();
  assert.equal((await template()).status, "paused");
  assert.notEqual(await send(), 1);
});
