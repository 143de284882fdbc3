import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { findLastInbound } from "../storage/message-queries.ts";
import type { BuiltAccount } from "../testkit/build-account.ts";
import { ANA, ANA_ID, type InboundWorld, openInboundWorld } from "../testkit/inbound-world.ts";

let world: InboundWorld;
let account: BuiltAccount;

before(async () => {
  world = await openInboundWorld();
});
beforeEach(async () => {
  account = await world.toldAccount();
});
after(() => world.close());

describe("a person's message", () => {
  test("of plain text, or that quotes, is told with the manual's four keys and no other", async () => {
    const id = await world.accept(account, { customField: "pedido-1" });
    await world.pool.query("update messages set provider_message_id = 'wamid.q' where id = $1", [
      id,
    ]);
    const quoting = { context: { id: "wamid.q" }, from_user_id: ANA_ID };
    await world.receive(account, world.said("text", { body: "sí" }, quoting));
    assert.deepEqual(await world.told(account), [
      {
        mobile: ANA,
        message: "sí",
        custom_field: "pedido-1",
        official_number: account.officialNumber,
      },
    ]);
    const [message] = await world.stored(account);
    assert.deepEqual(message.content, { quote: { message_id: id, whatsapp_id: "wamid.q" } });
    assert.deepEqual([message.reply_to, message.user_id], [id, ANA_ID]);
  });

  test("that text cannot say is kept and told with its parts", async () => {
    const place = { latitude: 4.65, longitude: -74.05, name: "Parque" };
    await world.receive(
      account,
      world.said("location", place),
      world.said("contacts", [{ name: { formatted_name: "Luis" }, phones: [{ phone: "+57 1" }] }]),
      world.said("reaction", { message_id: "wamid.x", emoji: "👍" }),
      world.said("order", { product_items: [{ product_retailer_id: "SKU", quantity: 2 }] }),
      world.said("interactive", { type: "list_reply", list_reply: { id: "r2", title: "Mañana" } }),
      world.said("text", { body: "hola" }, { referral: { source_type: "ad", ctwa_clid: "A1" } }),
      world.said(
        "unsupported",
        { type: "poll_creation" },
        { errors: [{ code: 131051, title: "?" }] },
      ),
    );
    const bodies = await world.told(account);
    assert.deepEqual(
      bodies.map(({ kind, content }) => [kind, Object.keys(content)]),
      [
        ["location", ["location"]],
        ["contacts", ["contacts"]],
        ["reaction", ["reaction"]],
        ["order", ["order"]],
        ["interactive", ["choice"]],
        ["text", ["referral"]],
        ["unsupported", ["problem"]],
      ],
    );
    assert.equal(bodies[0].content.location.latitude, 4.65);
    assert.deepEqual(
      Object.fromEntries((await world.stored(account)).map((row) => [row.kind, row.content])),
      Object.fromEntries(bodies.map((body) => [body.kind, body.content])),
    );
  });

  test("that reacts to, or quotes, something the person wrote earlier names that message", async () => {
    const other = await world.toldAccount();
    await world.receive(other, world.said("text", { body: "de otro" }, { id: "wamid.other" }));
    await world.receive(account, world.said("text", { body: "hola" }, { id: "wamid.own" }));
    const [own] = await world.stored(account);
    await world.receive(
      account,
      world.said("reaction", { message_id: "wamid.own", emoji: "👍" }),
      world.said("text", { body: "esto" }, { context: { id: "wamid.own" } }),
      world.said("reaction", { message_id: "wamid.other", emoji: "👍" }),
    );
    const told = (await world.told(account)).filter((body) => body.kind === "reaction");
    assert.deepEqual(
      told.map((body) => body.content.reaction.message_id),
      [own.id, null],
    );
    const about = (await world.stored(account)).filter((row) => row.reply_to === own.id);
    assert.deepEqual(about.map((row) => row.kind).sort(), ["reaction", "text"]);
  });

  test("of somebody who hides the number is told without one and with WhatsApp's id", async () => {
    const message = world.said("text", { body: "hola" }, { from: undefined, from_user_id: ANA_ID });
    await world.receive(account, message);
    const [body] = await world.told(account);
    assert.deepEqual([body.mobile, body.user_id, body.message], ["", ANA_ID, "hola"]);
    const [row] = await world.stored(account);
    assert.deepEqual([row.mobile, row.user_id], [ANA_ID, ANA_ID]);
  });
});

describe("an edit", () => {
  test("gives the message its new words, keeps the old ones, and is told once", async () => {
    const first = world.said("text", { body: "a las 4" }, { id: "wamid.first" });
    await world.receive(account, first);
    world.time.nowMs += 5_000;
    const message = { type: "text", text: { body: "a las 5" } };
    const edit = world.said("edit", { original_message_id: "wamid.first", message });
    await world.receive(account, edit);
    await world.receive(account, edit);
    const rows = await world.stored(account);
    assert.equal(rows.length, 1);
    assert.equal(rows[0].body, "a las 5");
    assert.deepEqual(
      rows[0].content.versions.map((version: { text: string }) => version.text),
      ["a las 4", "a las 5"],
    );
    const bodies = await world.told(account);
    assert.equal(bodies.length, 2);
    assert.deepEqual([bodies[1].message, bodies[1].kind], ["a las 5", "edit"]);
    assert.deepEqual(bodies[1].content.edit, {
      ...{ message_id: rows[0].id, whatsapp_id: "wamid.first", before: "a las 4" },
    });
  });

  test("that arrives late does not bring older words back", async () => {
    await world.receive(account, world.said("text", { body: "uno" }, { id: "wamid.o" }));
    const edits = ["dos", "tres"].map((body) => {
      world.time.nowMs += 5_000;
      const message = { type: "text", text: { body } };
      return world.said("edit", { original_message_id: "wamid.o", message });
    });
    await world.receive(account, edits[1]);
    await world.receive(account, edits[0]);
    const [row] = await world.stored(account);
    assert.equal(row.body, "tres");
    assert.deepEqual(
      row.content.versions.map((version: { text: string }) => version.text),
      ["uno", "dos", "tres"],
    );
    assert.deepEqual(
      (await world.told(account)).map((body) => body.message),
      ["uno", "tres"],
    );
  });

  test("that is told in whole seconds is not older than a message told in milliseconds", async () => {
    await world.receive(account, world.said("text", { body: "uno" }, { id: "wamid.ms" }));
    await world.pool.query(
      "update messages set accepted_at = accepted_at + interval '700 ms' where account_id = $1",
      [account.accountId],
    );
    const message = { type: "text", text: { body: "dos" } };
    await world.receive(account, world.said("edit", { original_message_id: "wamid.ms", message }));
    assert.equal((await world.stored(account))[0].body, "dos");
  });

  test("back to words of before is another version, told as the others; so are two in one second", async () => {
    const edit = (body: string) => {
      const message = { type: "text", text: { body } };
      return world.said("edit", { original_message_id: "wamid.back", message });
    };
    await world.receive(account, world.said("text", { body: "a las 4" }, { id: "wamid.back" }));
    world.time.nowMs += 5_000;
    await world.receive(account, edit("a las 5"), edit("a las 6"));
    world.time.nowMs += 5_000;
    await world.receive(account, edit("a las 4"));
    const [row] = await world.stored(account);
    const words = ["a las 4", "a las 5", "a las 6", "a las 4"];
    assert.equal(row.body, "a las 4");
    assert.deepEqual(
      row.content.versions.map((version: { text: string }) => version.text),
      words,
    );
    assert.deepEqual(
      (await world.told(account)).map((body) => body.message),
      words,
    );
    const edited = (await world.events(account)).filter(({ kind }) => kind === "edited");
    assert.deepEqual(
      edited.map(({ data }) => [data.before, data.after]),
      words.slice(1).map((after, index) => [words[index], after]),
    );
  });

  test("of a message that nobody knows keeps its words all the same", async () => {
    const message = { type: "text", text: { body: "a las 5" } };
    await world.receive(
      account,
      world.said("edit", { original_message_id: "wamid.gone", message }),
    );
    const [row] = await world.stored(account);
    assert.deepEqual([row.kind, row.body], ["edit", "a las 5"]);
    assert.equal((await world.told(account)).length, 1);
  });

  test("and a deletion reach no message of another account", async () => {
    const victim = await world.toldAccount();
    await world.receive(victim, world.said("text", { body: "mío" }, { id: "wamid.victim" }));
    const message = { type: "text", text: { body: "ajeno" } };
    const target = { original_message_id: "wamid.victim" };
    await world.receive(
      account,
      world.said("edit", { ...target, message }),
      world.said("revoke", target),
    );
    const [row] = await world.stored(victim);
    assert.deepEqual([row.body, row.content], ["mío", null]);
  });
});

test("a deletion marks the message and is told once", async () => {
  await world.receive(account, world.said("text", { body: "perdón" }, { id: "wamid.del" }));
  const revoke = world.said("revoke", { original_message_id: "wamid.del" });
  await world.receive(account, revoke);
  await world.receive(account, revoke);
  const [row] = await world.stored(account);
  assert.equal(row.body, "perdón");
  assert.match(row.content.deleted_at, /^2026-11-22T/u);
  const bodies = await world.told(account);
  assert.equal(bodies.length, 2);
  assert.deepEqual([bodies[1].message, bodies[1].kind], ["", "deletion"]);
  assert.equal(bodies[1].content.deletion.message_id, row.id);
  const events = (await world.events(account)).filter(({ kind }) => kind === "deleted");
  assert.deepEqual(
    events.map(({ message_id }) => message_id),
    [row.id],
  );
});

describe("a person who changes number", () => {
  const moved = (from: string, to: string) =>
    world.said("system", { body: "x", type: "user_changed_number", wa_id: to }, { from });

  test("is told, and found again under the new one with the custom_field of before, over several changes", async () => {
    await world.accept(account, { mobile: ANA, customField: "pedido-7" });
    await world.receive(account, moved(ANA, "573007654321"));
    await world.receive(account, moved("573007654321", "573002223344"));
    const from = "573002223344";
    await world.receive(account, world.said("text", { body: "soy yo" }, { from }));
    const bodies = await world.told(account);
    assert.deepEqual(
      bodies.map((body) => [body.mobile, body.message, body.custom_field, body.kind]),
      [
        ["573007654321", "", "pedido-7", "system"],
        ["573002223344", "", "pedido-7", "system"],
        ["573002223344", "soy yo", "pedido-7", undefined],
      ],
    );
    assert.equal(bodies[0].content.system.mobile_before, ANA);
    // However often the number changes, it is one person.
    const { rows } = await world.pool.query(
      "select contact_id, array_agg(value order by value) as numbers from contact_addresses where account_id = $1 group by 1",
      [account.accountId],
    );
    assert.deepEqual(
      rows.map(
        (row) => row.numbers.includes("573002223344") && row.numbers.includes("573007654321"),
      ),
      [true],
    );
    const event = (await world.events(account)).find(
      ({ kind }) => kind === "contact.number_changed",
    );
    assert.equal(event.data.mobile, "573007654321");
    assert.equal(event.data.channel_id, account.channelId);
  });

  test("or whose id at WhatsApp changes while the number is hidden, is found again under the new one", async () => {
    const hidden = (id: string) => ({ from: undefined, from_user_id: id });
    const newId = "CO.99991208655302741918";
    await world.accept(account, { mobile: ANA, customField: "pedido-8" });
    await world.pool.query("update messages set mobile = $2 where account_id = $1", [
      ...[account.accountId, ANA_ID],
    ]);
    const change = { type: "user_changed_user_id", previous_user_id: ANA_ID, user_id: newId };
    await world.receive(account, world.said("system", { body: "x", ...change }, hidden(newId)));
    await world.receive(account, world.said("text", { body: "soy yo" }, hidden(newId)));
    assert.deepEqual(
      (await world.told(account)).map((body) => [body.user_id, body.message, body.custom_field]),
      [
        [newId, "", "pedido-8"],
        [newId, "soy yo", "pedido-8"],
      ],
    );
    const kinds = (await world.events(account)).map(({ kind }) => kind);
    assert.ok(kinds.includes("contact.user_id_changed"));
  });

  test("or of whom WhatsApp tells what we do not know is told as any message, and no change of theirs", async () => {
    await world.receive(account, world.said("system", { body: "x", type: "unheard_of" }));
    const [body] = await world.told(account);
    assert.deepEqual([body.kind, body.message, body.content.system.type], ["system", "", "other"]);
    const kinds = (await world.events(account)).map(({ kind }) => kind);
    assert.ok(kinds.includes("reply") && !kinds.includes("contact.other"), kinds.join());
  });

  test("opens no window: it was WhatsApp who spoke", async () => {
    await world.receive(account, moved(ANA, "573007654321"));
    const { accountId, channelId } = account;
    const since = new Date(world.time.nowMs - 86_400_000);
    const mobile = "573007654321";
    const of = { accountId, channelId, mobile, since };
    assert.equal(await findLastInbound(world.pool, of), null);
  });

  test("back and forth, or to the same one, ends", async () => {
    await world.receive(account, moved(ANA, "573007654321"), moved("573007654321", ANA));
    await world.receive(account, moved(ANA, ANA), world.said("text", { body: "hola" }));
    assert.equal((await world.told(account)).length, 4);
  });
});

describe("a notice", () => {
  const quality = () => ({
    field: "phone_number_quality_update",
    value: { display_phone_number: account.officialNumber, event: "FLAGGED" },
  });
  const notices = async (of: BuiltAccount) =>
    (
      await world.pool.query(
        "select channel_id, what, data from channel_notices where account_id = $1 order by what",
        [of.accountId],
      )
    ).rows;

  test("is kept with its data, as an event of the account, once however often it comes", async () => {
    const restriction = { field: "account_update", value: { event: "ACCOUNT_RESTRICTION" } };
    const id = await world.post(account, [quality(), restriction]);
    await world.readOnce();
    await world.post(account, [quality(), restriction]);
    await world.readOnce();
    assert.deepEqual(await notices(account), [
      { channel_id: null, what: "account_update", data: restriction.value },
      {
        channel_id: account.channelId,
        what: "phone_number_quality_update",
        data: quality().value,
      },
    ]);
    const kinds = (await world.events(account)).map((event) => event.kind);
    assert.deepEqual(kinds, ["channel.notice", "channel.notice"]);
    const { rows } = await world.pool.query("select ignored from journal where id = $1", [id]);
    assert.equal(rows[0].ignored, null);
  });

  test("about a business account of somebody else's is left alone", async () => {
    const victim = await world.account();
    const change = { field: "account_update", value: { event: "DISABLED_UPDATE" } };
    await world.post({ ...account, businessId: victim.businessId }, [change]);
    await world.readOnce();
    assert.deepEqual([await notices(account), await notices(victim)], [[], []]);
  });
});
