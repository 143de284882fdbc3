import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { touchAccount } from "../storage/accounts.ts";
import { insertJournal } from "../storage/journal.ts";
import { findOptOut, insertOptOuts, upsertRules } from "../storage/opt-outs.ts";
import type { BuiltAccount } from "../testkit/build-account.ts";
import { type GatewayWorld, openGatewayWorld } from "../testkit/gateway-world.ts";
import { createJournalReader } from "../testkit/journal-reader.ts";
import { refuseRows } from "../testkit/refuse-rows.ts";
import { createOptOutLane } from "./opt-out-lane.ts";

const MOBILE = "573001234567";
const FULL = 10_000_000_000n;

let world: GatewayWorld;
let account: BuiltAccount;
let readOnce: () => Promise<void>;
let followOnce: () => Promise<void>;

before(async () => {
  world = await openGatewayWorld();
  const optOuts = createOptOutLane({
    ...world.shared,
    acceptance: world.acceptance,
    onFollowUp: () => {},
  });
  readOnce = createJournalReader(world);
  followOnce = async () => {
    optOuts.start();
    await optOuts.stop();
  };
});
beforeEach(async () => {
  account = await world.account({ marketingMax: 1000 });
});
afterEach(() => {
  world.time.nowMs += 120_000;
});
after(() => world.close());

function promo(of = account, mobile = MOBILE) {
  return sendTemplate("promo", { of, mobile, variables: `[${randomUUID()}]` });
}

function sendTemplate(
  name: string,
  {
    of = account,
    mobile = MOBILE,
    variables = "",
  }: { of?: BuiltAccount; mobile?: string; variables?: string },
) {
  return world.acceptance.send({
    source: "ws",
    login: of.login,
    token: of.token,
    mobile,
    idTemplate: String(of.templates[name]),
    message: undefined,
    templateVariables: variables,
    customField: "",
    mediaName: "",
    media: null,
  });
}

async function post(field: string, value: object): Promise<void> {
  const metadata = { phone_number_id: account.numberId };
  const changes = [{ field, value: { metadata, ...value } }];
  const body = {
    object: "whatsapp_business_account",
    entry: [{ id: account.businessId, changes }],
  };
  await insertJournal(world.pool, [
    {
      id: world.shared.ids.next(world.time.nowMs),
      accountId: account.accountId,
      appId: account.appId,
      provider: "meta-cloud",
      body: Buffer.from(JSON.stringify(body)),
      receivedAt: new Date(world.time.nowMs),
    },
  ]);
  await readOnce();
}

function write(body: string, more: { id?: string; atS?: number; from?: string } = {}) {
  const timestamp = String(more.atS ?? Math.floor(world.time.nowMs / 1_000));
  const message = {
    id: `wamid.${more.id ?? randomUUID()}`,
    timestamp,
    type: "text",
    text: { body },
  };
  return post("messages", { messages: [{ ...message, from: more.from ?? MOBILE }] });
}

function prefer(value: string, atS = Math.floor(world.time.nowMs / 1_000)) {
  const wish = { wa_id: MOBILE, category: "marketing_messages", value, timestamp: atS };
  return post("user_preferences", { user_preferences: [wish] });
}

const person = () => ({
  accountId: account.accountId,
  projectId: account.projectId,
  mobile: MOBILE,
});
const source = async () => (await findOptOut(world.pool, person()))?.source ?? null;

async function events(): Promise<string[]> {
  const { rows } = await world.pool.query(
    "select kind from events where account_id = $1 and kind like 'contact.opted%' order by seq",
    [account.accountId],
  );
  return rows.map((row) => row.kind);
}

/** The codes of the answers to persons that were refused, as they were logged. */
function unanswered(): number[] {
  const lines = world.lines.filter((line) => line.includes("opt_out.not_answered"));
  const own = lines
    .map((line) => JSON.parse(line))
    .filter((line) => line.accountId === account.accountId);
  return own.map((line) => line.code);
}

async function setRules(rules: { outWords?: string[]; outReply?: string; inReply?: string }) {
  const none = { outWords: null, inWords: null, outReply: null, inReply: null };
  await upsertRules(world.pool, person(), { ...none, ...rules, at: new Date() });
  await touchAccount(world.pool, [account.accountId]);
}

describe("a person who writes BAJA", () => {
  test("gets no marketing of the project, everything else, and marketing again after ALTA; told once each", async () => {
    assert.equal((await promo()).code, 1);
    await write("¡Baja!");
    assert.equal((await promo()).code, 11);
    assert.equal(await world.balance(account), FULL - 2_500_000n);
    assert.equal((await sendTemplate("three", { variables: "[a] [b] [c]" })).code, 1);
    assert.equal((await sendTemplate("code", { variables: "[123]" })).code, 1);
    assert.equal((await promo(account, "573001234568")).code, 1);
    await write("stop");
    await write("Alta");
    assert.equal((await promo()).code, 1);
    assert.deepEqual(await events(), ["contact.opted_out", "contact.opted_in"]);
  });

  test("is listed in the own project only", async () => {
    const other = await world.account();
    await promo();
    await write("BAJA");
    assert.equal((await promo()).code, 11);
    assert.equal((await promo(other)).code, 1);
  });

  test("and whom WhatsApp does not name is kept, lists nobody and stops no other post", async () => {
    const timestamp = String(Math.floor(world.time.nowMs / 1_000));
    const nameless = {
      id: `wamid.${randomUUID()}`,
      timestamp,
      type: "text",
      text: { body: "BAJA" },
    };
    const named = { ...nameless, id: `wamid.${randomUUID()}`, from: MOBILE };
    await post("messages", { messages: [nameless, named] });
    const { rows } = await world.pool.query(
      `select (select state from journal where account_id = $1) as state,
         (select json_agg(mobile) from opt_outs where account_id = $1) as listed`,
      [account.accountId],
    );
    assert.deepEqual(rows, [{ state: "done", listed: [MOBILE] }]);
    assert.ok(!world.lines.some((line) => line.includes("one_by_one")));
  });

  test("says nothing with a sentence that holds the word", async () => {
    await promo();
    await write("¿me pueden dar de baja el plan?");
    assert.equal(await source(), null);
  });

  test("is not listed again by an old wish that the provider tells twice", async () => {
    await promo();
    const atS = Math.floor(world.time.nowMs / 1_000);
    await write("BAJA", { id: "same", atS });
    await write("ALTA", { atS: atS + 5 });
    await write("BAJA", { id: "same", atS });
    await write("BAJA", { id: "late", atS: atS + 3 });
    assert.equal(await source(), null);
    await write("BAJA", { atS: atS + 6 });
    assert.equal(await source(), "word");
  });

  test("or stops it in WhatsApp's own settings is listed by whichever number of the project", async () => {
    const second = await world.fallback(account);
    const own = account;
    await world.pool.query(
      `insert into channel_numbers (provider, number_id, business_id, app_id, account_id, channel_id)
       values ('meta-cloud', $1, $2, $3, $4, $5) on conflict do nothing`,
      [second.numberId, own.businessId, own.appId, own.accountId, second.channelId],
    );
    await world.pool.query("update channel_numbers set app_id = $2 where number_id = $1", [
      second.numberId,
      own.appId,
    ]);
    account = { ...own, numberId: second.numberId };
    await prefer("stop");
    assert.equal(await source(), "whatsapp");
    await prefer("resume");
    assert.equal(await source(), null);
    await write("BAJA");
    account = own;
    await write("BAJA");
    assert.equal((await promo()).code, 11);
    assert.deepEqual(await events(), [
      ...["contact.opted_out", "contact.opted_in", "contact.opted_out"],
    ]);
  });

  test("is judged by the words of the project, and answered once, even if the answer is tried twice", async () => {
    await promo();
    await setRules({ outWords: ["Ya no"], outReply: "Listo, no más promociones." });
    await write("BAJA");
    assert.equal(await source(), null);
    await write("ya no");
    await followOnce();
    await write("ya no");
    await followOnce();
    const { rows } = await world.pool.query(
      "select body, source from messages where account_id = $1 and source = 'auto'",
      [account.accountId],
    );
    assert.deepEqual(rows, [{ body: "Listo, no más promociones.", source: "auto" }]);
    const left = await world.pool.query("select 1 from opt_out_replies");
    assert.equal(left.rows.length, 0);
    assert.deepEqual(unanswered(), []);
  });

  test("is not answered later when there is no money for it now, and that is logged", async () => {
    await setRules({ outReply: "Listo." });
    const { accountId } = account;
    await world.pool.query("update wallets set balance = 0 where account_id = $1", [accountId]);
    await write("BAJA");
    await followOnce();
    assert.deepEqual(unanswered(), [5]);
    await world.pool.query("update wallets set balance = $2 where account_id = $1", [
      ...[accountId, FULL],
    ]);
    await followOnce();
    const { rows } = await world.pool.query(
      "select 1 from messages where source = 'auto' and account_id = $1",
      [accountId],
    );
    assert.deepEqual([rows.length, await source()], [0, "word"]);
  });

  test("to the project's second number is answered by that number", async () => {
    const first = account;
    const second = await world.fallback(first);
    await world.pool.query("update channel_numbers set app_id = $2 where number_id = $1", [
      second.numberId,
      first.appId,
    ]);
    await setRules({ outReply: "Listo." });
    account = { ...first, numberId: second.numberId };
    await write("BAJA");
    account = first;
    await followOnce();
    const { rows } = await world.pool.query(
      "select channel_id from messages where account_id = $1 and source = 'auto'",
      [first.accountId],
    );
    assert.deepEqual(rows, [{ channel_id: second.channelId }]);
  });
});

describe("marketing that waits for a person who opts out", () => {
  test("fails with 11 and is refunded, also what was being accepted at that moment; other messages stay", async () => {
    const waits = async (category: string, mobile = MOBILE) => {
      const id = await world.accept(account, { mobile });
      await world.pool.query(
        "update messages set category = $2, due_at = $3, scheduled_at = $3 where id = $1",
        [id, category, new Date(world.time.nowMs + 86_400_000)],
      );
      return id;
    };
    const [marketing, utility, other] = [
      await waits("marketing"),
      await waits("utility"),
      await waits("marketing", "573001234568"),
    ];
    await write("BAJA");
    await followOnce();
    const failed = await world.message(marketing);
    assert.deepEqual([failed.status, failed.code, failed.refunded], ["failed", "11", true]);
    const late = await waits("marketing");
    world.time.nowMs += 100_000;
    await followOnce();
    assert.equal((await world.message(late)).status, "failed");
    for (const id of [utility, other]) {
      assert.equal((await world.message(id)).status, "accepted");
    }
    const due = await world.pool.query("select 1 from opt_outs where due_at is not null");
    assert.equal(due.rows.length, 0);
  });

  test("is stopped for the others while one account's cannot be, however many people that one has", async () => {
    const stuck = person();
    const others = [await world.account(), await world.account()];
    const row = { source: "listed", note: "", createdAt: new Date(world.time.nowMs) } as const;
    const many = Array.from({ length: 600 }, (_, index) => `5731${20_000_000 + index}`);
    await insertOptOuts(
      world.pool,
      many.map((mobile) => ({ ...stuck, mobile, ...row })),
      new Date(world.time.nowMs - 1_000),
    );
    const people = others.map(({ accountId, projectId }) => ({ ...stuck, accountId, projectId }));
    await insertOptOuts(
      world.pool,
      people.map((one) => ({ ...one, ...row })),
      new Date(world.time.nowMs),
    );
    const unlooked = async () => {
      await followOnce();
      const { rows } = await world.pool.query(
        `select account_id as id, count(*)::int as count from opt_outs
         where looks = 0 and ended_at is null group by account_id`,
      );
      return new Map(rows.map(({ id, count }) => [id, count]));
    };
    const { accountId } = stuck;
    await refuseRows(world.pool, { accountId, table: "opt_outs" }, async () => {
      assert.deepEqual(await unlooked(), new Map([[accountId, 600]]));
    });
    assert.deepEqual(await unlooked(), new Map());
  });

  test("is followed up for ten thousand people at once", async () => {
    const mobiles = Array.from({ length: 10_000 }, (_, index) => `5731${10_000_000 + index}`);
    const row = { source: "listed", note: "", createdAt: new Date(world.time.nowMs) } as const;
    const people = mobiles.map((mobile) => ({ ...person(), mobile, ...row }));
    const listed = await insertOptOuts(world.pool, people, new Date(world.time.nowMs));
    assert.equal(listed.length, 10_000);
    assert.equal((await insertOptOuts(world.pool, people, new Date(0))).length, 0);
    await followOnce();
    assert.equal((await promo(account, mobiles[9_999])).code, 11);
    for (let round = 0; round < 40; round += 1) await followOnce();
    const due = await world.pool.query(
      "select 1 from opt_outs where looks = 0 and ended_at is null",
    );
    assert.equal(due.rows.length, 0);
  });
});

describe("a wish in WhatsApp's own settings", () => {
  test("lists and unlists, and does not undo what the person said to the project", async () => {
    const atS = Math.floor(world.time.nowMs / 1_000);
    await prefer("stop", atS);
    assert.equal(await source(), "whatsapp");
    assert.equal((await promo()).code, 11);
    await prefer("resume", atS + 1);
    assert.equal(await source(), null);
    await prefer("stop", atS);
    assert.equal(await source(), null);
    await promo();
    await write("BAJA", { atS: atS + 2 });
    await prefer("resume", atS + 3);
    assert.equal(await source(), "word");
  });

  test("does not undo what the person said to the project while it was off", async () => {
    const atS = Math.floor(world.time.nowMs / 1_000);
    await prefer("stop", atS);
    await write("BAJA", { atS: atS + 1 });
    assert.deepEqual(await events(), ["contact.opted_out"], "told once");
    await prefer("resume", atS + 2);
    assert.equal(await source(), "word");
    assert.equal((await promo()).code, 11);
    await write("ALTA", { atS: atS + 3 });
    await prefer("stop", atS + 4);
    await write("BAJA", { atS: atS + 1 });
    assert.equal(await source(), "whatsapp", "an old word, told again, says nothing new");
  });
});
