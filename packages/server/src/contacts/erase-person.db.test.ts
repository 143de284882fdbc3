import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { cancelMessage } from "../gateway/cancel.ts";
import { createFolderBlobStore } from "../storage/blob-store.ts";
import { insertJournal } from "../storage/journal.ts";
import type { BuiltAccount } from "../testkit/build-account.ts";
import { type GatewayWorld, openGatewayWorld } from "../testkit/gateway-world.ts";
import { createJournalReader } from "../testkit/journal-reader.ts";
import { verifyWallets } from "../wallet/verify.ts";
import { changeContact, createContact, mergeContacts, unmergeContact } from "./contacts.ts";
import { continueErasure, type EraseDeps, requestErasure } from "./erase-person.ts";

const MOBILE = "573001234567";
const USER_ID = "CO.99887766";
const OTHER = "573007654321";
const SECRETS = ["CC 1.020.304", "Ana María Gómez", "ref-ana-77", "vive en la calle 9"];

let world: GatewayWorld;
let account: BuiltAccount;
let folder: string;
let deps: EraseDeps;

before(async () => {
  world = await openGatewayWorld();
  folder = await mkdtemp(join(tmpdir(), "recado-erase-"));
  deps = {
    ...world.shared,
    store: createFolderBlobStore({ root: folder }),
    cancel: (message) => cancelMessage(world.shared, message),
  };
});
beforeEach(async () => {
  account = await world.account();
});
afterEach(() => world.stopWorkers());
after(async () => {
  await world.close();
  await rm(folder, { recursive: true });
});

async function readPosts(): Promise<void> {
  await createJournalReader(world)();
}

/** A post of Meta's in which this person and another one write, and a status speaks of this one. */
async function post(): Promise<void> {
  const timestamp = String(Math.floor(world.time.nowMs / 1_000) - 5);
  const id = () => `wamid.${randomUUID()}`;
  const text = (body: string) => ({ timestamp, type: "text", text: { body } });
  const value = {
    metadata: { phone_number_id: account.numberId },
    contacts: [
      { profile: { name: SECRETS[1] }, wa_id: MOBILE, user_id: USER_ID },
      { profile: { name: "Luis" }, wa_id: OTHER },
    ],
    messages: [
      { id: id(), from: MOBILE, from_user_id: USER_ID, ...text(SECRETS[3] ?? "") },
      { id: id(), from: OTHER, ...text("soy Luis") },
    ],
    statuses: [{ id: id(), status: "sent", timestamp, recipient_id: MOBILE }],
  };
  const entry = [{ id: account.businessId, changes: [{ field: "messages", value }] }];
  const body = Buffer.from(JSON.stringify({ object: "whatsapp_business_account", entry }));
  const { accountId, appId } = account;
  const row = { id: world.shared.ids.next(world.time.nowMs - 2_000), accountId, appId };
  const receivedAt = new Date(world.time.nowMs - 2_000);
  await insertJournal(world.pool, [{ ...row, provider: "meta-cloud", body, receivedAt }]);
}

/** A life: sent messages, one that waits, an answer, an endpoint with deliveries, a file of its own. */
async function live(): Promise<{ sent: string; storageKey: string }> {
  const { accountId } = account;
  await world.pool.query(
    `insert into endpoints (account_id, id, project_id, url, secrets, created_at)
     values ($1, $2, $3, 'https://x.example/', '', now())`,
    [accountId, randomUUID(), account.projectId],
  );
  const worker = world.startWorker();
  const fields = { mobile: MOBILE, customField: SECRETS[2] ?? "" };
  const sent = await world.accept(account, { ...fields, message: `Su ${SECRETS[0]} vence` });
  worker.submit.start();
  await world.until(sent, "awaiting");
  await world.stopWorkers();
  const end = `update messages set lane = null, status = 'sent', reason = 'to ${MOBILE}' where id = $1`;
  await world.pool.query(end, [sent]);
  await post();
  await readPosts();
  await world.accept(account, { ...fields, message: "todavía no sale" });
  const writer = await deps.store.create();
  await writer.write(Buffer.from("su cédula escaneada"));
  const { storageKey } = await writer.commit();
  await world.pool.query(
    `insert into media (account_id, id, storage_key, sha256, bytes, mime, name, message_id, created_at)
     values ($1, $2, $3, '', 1, 'image/png', $4, $5, now())`,
    [accountId, randomUUID(), storageKey, SECRETS[1], sent],
  );
  await world.pool.query(
    "update messages set media = jsonb_build_object('source', jsonb_build_object('kind', 'file', 'storageKey', $2::text)) where id = $1",
    [sent, storageKey],
  );
  const { rows } = await world.pool.query(
    "select contact_id from contact_addresses where account_id = $1 and value = $2",
    [accountId, MOBILE],
  );
  const key = { accountId, id: rows[0].contact_id };
  await changeContact(deps, key, { name: SECRETS[1], customFields: { cedula: SECRETS[0] ?? "" } });
  world.time.nowMs += 1_000;
  return { sent, storageKey };
}

/** Tables in which a text stands, in any column. */
async function findEverywhere(text: string): Promise<string[]> {
  const { rows } = await world.pool.query<{ name: string }>(
    `select c.relname as name from pg_class c
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition`,
  );
  const found: string[] = [];
  for (const { name } of rows) {
    const hex = Buffer.from(text).toString("hex");
    const { rowCount } = await world.pool.query(
      `select from "${name}" t where position($1 in t::text) > 0 or position($2 in t::text) > 0`,
      [text, hex],
    );
    if ((rowCount ?? 0) > 0) found.push(name);
  }
  return found;
}

const ask = (who: { mobile?: string; contactId?: string } = { mobile: MOBILE }) =>
  requestErasure(deps, { accountId: account.accountId, who, by: "test" });

async function eraseWhole(using = deps): Promise<void> {
  while (await continueErasure(using));
}

async function stateOf(id: string): Promise<string> {
  const { rows } = await world.pool.query("select state from erasures where id = $1", [id]);
  return rows[0].state;
}

/** Tables of which an erasure deletes or blanks something, and those that never hold what belongs to one person. */
const TOUCHED = `address_aliases address_changes attempts composers contact_addresses contact_merges contacts conversation_labels
  conversations deliveries delivery_attempts drafts erasures events journal media mentions messages notes opt_out_replies pair_pace
  message_search contact_search auto_messages ratings`;
const SPARED = `account_books accounts audit balance_alerts campaigns canned_replies channel_alarms channel_hours channel_notices channel_numbers channel_pace channels contact_events counters endpoint_pace endpoints idempotency_keys inbox_views
  instances labels lane_locks logins parked_statuses mail_outbox one_time_links opt_out_rules password_resets presence presence_pulse price_books price_log prices projects provider_apps provider_media recovery_codes restored_messages retention
  second_factors sessions settlements sign_in_tries spend_caps spend_counters statements team_members teams
  template_changes template_guards template_twins templates tokens topups
  transfers usage_lines usage_progress users wallets log_followers agents work_settings team_rules away_messages work_log work_state`;
/** Stays, and says so in docs/how-to/one-persons-data.md: without it the person would get marketing again. */
const KEPT_FOR_THE_PERSON = "opt_outs";
/** The same of the columns of messages. */
const BLANKED =
  "body content custom_field digest media mobile provider_message_id reason user_id variables";
const KEPT = `accepted_at account_id attempts campaign_id category channel_id class code deadline_at delivered_at direction due_at failed_at
  id kind lane owner place price project_id read_at refunded reply_to scheduled_at sent_at source status submitted_at template_id`;

test("every table, and every column of messages, is known to be erased or to hold nothing of one person", async () => {
  const words = (...lists: string[]) => lists.flatMap((list) => list.split(/\s+/u));
  const { rows: tables } = await world.pool.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace
       and relkind in ('r', 'p') and not relispartition and relname not like 'schema_migration%'`,
  );
  const undecided = (rows: { name: string }[], decided: string[]) =>
    rows.map((row) => row.name).filter((name) => !decided.includes(name));
  const advice = "decide it here, and in docs/how-to/one-persons-data.md";
  assert.deepEqual(undecided(tables, words(TOUCHED, SPARED, KEPT_FOR_THE_PERSON)), [], advice);
  const { rows: columns } = await world.pool.query<{ name: string }>(
    `select attname as name from pg_attribute
     where attrelid = 'messages'::regclass and attnum > 0 and not attisdropped`,
  );
  assert.deepEqual(undecided(columns, words(BLANKED, KEPT)), [], advice);
});

describe("erasing a person's data", () => {
  test("leaves no number, name, word, field, file or id of theirs in any table, and all of the others'", async () => {
    const { sent, storageKey } = await live();
    assert.ok((await findEverywhere(MOBILE)).length >= 5);
    const before = await world.balance(account);
    const { id } = await ask();
    await eraseWhole();
    assert.equal(await stateOf(id), "done");
    for (const text of [MOBILE, USER_ID, `wamid.${sent}`, storageKey, ...SECRETS]) {
      assert.deepEqual(await findEverywhere(text), [], text);
    }
    assert.equal(await deps.store.size(storageKey), null);
    assert.ok((await findEverywhere(OTHER)).includes("journal"));
    assert.ok((await findEverywhere("soy Luis")).includes("messages"));
    // What had not left was taken back and refunded; the books agree.
    assert.equal(await world.balance(account), before + 2_500_000n);
    const { accountId } = account;
    const report = await verifyWallets(world.pool);
    assert.deepEqual(
      report.wallets.filter((one) => one.accountId === accountId),
      [],
    );
    const { rows } = await world.pool.query(
      "select status, price, mobile from messages where account_id = $1 and id = $2",
      [accountId, sent],
    );
    assert.deepEqual(rows, [{ status: "sent", price: 2_500_000n, mobile: "erased-CO" }]);
  });

  test("is told as events that name nobody, and repeated does nothing more", async () => {
    await live();
    const first = await ask();
    assert.equal((await ask()).id, first.id);
    await eraseWhole();
    const again = await ask();
    await eraseWhole();
    assert.equal(await stateOf(again.id), "done");
    const { rows } = await world.pool.query(
      `select kind, data -> 'erased' ->> 'messages' as messages from events
       where account_id = $1 and kind like 'person.%' order by seq`,
      [account.accountId],
    );
    assert.deepEqual(rows, [
      { kind: "person.erasure_requested", messages: null },
      { kind: "person.erased", messages: "3" },
      { kind: "person.erasure_requested", messages: null },
      { kind: "person.erased", messages: null },
    ]);
  });

  test("is gone on with by another process after the first one died in the middle of it", async () => {
    await live();
    const { id } = await ask();
    const dying = { ...deps.store, delete: () => Promise.reject(new Error("killed here")) };
    await assert.rejects(continueErasure({ ...deps, store: dying }), /killed here/u);
    assert.equal(await continueErasure(deps), false, "the lease still holds");
    assert.equal(await stateOf(id), "running");
    world.time.nowMs += 61_000;
    await eraseWhole();
    assert.equal(await stateOf(id), "done");
    assert.deepEqual(await findEverywhere(MOBILE), []);
  });

  test("by two processes at once is done once", async () => {
    await live();
    const { id } = await ask();
    await Promise.all([eraseWhole(), eraseWhole(), eraseWhole()]);
    assert.equal(await stateOf(id), "done");
    const { rowCount } = await world.pool.query(
      "select from events where account_id = $1 and kind = 'person.erased'",
      [account.accountId],
    );
    assert.equal(rowCount, 1);
  });

  test("holds for all that the person was merged of, though they are merged and taken apart meanwhile", async () => {
    await live();
    const { accountId } = account;
    const other = await createContact(deps, {
      ...{ accountId, projectId: null, mobiles: ["573008880001"] },
      name: SECRETS[1],
    });
    const { rows } = await world.pool.query(
      "select contact_id from contact_addresses where account_id = $1 and value = $2",
      [accountId, MOBILE],
    );
    const contactId: string = rows[0].contact_id;
    const pair = { accountId, survivorId: contactId, mergedId: other.id };
    await mergeContacts(deps, pair);
    const turns = async () => {
      for (let turn = 0; turn < 10; turn += 1) {
        await unmergeContact(deps, { accountId, id: other.id });
        await mergeContacts(deps, pair);
      }
    };
    await Promise.all([turns().catch(() => {}), ask({ contactId }), ask({ contactId })]);
    await eraseWhole();
    assert.deepEqual(await findEverywhere(MOBILE), []);
    // Taken apart at that moment it is somebody else: then a second request names it.
    await requestErasure(deps, { accountId, who: { contactId: other.id }, by: "test" });
    await eraseWhole();
    assert.deepEqual(await findEverywhere(SECRETS[1] ?? ""), []);
    assert.deepEqual(await findEverywhere("573008880001"), []);
  });

  test("waits for what is being handed over, and for posts that nobody has read", async () => {
    const { sent } = await live();
    await world.pool.query("update messages set lane = 'calling', due_at = now() where id = $1", [
      sent,
    ]);
    await post();
    const { id } = await ask();
    await continueErasure(deps);
    assert.equal(await stateOf(id), "running");
    await world.pool.query("update messages set lane = null where id = $1", [sent]);
    world.time.nowMs += 6_000;
    await continueErasure(deps);
    assert.equal(await stateOf(id), "running", "a post is not read yet");
    await readPosts();
    world.time.nowMs += 6_000;
    await eraseWhole();
    assert.equal(await stateOf(id), "done");
    assert.deepEqual(await findEverywhere(MOBILE), []);
    assert.deepEqual(await findEverywhere(SECRETS[1] ?? ""), []);
  });

  test("of somebody who was only written to works by number", async () => {
    const id = await world.accept(account, { mobile: "573005550000", message: "hola Pedro" });
    await world.pool.query("update messages set lane = null where id = $1", [id]);
    world.time.nowMs += 1_000;
    const erasure = await ask({ mobile: "573005550000" });
    assert.deepEqual(erasure.contactIds, []);
    await eraseWhole();
    assert.deepEqual(await findEverywhere("573005550000"), []);
    assert.deepEqual(await findEverywhere("hola Pedro"), []);
  });

  test("touches nothing of another account that knows the same person", async () => {
    const mine = account;
    const neighbour = await world.account();
    account = neighbour;
    await live();
    account = mine;
    await live();
    await ask();
    await eraseWhole();
    const { rows } = await world.pool.query(
      "select account_id from messages where mobile = $1 group by account_id",
      [MOBILE],
    );
    assert.deepEqual(
      rows.map((row) => row.account_id),
      [neighbour.accountId],
    );
    // Its waiting message has left with the other's: nothing is owed to it any more.
    await world.pool.query("update messages set lane = null where account_id = $1", [
      neighbour.accountId,
    ]);
    account = neighbour;
    await ask();
    await eraseWhole();
    assert.deepEqual(await findEverywhere(MOBILE), []);
  });

  test("in posts that came through another account's app takes out what was said to its own numbers, and no more", async () => {
    const owner = account;
    const tenant = await world.account();
    await world.pool.query("update channel_numbers set app_id = $2 where account_id = $1", [
      tenant.accountId,
      owner.appId,
    ]);
    const say = async (to: BuiltAccount, body: string) => {
      const timestamp = String(Math.floor(world.time.nowMs / 1_000) - 5);
      const text = { id: `wamid.${randomUUID()}`, from: MOBILE, timestamp, type: "text" };
      const value = {
        metadata: { phone_number_id: to.numberId },
        messages: [{ ...text, text: { body } }],
      };
      const entry = [{ id: to.businessId, changes: [{ field: "messages", value }] }];
      const { accountId, appId } = owner;
      const row = { id: world.shared.ids.next(world.time.nowMs - 2_000), accountId, appId };
      const receivedAt = new Date(world.time.nowMs - 2_000);
      const post = JSON.stringify({ object: "whatsapp_business_account", entry });
      const whole = { ...row, provider: "meta-cloud", body: Buffer.from(post), receivedAt };
      await insertJournal(world.pool, [whole]);
    };
    await say(owner, "a la operadora");
    await say(tenant, "al cliente");
    await readPosts();
    world.time.nowMs += 1_000;
    account = tenant;
    await ask();
    await eraseWhole();
    assert.deepEqual(await findEverywhere("al cliente"), []);
    const left = (await findEverywhere("a la operadora")).sort();
    assert.deepEqual(left, ["events", "journal", "messages"]);
    account = owner;
    await ask();
    await eraseWhole();
    assert.deepEqual(await findEverywhere(MOBILE), []);
    assert.deepEqual(await findEverywhere("a la operadora"), []);
  });

  test("lets WhatsApp's late word about a message move it, and brings back no id of theirs", async () => {
    const { sent } = await live();
    await ask();
    await eraseWhole();
    const timestamp = String(Math.floor(world.time.nowMs / 1_000));
    const statuses = [
      { id: `wamid.${sent}`, status: "read", timestamp, biz_opaque_callback_data: sent },
    ];
    const value = { metadata: { phone_number_id: account.numberId }, statuses };
    const entry = [{ id: account.businessId, changes: [{ field: "messages", value }] }];
    const { accountId, appId } = account;
    const row = { id: world.shared.ids.next(world.time.nowMs), accountId, appId };
    const body = Buffer.from(JSON.stringify({ object: "whatsapp_business_account", entry }));
    const receivedAt = new Date(world.time.nowMs);
    await insertJournal(world.pool, [{ ...row, provider: "meta-cloud", body, receivedAt }]);
    await readPosts();
    assert.equal((await world.message(sent)).status, "read");
    assert.deepEqual(await findEverywhere(`wamid.${sent}`), ["journal"]);
  });
});
