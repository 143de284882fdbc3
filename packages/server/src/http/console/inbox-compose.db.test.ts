import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, beforeEach, describe, test } from "node:test";
import { continueErasure, requestErasure } from "../../contacts/erase-person.ts";
import { type BuiltAccount, buildTemplate } from "../../testkit/build-account.ts";
import type { Visitor } from "../../testkit/console-server.ts";
import { type InboxDesk, openInboxDesk } from "../../testkit/inbox-desk.ts";

const DAY_MS = 86_400_000;
/** The first page of an OGG stream, whose packet says OPUS (RFC 7845 §5.1). */
const OGG = Buffer.from(
  "4f67675300020000000000000000010000000000000000000000011" +
    "34f707573486561640101380180bb0000000000",
  "hex",
);
const PNG = Buffer.from("89504e470d0a1a0a0000000d49484452", "hex");

let desk: InboxDesk;
let account: BuiltAccount;
let diego: Visitor;
let eva: Visitor;
let id: string;
let mobile: string;
let people = 0;

before(async () => {
  desk = await openInboxDesk();
});
beforeEach(async () => {
  account = await desk.account();
  diego = await desk.enter(account, "agent", "Diego");
  eva = await desk.enter(account, "agent", "Eva");
  people += 1;
  mobile = `57300${String(1_000_000 + people)}`;
  id = await desk.say(account, mobile, "hola");
});
after(() => desk.close());

async function balance(): Promise<bigint> {
  const { rows } = await desk.pool.query("select balance from wallets where account_id = $1", [
    account.accountId,
  ]);
  return rows[0].balance;
}

async function upload(bytes: Buffer) {
  const headers = { "content-type": "application/octet-stream" };
  return diego.call("POST", "/inbox/files", { body: new Uint8Array(bytes), headers });
}

describe("sending out of the composer", () => {
  test("goes through the conversation's project and number, costs its price, and says who wrote it", async () => {
    const before = await balance();
    const { status, json, text } = await desk.compose(diego, id, {
      text: "Hola, ¿en qué le ayudo?",
    });
    assert.equal(status, 202, text);
    assert.equal(before - (await balance()), 2_500_000n);
    const { message } = json;
    assert.deepEqual([message.author, message.author_id], ["agent", diego.userId]);
    const { rows } = await desk.pool.query(
      "select channel_id, project_id, mobile, source from messages where id = $1",
      [message.id],
    );
    const { channelId: channel_id, projectId: project_id } = account;
    assert.deepEqual(rows, [{ channel_id, project_id, mobile, source: "console" }]);
    const seen = await diego.callAny("GET", `/v1/messages/${message.id}`);
    assert.equal(seen.json.content, null, "callers of /v1 are not told who of the account wrote");
  });

  test("the same key is the same message and the same charge, however often and at once, even when it may be sent no more", async () => {
    const before = await balance();
    const said = { text: "una vez", key: randomUUID() };
    const answers = await Promise.all([1, 2, 3].map(() => desk.compose(diego, id, said)));
    assert.equal(new Set(answers.map(({ json }) => json.message?.id)).size, 1);
    assert.equal(before - (await balance()), 2_500_000n);
    await desk.act(eva, `${id}/take`, { from: diego.userId });
    const again = await desk.compose(diego, id, said);
    assert.equal(again.json.replayed, true, again.text);
    const other = await desk.compose(eva, id, { ...said, text: "otra cosa" });
    assert.equal(other.json.code, "idempotency_key_reused");
    const twice = await Promise.all(["ok", "ok"].map((text) => desk.compose(eva, id, { text })));
    assert.deepEqual(
      twice.map(({ status }) => status),
      [202, 202],
      "people do say it twice",
    );
  });

  test("needs a key, and something to say", async () => {
    const path = `/inbox/conversations/${id}/messages`;
    assert.equal((await diego.call("POST", path, { body: { text: "x" } })).status, 400);
    assert.equal((await desk.compose(diego, id, {})).json.code, "empty_message");
  });

  test("when the window is closed only a template goes, and the conversation goes on with it", async () => {
    const bodies = { template: { id: account.templates.three ?? 0 }, variables: ["Ana", "1", "2"] };
    desk.server.pass(DAY_MS + 1_000);
    await diego.signIn(diego.login, diego.password);
    const free = await desk.compose(diego, id, { text: "¿sigue ahí?" });
    assert.equal(free.json.code, "window_closed", free.text);
    await desk.act(diego, `${id}/resolve`);
    const template = await desk.compose(diego, id, bodies);
    assert.equal(template.status, 202, template.text);
    assert.equal(template.json.message.text, "Hola Ana, debe 1 el 2");
    assert.equal(template.json.conversation.state, "open");
    assert.equal(template.json.conversation.assignee_id, diego.userId);
  });

  test("reaches whoever hides the number by WhatsApp's id, at its country's price, where the provider can", async () => {
    const userId = `CO.${String(people).padStart(19, "1")}`;
    await desk.say(account, userId, { from: null, userId, text: "soy yo" });
    const { rows } = await desk.pool.query<{ id: string }>(
      `select v.id from conversations v join contact_addresses a using (account_id, contact_id)
       where v.account_id = $1 and a.value = $2`,
      [account.accountId, userId],
    );
    const hidden = rows[0]?.id ?? "";
    assert.equal((await desk.row(diego, hidden)).contact.mobile, null);
    const before = await balance();
    const { status, text, json } = await desk.compose(diego, hidden, { text: "¿En qué le ayudo?" });
    assert.equal(status, 202, text);
    assert.equal(before - (await balance()), 2_500_000n);
    const stored = await desk.pool.query("select mobile from messages where id = $1", [
      json.message.id,
    ]);
    assert.equal(stored.rows[0].mobile, userId);
    const shown = (await diego.callAny("GET", `/v1/messages/${json.message.id}`)).json;
    assert.deepEqual([shown.mobile, shown.user_id], ["", userId], "an id is no number in /v1");
    assert.deepEqual(
      (await desk.thread(diego, hidden)).flatMap((item: { text?: string }) => item.text ?? []),
      ["soy yo", "¿En qué le ayudo?"],
    );
    const { json: state } = await diego.call("GET", "/inbox/state");
    assert.deepEqual(
      state.channels.map((channel: { answers_hidden: boolean }) => channel.answers_hidden),
      [true],
    );
    await desk.pool.query("update channels set provider = 'gupshup' where account_id = $1", [
      account.accountId,
    ]);
    await desk.pool.query("update accounts set version = version + 1 where account_id = $1", [
      account.accountId,
    ]);
    const other = await diego.call("GET", "/inbox/state");
    assert.equal(other.json.channels[0].answers_hidden, false);
    const refused = await desk.compose(diego, hidden, { text: "¿Sigue ahí?" });
    assert.equal(refused.status, 400, refused.text);
    assert.match(refused.text, /hides the number/u);
  });

  test("one composes at a time: another is refused with who, and taking over refuses the first", async () => {
    assert.equal((await desk.act(diego, `${id}/composer`)).json.user_id, diego.userId);
    const refused = await desk.act(eva, `${id}/composer`);
    assert.equal(refused.json.code, "composing");
    assert.equal(refused.json.holder.name, "Diego");
    assert.equal((await desk.compose(eva, id, { text: "yo" })).json.code, "composing");
    const taken = await desk.act(eva, `${id}/composer`, { take_over: true });
    assert.equal(taken.json.taken_from, diego.userId);
    const late = await desk.compose(diego, id, { text: "yo" });
    assert.equal(late.json.code, "composing");
    assert.equal(late.json.holder.user_id, eva.userId);
    const both = await Promise.all(
      [diego, eva].map((agent) => desk.act(agent, `${id}/composer`, { take_over: true })),
    );
    assert.deepEqual(
      both.map(({ status }) => status),
      [200, 200],
    );
    desk.server.pass(31_000);
    assert.equal((await desk.act(diego, `${id}/composer`)).json.taken_from, null, "it ran out");
  });

  test("templates are offered with price and what the contact fills in", async () => {
    await buildTemplate(desk.pool, account, {
      name: "saludo",
      definition: { body: "Hola {{1}}, su pedido {{2}} está listo" },
    });
    const { json } = await diego.call("GET", `/inbox/conversations/${id}/templates`);
    const shown = json.items.find((item: { name: string }) => item.name === "saludo");
    assert.equal(shown.price, "250.00");
    assert.equal(shown.refusal, null);
    const suggested = shown.variables.map((variable: { suggested: string }) => variable.suggested);
    assert.deepEqual(suggested, [`P ${mobile}`, ""]);
    assert.ok(!json.items.some((item: { name: string }) => item.name === "paused"));
    assert.equal(json.balance, null, "an agent does not see the wallet");
  });
});

describe("a message that failed", () => {
  const fail = (messageId: string, change: string) =>
    desk.pool.query(
      `update messages set status = 'failed', lane = null, failed_at = now(), ${change} where id = $1`,
      [messageId],
    );
  const retry = (messageId: string, key = randomUUID()) =>
    diego.call("POST", `/inbox/messages/${messageId}/retry`, {
      headers: { "idempotency-key": key },
    });
  const find = async (messageId: string) =>
    (await desk.thread(diego, id)).find((item: { id: string }) => item.id === messageId);

  test("is sent once more only when it is known not to have arrived", async () => {
    const sent = await desk.compose(diego, id, { text: "inténtelo" });
    const messageId: string = sent.json.message.id;
    assert.equal((await retry(messageId)).json.code, "conflict", "it has not failed");
    await fail(messageId, "code = '131000', reason = 'x'");
    assert.equal((await find(messageId)).failure.retry, "safe");
    const key = randomUUID();
    const [first, second] = [await retry(messageId, key), await retry(messageId, key)];
    assert.equal(first.status, 202, first.text);
    assert.equal(first.json.message.text, "inténtelo");
    assert.equal(second.json.message.id, first.json.message.id);
  });

  test("is never sent again when it may have arrived, or would fail again, and says so in both languages", async () => {
    for (const [change, why] of [
      ["code = '402', submitted_at = now()", /may have arrived/u],
      ["code = '131047'", /fail again/u],
    ] as const) {
      const sent = await desk.compose(diego, id, { text: "no otra vez" });
      await fail(sent.json.message.id, change);
      const { failure } = await find(sent.json.message.id);
      assert.equal(failure.retry, "never");
      assert.ok(failure.reason.es && failure.reason.en && failure.advice.es);
      const answer = await retry(sent.json.message.id);
      assert.equal(answer.json.code, "conflict");
      assert.match(answer.json.detail, why);
    }
    const sent = await desk.compose(diego, id, { text: "quién sabe" });
    const messageId: string = sent.json.message.id;
    await fail(messageId, "code = '402', reason = 'x'");
    await desk.pool.query(
      `insert into attempts (account_id, id, message_id, number, owner, started_at, outcome)
       values ($1, $2, $3, 1, $2, now(), 'unknown')`,
      [account.accountId, desk.server.deps.ids.next(Date.now()), messageId],
    );
    assert.equal((await retry(messageId)).json.code, "conflict");
  });
});

describe("files", () => {
  test("are judged by their bytes, sent by id, and given out with a session, in ranges, so that nothing in them runs", async () => {
    assert.equal((await upload(Buffer.from("MZ not a file"))).json?.type ?? "refused", "txt");
    assert.equal(
      (await upload(Buffer.from("<script>alert(1)</script>"))).json.code,
      "media_invalid",
    );
    const voice = await upload(OGG);
    assert.equal(voice.json.kind, "voice", voice.text);
    const picture = await upload(PNG);
    const sent = await desk.compose(diego, id, { media: { id: voice.json.id } });
    assert.equal(sent.json.message?.kind, "voice", sent.text);
    const { url } = sent.json.message.file;
    const whole = await diego.callAny("GET", url);
    assert.equal(whole.headers.get("content-type"), "audio/ogg");
    assert.equal(whole.headers.get("x-content-type-options"), "nosniff");
    assert.match(whole.headers.get("content-security-policy") ?? "", /sandbox/u);
    const part = await diego.callAny("GET", url, { headers: { range: "bytes=0-3" } });
    assert.deepEqual([part.status, part.text], [206, "OggS"]);
    assert.equal(part.headers.get("content-range"), `bytes 0-3/${OGG.length}`);
    const beyond = await diego.callAny("GET", url, { headers: { range: "bytes=9999-" } });
    assert.equal(beyond.status, 416);
    const other = await desk.enter(await desk.account(), "owner", "Otra");
    assert.equal((await other.callAny("GET", url)).status, 404);
    assert.equal((await desk.server.visit().callAny("GET", url)).status, 401);
    const stranger = await other.call("POST", `/inbox/conversations/${id}/messages`, {
      body: { media: { id: picture.json.id } },
      headers: { "idempotency-key": randomUUID() },
    });
    assert.equal(stranger.status, 404);
  });
});

test("erasing a person leaves no note, draft, mention or label of their conversations", async () => {
  const { accountId } = account;
  const note = { text: "secreto de la persona", mentions: [eva.userId] };
  await desk.act(diego, `${id}/notes`, note);
  await diego.call("PUT", `/inbox/conversations/${id}/draft`, {
    body: { text: "secreto a medias" },
  });
  await requestErasure(desk.server.deps, { accountId, who: { mobile }, by: "test" });
  const { deps } = desk.server;
  await continueErasure({ ...deps, store: deps.media.store, cancel: async () => {} });
  for (const table of ["notes", "drafts", "mentions", "conversation_labels", "composers"]) {
    const { rowCount } = await desk.pool.query(`select from ${table} where account_id = $1`, [
      accountId,
    ]);
    assert.equal(rowCount, 0, table);
  }
});
