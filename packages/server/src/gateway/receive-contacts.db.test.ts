import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, beforeEach, describe, test } from "node:test";
import { createContact, mergeContacts, unmergeContact } from "../contacts/contacts.ts";
import { changeConversation, wakeSnoozed } from "../contacts/conversations.ts";
import { noteInbound } from "../contacts/note-inbound.ts";
import type { MessageItem } from "../domain/inbound.ts";
import { withTransaction } from "../storage/connect.ts";
import { insertJournal } from "../storage/journal.ts";
import type { BuiltAccount } from "../testkit/build-account.ts";
import { acceptCall, type GatewayWorld, openGatewayWorld } from "../testkit/gateway-world.ts";
import { createJournalReader } from "../testkit/journal-reader.ts";
import { refuseRows } from "../testkit/refuse-rows.ts";

let world: GatewayWorld;
let account: BuiltAccount;

before(async () => {
  world = await openGatewayWorld();
});
beforeEach(async () => {
  account = await world.account();
});
after(() => world.close());

const MOBILE = "573001234567";
const USER_ID = "CO.13491208655302741918";

/** A process's journal lane, read once. */
async function readOnce(): Promise<void> {
  await createJournalReader(world)();
}

interface Said {
  from?: string | null;
  userId?: string;
  name?: string;
  atMs?: number;
  body?: string;
}

/** A person's message as Meta posts it. */
async function post(...messages: Said[]): Promise<void> {
  const changes = messages.map(({ from = MOBILE, userId, name, atMs, body = "hola" }) => ({
    field: "messages",
    value: {
      metadata: { phone_number_id: account.numberId },
      contacts: [
        {
          ...(name === undefined ? {} : { profile: { name } }),
          ...(from === null ? {} : { wa_id: from }),
          ...(userId === undefined ? {} : { user_id: userId }),
        },
      ],
      messages: [
        {
          ...(from === null ? {} : { from }),
          ...(userId === undefined ? {} : { from_user_id: userId }),
          id: `wamid.in.${randomUUID()}`,
          timestamp: String(Math.floor((atMs ?? world.time.nowMs) / 1_000)),
          type: "text",
          text: { body },
        },
      ],
    },
  }));
  const whole = {
    object: "whatsapp_business_account",
    entry: [{ id: account.businessId, changes }],
  };
  const { accountId, appId } = account;
  const id = world.shared.ids.next(world.time.nowMs);
  const row = { id, accountId, appId, provider: "meta-cloud" };
  const receivedAt = new Date(world.time.nowMs);
  await insertJournal(world.pool, [
    { ...row, body: Buffer.from(JSON.stringify(whole)), receivedAt },
  ]);
}

async function write(...messages: Said[]): Promise<void> {
  await post(...messages);
  await readOnce();
}

async function rows<Row>(text: string): Promise<Row[]> {
  return (await world.pool.query(text, [account.accountId])).rows as Row[];
}

interface ConversationFacts {
  id: string;
  contact_id: string;
  state: string;
  unread: number;
  last_inbound_at: Date;
  window_expires_at: Date;
}

const conversations = () =>
  rows<ConversationFacts>(
    "select * from conversations where account_id = $1 order by opened_at, id",
  );

const contacts = () =>
  rows<{ id: string; profile_name: string | null; merged_into: string | null }>(
    "select * from contacts where account_id = $1 order by id",
  );

async function addresses(): Promise<string[]> {
  const found = await rows<{ value: string; contact_id: string }>(
    "select value, contact_id from contact_addresses where account_id = $1 order by value",
  );
  const order = (await contacts()).map(({ id }) => id);
  return found.map((row) => `${row.value} ${order.indexOf(row.contact_id)}`);
}

async function eventKinds(): Promise<string[]> {
  const found = await rows<{ kind: string }>(
    "select kind from events where account_id = $1 and kind <> 'accepted' order by seq",
  );
  return found.map((row) => row.kind);
}

function makeItem(fields: Partial<MessageItem>): MessageItem {
  return {
    kind: "message",
    numberId: account.numberId,
    providerMessageId: `wamid.${randomUUID()}`,
    from: MOBILE,
    userId: null,
    profileName: "Ana",
    at: new Date(world.time.nowMs),
    type: "text",
    text: "hola",
    media: null,
    replyTo: null,
    ...fields,
  };
}

/** As receiving does, without the lock that lets one process at a time read an account's posts. */
function note(fields: Partial<MessageItem>) {
  const { accountId, channelId, projectId } = account;
  return withTransaction(world.pool, (sql) =>
    noteInbound(sql, world.shared.ids, {
      ...{ accountId, channelId, projectId, nowMs: world.time.nowMs },
      messageId: world.shared.ids.next(world.time.nowMs),
      item: makeItem(fields),
    }),
  );
}

describe("a person who writes", () => {
  test("becomes a contact with an open conversation, its window and its unread, told as events", async () => {
    await write({ name: "Ana Gómez" }, { name: "Ana Gómez" });
    const [contact, ...others] = await contacts();
    assert.deepEqual([contact?.profile_name, others], ["Ana Gómez", []]);
    const [conversation, ...more] = await conversations();
    assert.deepEqual([conversation?.state, conversation?.unread, more], ["open", 2, []]);
    assert.equal(
      Number(conversation?.window_expires_at) - Number(conversation?.last_inbound_at),
      24 * 3_600_000,
    );
    assert.deepEqual(await eventKinds(), [
      "contact.created",
      "conversation.opened",
      "reply",
      "reply",
    ]);
  });

  test("fifty times at once, read by two processes, is one contact with one conversation", async () => {
    for (let number = 0; number < 50; number += 1) await post({ body: String(number) });
    await Promise.all([readOnce(), readOnce()]);
    await readOnce();
    const [conversation, ...more] = await conversations();
    assert.deepEqual([conversation?.unread, more, (await contacts()).length], [50, [], 1]);
  });

  test("fifty times in fifty transactions at once is one, by what the database holds", async () => {
    await Promise.all(Array.from({ length: 50 }, () => note({ userId: USER_ID })));
    const [conversation, ...more] = await conversations();
    assert.deepEqual([conversation?.unread, more], [50, []]);
    assert.deepEqual(await addresses(), [`${MOBILE} 0`, `${USER_ID} 0`]);
    assert.equal((await contacts()).length, 1);
  });

  test("posted twice counts once", async () => {
    const { accountId } = account;
    await write({});
    await world.pool.query("update journal set state = 'new' where account_id = $1", [accountId]);
    await readOnce();
    assert.equal((await conversations())[0]?.unread, 1);
  });

  test("late is unread, and moves neither the window nor the name back", async () => {
    await write({ name: "Nueva" });
    const [before] = await conversations();
    await write({ name: "Vieja", atMs: world.time.nowMs - 3_600_000 });
    const [later] = await conversations();
    assert.deepEqual(
      [later?.unread, later?.last_inbound_at, later?.window_expires_at],
      [2, before?.last_inbound_at, before?.window_expires_at],
    );
    assert.equal((await contacts())[0]?.profile_name, "Nueva");
  });

  test("without a number is a contact by WhatsApp's id", async () => {
    await write({ from: null, userId: USER_ID, name: "Escondida" });
    assert.deepEqual(await addresses(), [`${USER_ID} 0`]);
    assert.equal((await conversations()).length, 1);
  });

  test("with half a character and a control character in the name is kept without them", async () => {
    await write({ name: `A\u0000na${JSON.parse('"\\ud83d"')}\u202e` });
    assert.equal((await contacts())[0]?.profile_name, "Ana");
  });

  test("to two numbers has two conversations, and is one contact", async () => {
    const other = await world.account();
    await note({});
    const { accountId, projectId } = account;
    await withTransaction(world.pool, (sql) =>
      noteInbound(sql, world.shared.ids, {
        ...{ accountId, projectId, channelId: other.channelId, nowMs: world.time.nowMs },
        messageId: world.shared.ids.next(world.time.nowMs),
        item: makeItem({}),
      }),
    );
    assert.deepEqual([(await conversations()).length, (await contacts()).length], [2, 1]);
  });
});

describe("a conversation", () => {
  const change = async (state: "open" | "snoozed" | "resolved", snoozedUntil?: Date) => {
    const [last] = (await conversations()).slice(-1);
    const key = { accountId: account.accountId, id: last?.id ?? "" };
    await changeConversation(world.shared, key, { state, snoozedUntil });
  };

  test("that was resolved stays so: the next word opens another, and the old one cannot be reopened beside it", async () => {
    await write({});
    const [first] = await conversations();
    await change("resolved");
    world.time.nowMs += 60_000;
    await write({});
    assert.deepEqual(
      (await conversations()).map(({ state }) => state),
      ["resolved", "open"],
    );
    const key = { accountId: account.accountId, id: first?.id ?? "" };
    await assert.rejects(changeConversation(world.shared, key, { state: "open" }), {
      code: "conflict",
    });
  });

  test("that is snoozed opens when its person writes, or at its hour", async () => {
    await write({});
    await change("snoozed");
    await write({});
    assert.equal((await conversations())[0]?.state, "open");
    await change("snoozed", new Date(world.time.nowMs + 3_600_000));
    await wakeSnoozed(world.shared);
    assert.equal((await conversations())[0]?.state, "snoozed");
    world.time.nowMs += 3_600_000;
    await wakeSnoozed(world.shared);
    assert.equal((await conversations())[0]?.state, "open");
    assert.deepEqual((await eventKinds()).slice(2), [
      "reply",
      "conversation.snoozed",
      "conversation.reopened",
      "reply",
      "conversation.snoozed",
      "conversation.reopened",
    ]);
  });
});

test("snoozed conversations open while one account's cannot, however many that one has", async () => {
  const stuck = account;
  const hour = new Date(world.time.nowMs + 3_600_000);
  for (let number = 0; number < 101; number += 1) {
    await write({ from: String(573_005_000_000 + number) });
  }
  account = await world.account();
  await write({});
  const other = account;
  await world.pool.query(
    `update conversations set state = 'snoozed',
       snoozed_until = case when account_id = $1 then $3 else $3::timestamptz + interval '1 second' end
     where account_id in ($1, $2)`,
    [stuck.accountId, other.accountId, hour],
  );
  world.time.nowMs += 3_602_000;
  const open = async ({ accountId }: BuiltAccount) => {
    const { rowCount } = await world.pool.query(
      "select from conversations where account_id = $1 and state = 'open'",
      [accountId],
    );
    return rowCount;
  };
  const { accountId } = stuck;
  await refuseRows(world.pool, { accountId, table: "conversations" }, async () => {
    await wakeSnoozed(world.shared);
    assert.deepEqual([await open(stuck), await open(other)], [0, 1]);
  });
  await wakeSnoozed(world.shared);
  assert.equal(await open(stuck), 101);
});

describe("several addresses of one person", () => {
  test("are one contact: the number that WhatsApp answered with is known before its owner writes", async () => {
    // Brazil: dialled with the ninth digit that WhatsApp leaves out.
    account = await world.account({ countries: ["CO", "BR"] });
    const { accountId } = account;
    const [dialled, whatsapp] = ["5511987654321", "551187654321"];
    world.upstream.answer = (call, response) =>
      response.end(
        JSON.stringify({
          contacts: [{ input: call.to, wa_id: whatsapp }],
          messages: [{ id: `wamid.${call.opaque}` }],
        }),
      );
    await createContact(world.shared, { accountId, projectId: null, mobiles: [dialled] });
    const worker = world.startWorker();
    const id = await world.accept(account, { mobile: dialled });
    worker.submit.start();
    await world.until(id, "awaiting");
    await world.stopWorkers();
    world.upstream.answer = acceptCall;
    await write({ from: whatsapp });
    assert.deepEqual(await addresses(), [`${whatsapp} 0`, `${dialled} 0`]);
    assert.equal((await contacts()).length, 1);
  });

  test("come together when WhatsApp names both, with their conversations; an undo holds against its next word", async () => {
    await note({ from: null, userId: USER_ID });
    await note({ from: MOBILE });
    assert.equal((await contacts()).length, 2);
    await note({ from: MOBILE, userId: USER_ID });
    assert.deepEqual(await addresses(), [`${MOBILE} 1`, `${USER_ID} 1`]);
    const states = (await conversations()).map(({ state, unread }) => `${state} ${unread}`);
    assert.deepEqual(states.sort(), ["open 3", "resolved 0"]);
    const [hidden, plain] = await contacts();
    assert.equal(hidden?.merged_into, plain?.id);
    await unmergeContact(world.shared, { accountId: account.accountId, id: hidden?.id ?? "" });
    assert.deepEqual(await addresses(), [`${MOBILE} 1`, `${USER_ID} 0`]);
    await note({ from: MOBILE, userId: USER_ID });
    assert.deepEqual(await addresses(), [`${MOBILE} 1`, `${USER_ID} 0`]);
  });

  test("a hundred words while the contact is merged and taken apart again leave each conversation with one owner", async () => {
    await note({ from: "573000000001" });
    await note({ from: "573000000002" });
    const [first, second] = await contacts();
    const { accountId } = account;
    const pair = { accountId, survivorId: first?.id ?? "", mergedId: second?.id ?? "" };
    const words = Array.from({ length: 100 }, (_, index) =>
      note({ from: index % 2 === 0 ? "573000000001" : "573000000002" }),
    );
    const turns = async () => {
      for (let turn = 0; turn < 5; turn += 1) {
        await mergeContacts(world.shared, pair);
        await unmergeContact(world.shared, { accountId, id: pair.mergedId });
      }
    };
    await Promise.all([turns(), ...words]);
    assert.deepEqual(await addresses(), ["573000000001 0", "573000000002 1"]);
    const open = (await conversations()).filter(({ state }) => state !== "resolved");
    assert.deepEqual(new Set(open.map((one) => one.contact_id)), new Set([first?.id, second?.id]));
    assert.equal(open.length, 2);
  });
});
