import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, describe, test } from "node:test";
import { retain } from "../accounts/retain.ts";
import {
  changeContact,
  createContact,
  mergeContacts,
  unmergeContact,
} from "../contacts/contacts.ts";
import { continueErasure, requestErasure } from "../contacts/erase-person.ts";
import { cancelMessage } from "../gateway/cancel.ts";
import { createFolderBlobStore } from "../storage/blob-store.ts";
import { withTransaction } from "../storage/connect.ts";
import { findFollowerLagMs, restartFollower } from "../storage/log-followers.ts";
import { allowWordSearch, listMatches } from "../storage/search-queries.ts";
import type { BuiltAccount } from "../testkit/build-account.ts";
import { ANA, type InboundWorld, openInboundWorld } from "../testkit/inbound-world.ts";
import { refuseRows } from "../testkit/refuse-rows.ts";
import { type SearchRequest, searchEverything } from "./work-search.ts";
import { createSearchLane, indexAccount } from "./work-search-lane.ts";

let world: InboundWorld;
let account: BuiltAccount;

before(async () => {
  world = await openInboundWorld();
});
beforeEach(async () => {
  account = await world.account();
});
after(() => world.close());

async function follow(of: BuiltAccount = account): Promise<void> {
  while (await indexAccount(world.pool, of.accountId));
}

function search(text: string, more: Partial<SearchRequest> = {}) {
  const { accountId } = account;
  return searchEverything(world, { accountId, projectId: null, text, limit: 20, ...more });
}

async function bodies(text: string, more: Partial<SearchRequest> = {}): Promise<string[]> {
  const { messages } = await search(text, more);
  return messages.map(({ excerpt }) =>
    excerpt.map((part) => (part.hit ? `[${part.text}]` : part.text)).join(""),
  );
}

async function say(body: string, more: Record<string, unknown> = {}): Promise<void> {
  world.time.nowMs += 2_000;
  await world.receive(account, world.said("text", { body }, more));
}

describe("the search", () => {
  test("finds words whatever their accents, case and form, and marks them", async () => {
    await say("¿Cuándo llegan las CAMIONETAS a Bogotá?");
    await say("my orders were shipped yesterday");
    await say("nada que ver");
    await follow();
    assert.deepEqual(await bodies("cuando camioneta "), [
      "¿[Cuándo] llegan las [CAMIONETAS] a Bogotá?",
    ]);
    assert.deepEqual(await bodies("BOGOTÁ"), ["¿Cuándo llegan las CAMIONETAS a [Bogotá]?"]);
    assert.deepEqual(await bodies("order shipping "), ["my [orders] were [shipped] yesterday"]);
    assert.deepEqual(await bodies("camioneta nada "), []);
  });

  test("takes the beginning of the last word, and of no other", async () => {
    await say("la factura electrónica");
    await follow();
    assert.equal((await bodies("factura elec")).length, 1);
    assert.equal((await bodies("elec factura")).length, 0);
  });

  test("finds contacts by name and by any four digits of their number", async () => {
    const { accountId } = account;
    await createContact(world.shared, {
      accountId,
      projectId: null,
      mobiles: ["573157778899"],
      name: "José Peña",
    });
    await say("hola");
    await follow();
    const names = async (text: string) =>
      (await search(text)).contacts.map((one) => one.name ?? one.profileName);
    assert.deepEqual(await names("pena"), ["José Peña"]);
    assert.deepEqual(await names("jose pe"), ["José Peña"]);
    assert.deepEqual(await names("5777"), ["José Peña"]);
    assert.deepEqual(await names("+57 315 777 8899"), ["José Peña"]);
    assert.deepEqual(await names("578"), []);
    const { contacts } = await search("4567");
    assert.deepEqual(
      contacts.map(({ phones }) => phones),
      [[ANA]],
    );
    assert.ok(contacts[0]?.conversationId);
  });

  test("finds numbers inside of messages, however they are written", async () => {
    await say("mi cédula es 1.020.304.777 y el pedido A-99887");
    await follow();
    assert.deepEqual(await bodies("0304777"), ["mi cédula es 1.02[0.304.777] y el pedido A-99887"]);
    assert.equal((await bodies("9988")).length, 1);
  });

  test("finds only messages of contacts, and earlier ones once somebody becomes a contact", async () => {
    const template = account.templates.plain;
    await world.accept(account, {
      mobile: "573159990000",
      idTemplate: String(template),
      customField: "pedido-zafiro",
    });
    await follow();
    assert.equal((await bodies("zafiro")).length, 0);
    const { accountId } = account;
    await createContact(world.shared, { accountId, projectId: null, mobiles: ["573159990000"] });
    await follow();
    assert.equal((await bodies("zafiro")).length, 1);
  });

  test("finds an integrator's field once for each person, by the newest message that has it", async () => {
    const { accountId, channelId } = account;
    const BETO = "573150001234";
    await createContact(world.shared, { accountId, projectId: null, mobiles: [BETO] });
    const template = String(account.templates.plain);
    const offer = (mobile: string) =>
      world.accept(account, { mobile, idTemplate: template, customField: "pedido-rubi" });
    await offer(BETO);
    await offer(ANA);
    for (let index = 0; index < 260; index += 1) await say(`contesto ${index}`);
    await say("y el rubí, ¿para cuándo?");
    await say("gracias");
    await world.pool.query(
      "update messages set custom_field = 'pedido-rubi' where account_id = $1 and channel_id = $2",
      [accountId, channelId],
    );
    await follow();
    const expected = ["pedido-[rubi]", "y el [rubí], ¿para cuándo?", "pedido-[rubi]"];
    assert.deepEqual(await bodies("rubi"), expected);
    const [first, second, third] = (await search("rubi")).messages;
    assert.deepEqual([first?.body, second?.foundIn, third?.mobile], ["gracias", "text", BETO]);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await search("rubi", { limit: 1, cursor });
      seen.push(...page.messages.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    assert.deepEqual(seen, [first?.id, second?.id, third?.id]);
    await world.pool.query("delete from message_search where message_id = $1", [first?.id]);
    assert.equal((await search("rubi")).messages[0]?.body, "y el rubí, ¿para cuándo?");
  });

  test("follows edits and deletions", async () => {
    const message = world.said("text", { body: "vendo bicicleta" });
    await world.receive(account, message);
    await follow();
    assert.equal((await bodies("bicicleta")).length, 1);
    const id = message.id;
    world.time.nowMs += 5_000;
    await world.receive(
      account,
      world.said("edit", {
        original_message_id: id,
        message: { type: "text", text: { body: "vendo patineta" } },
      }),
    );
    await follow();
    assert.deepEqual(
      [(await bodies("bicicleta")).length, (await bodies("patineta")).length],
      [0, 1],
    );
    await world.receive(account, world.said("revoke", { original_message_id: id }));
    await follow();
    assert.equal((await bodies("patineta")).length, 0);
  });

  test("gives pages that neither repeat nor miss, newest first", async () => {
    for (let index = 0; index < 7; index += 1) await say(`recibo numero ${index}x`);
    await follow();
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await search("recibo", { limit: 3, cursor });
      seen.push(...page.messages.map(({ body }) => body));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    assert.deepEqual(
      seen,
      [6, 5, 4, 3, 2, 1, 0].map((index) => `recibo numero ${index}x`),
    );
  });

  test("shows nothing of another tenant, even where their words share a list", async () => {
    await say("contraseña secreta");
    await follow();
    const other = await world.account();
    await follow(other);
    const answer = await search("secreta", { accountId: other.accountId });
    assert.deepEqual([answer.messages, answer.contacts], [[], []]);
    // The other account's mark is made the same: the id still tells them apart.
    await world.pool.query(
      "update message_search set words = array_to_tsvector(array[$2 || ':secreta']) where account_id = $1",
      [account.accountId, other.accountId.slice(-8)],
    );
    assert.deepEqual((await search("secreta", { accountId: other.accountId })).messages, []);
  });

  test("reads anything that is typed", async () => {
    await say("hola");
    await follow();
    const odd = [
      "'",
      "' | '",
      "\\",
      "!!!",
      ":*",
      "a",
      "🙂",
      "&",
      "(",
      "%",
      "_",
      "\u0000",
      "ñ".repeat(200),
      "' or 1=1 --",
      "1".repeat(200),
      "ㅤ",
      "ﷺ",
    ];
    for (const text of odd) await search(text);
  });

  test("confines itself to a project when asked", async () => {
    await say("hola proyecto");
    await follow();
    const { projectId } = account;
    assert.equal((await bodies("proyecto", { projectId })).length, 1);
    assert.equal((await bodies("proyecto", { projectId: world.shared.ids.next(0) })).length, 0);
  });
});

test("of a word that thousands of old messages have, and no new one, the newest come first", async () => {
  const { accountId, projectId } = account;
  const mark = accountId.slice(-8);
  await world.pool.query(
    `insert into message_search
     select $1, lpad(to_hex(g), 32, '0')::uuid, $2, array_to_tsvector(array[$3 || case when g <= 5500 then ':viejo' else ':nuevo' end])
     from generate_series(1, 8000) g`,
    [accountId, projectId, mark],
  );
  const find = (word: string, before: number | null) =>
    withTransaction(world.pool, async (sql) => {
      await allowWordSearch(sql);
      const query = { accountId, projectId: null, query: `'${mark}:${word}'` };
      const place = before === null ? null : before.toString(16).padStart(32, "0");
      const ids = await listMatches(sql, query, { before: place, limit: 3 });
      return ids.map((id) => Number.parseInt(id.replaceAll("-", ""), 16));
    });
  assert.deepEqual(await find("viejo", null), [5500, 5499, 5498]);
  assert.deepEqual(await find("nuevo", null), [8000, 7999, 7998]);
  assert.deepEqual(await find("nuevo", 5503), [5502, 5501]);
  assert.deepEqual(await find("viejo", 3), [2, 1]);
});

describe("the index", () => {
  test("goes on with a merge and its undoing", async () => {
    const { accountId } = account;
    const make = (name: string, mobile: string) =>
      createContact(world.shared, { accountId, projectId: null, name, mobiles: [mobile] });
    const one = await make("Lucía Uno", "573150000011");
    const two = await make("Lucía Dos", "573150000022");
    await mergeContacts(world.shared, { accountId, survivorId: one.id, mergedId: two.id });
    await follow();
    const ids = async (text: string) => (await search(text)).contacts.map(({ id }) => id);
    assert.deepEqual(await ids("lucia"), [one.id]);
    assert.deepEqual(await ids("0000022"), [one.id]);
    await unmergeContact(world.shared, { accountId, id: two.id });
    await follow();
    assert.deepEqual(await ids("0000022"), [two.id]);
    await changeContact(world.shared, { accountId, id: two.id }, { name: "Beatriz" });
    await follow();
    assert.deepEqual(await ids("beatriz"), [two.id]);
  });

  test("of an account that has lived without it is made of its rows, and again when asked", async () => {
    await say("mensaje antiguo");
    const { accountId } = account;
    await world.pool.query("delete from events where account_id = $1", [accountId]);
    assert.equal((await search("antiguo")).building, true);
    await follow();
    const answer = await search("antiguo");
    assert.deepEqual([answer.messages.length, answer.building], [1, false]);
    await world.pool.query("delete from message_search where account_id = $1", [accountId]);
    await restartFollower(world.pool, accountId, "search");
    await follow();
    assert.equal((await bodies("antiguo")).length, 1);
  });

  test("is brought up by two processes at once as by one", async () => {
    for (let index = 0; index < 5; index += 1) await say(`doble ${index}`);
    await Promise.all([follow(), follow(), follow()]);
    await follow();
    assert.equal((await bodies("doble")).length, 5);
  });

  test("says how far behind it is", async () => {
    await say("uno");
    await follow();
    assert.equal(await findFollowerLagMs(world.pool, "search", new Date(world.time.nowMs)), 0);
    await say("dos");
    const now = new Date(world.time.nowMs + 9_000);
    assert.ok((await findFollowerLagMs(world.pool, "search", now)) >= 9_000);
    await follow();
  });

  test("forgets what retention blanks", async () => {
    await say("cosa vieja");
    await follow();
    const { accountId } = account;
    await world.pool.query(
      "insert into retention (account_id, bodies_days, updated_at) values ($1, 1, now())",
      [accountId],
    );
    world.time.nowMs += 3 * 86_400_000;
    await retain(world.shared, accountId);
    const { rowCount } = await world.pool.query(
      "select from message_search where account_id = $1",
      [accountId],
    );
    assert.equal(rowCount, 0);
  });

  test("forgets an erased person at once, and does not learn it again from what it was reading", async () => {
    await say("mi secreto es rojo");
    await follow();
    await say("otro secreto azul");
    const { accountId } = account;
    const folder = await mkdtemp(join(tmpdir(), "recado-search-"));
    const deps = {
      ...world.shared,
      store: createFolderBlobStore({ root: folder }),
      cancel: (message: { accountId: string; id: string }) => cancelMessage(world.shared, message),
    };
    world.time.nowMs += 1_000;
    await requestErasure(deps, { accountId, who: { mobile: ANA }, by: "test" });
    await Promise.all([follow(), eraseWhole(deps)]);
    await follow();
    const { rows } = await world.pool.query(
      "select from message_search where account_id = $1 union all select from contact_search where account_id = $1",
      [accountId],
    );
    assert.deepEqual(rows, []);
    await rm(folder, { recursive: true });
  });
});

test("what one account cannot index keeps nobody else's from being found", async () => {
  const accounts: BuiltAccount[] = [];
  for (let number = 0; number < 5; number += 1) {
    account = await world.account();
    await say("palabra");
    accounts.push(account);
  }
  const [stuck, ...others] = accounts;
  assert.ok(stuck);
  const lane = createSearchLane(world.shared);
  const found = async (of: readonly BuiltAccount[]) => {
    lane.start();
    await lane.stop();
    const ids = of.map(({ accountId }) => accountId);
    const { rows } = await world.pool.query(
      "select distinct account_id from message_search where account_id = any ($1)",
      [ids],
    );
    return rows.length;
  };
  const { accountId } = stuck;
  await refuseRows(world.pool, { accountId, table: "message_search" }, async () => {
    // Of one that is new the contacts are read before the messages, a batch at a look.
    for (let look = 0; look < 3; look += 1) await found([]);
    assert.deepEqual([await found(others), await found([stuck])], [4, 0]);
  });
  assert.equal(await found([stuck]), 1);
});

async function eraseWhole(deps: Parameters<typeof continueErasure>[0]): Promise<void> {
  while (await continueErasure(deps));
}
