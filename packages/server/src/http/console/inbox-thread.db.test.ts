import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, beforeEach, describe, test } from "node:test";
import { followWork } from "../../inbox/work-follower.ts";
import type { BuiltAccount } from "../../testkit/build-account.ts";
import type { Visitor } from "../../testkit/console-server.ts";
import { type InboxDesk, openInboxDesk } from "../../testkit/inbox-desk.ts";

let desk: InboxDesk;
let account: BuiltAccount;
let diego: Visitor;
let mobile: string;
let people = 0;

before(async () => {
  desk = await openInboxDesk();
});
beforeEach(async () => {
  account = await desk.account();
  diego = await desk.enter(account, "agent", "Diego");
  people += 1;
  mobile = `57301${String(1_000_000 + people)}`;
});
after(() => desk.close());

const now = () => desk.server.deps.clock.now();

/** WhatsApp tells whole seconds, by a clock that may go before ours or after it. */
function say(text: string, { aheadMs = 0, wamid = `wamid.${randomUUID()}` } = {}): Promise<string> {
  const at = new Date(Math.floor((now() + aheadMs) / 1_000) * 1_000);
  return desk.say(account, mobile, { text, at, providerMessageId: wamid });
}

/** Moves to a moment of a new second, in milliseconds after its beginning. */
function toSecond(ms: number): void {
  desk.server.pass(1_000 - (now() % 1_000) + ms);
}

interface Shown {
  id: string;
  type: string;
  kind?: string;
  text?: string;
}

async function read(id: string, query = ""): Promise<string[]> {
  const path = `/inbox/conversations/${id}/thread?limit=100${query}`;
  const { json, text, status } = await diego.call("GET", path);
  assert.equal(status, 200, text);
  return json.items.map((item: Shown) => (item.type === "message" ? item.text : item.kind));
}

describe("a thread stands as it was lived", () => {
  test("whatever WhatsApp's clock says, an answer stands behind what it answers, and the beginning before all", async () => {
    toSecond(100);
    const id = await say("hola");
    for (const [index, aheadMs] of [0, -3_000, 3_000].entries()) {
      toSecond(200);
      assert.equal((await desk.compose(diego, id, { text: `pregunta ${index}` })).status, 202);
      desk.server.pass(300);
      await say(`respuesta ${index}`, { aheadMs });
      desk.server.pass(100);
      assert.equal((await desk.compose(diego, id, { text: `gracias ${index}` })).status, 202);
      desk.server.pass(5_000);
    }
    const rounds = [0, 1, 2].flatMap((index) =>
      ["pregunta", "respuesta", "gracias"].map((word) => `${word} ${index}`),
    );
    const said = (await read(id)).filter((line) => line !== "assigned");
    assert.deepEqual(said, ["opened", "hola", ...rounds]);
    const lines = ["hola", ...rounds];
    for (const limit of [1, 3, 100]) {
      assert.deepEqual(await readV1(id, "oldest", limit), lines);
      assert.deepEqual(await readV1(id, "newest", limit), lines.toReversed());
    }
    assert.equal((await desk.row(diego, id)).last_message.preview, "gracias 2");
  });

  test("several messages of one second stand as they came, and the last of them is the list's", async () => {
    toSecond(0);
    const words = Array.from({ length: 8 }, (_, index) => `palabra ${index}`);
    let id = "";
    for (const word of words) id = await say(word);
    assert.deepEqual(await read(id), ["opened", ...words]);
    assert.equal((await desk.row(diego, id)).last_message.preview, words.at(-1));
    toSecond(100);
    assert.equal((await desk.compose(diego, id, { text: "¿segura?" })).status, 202);
    desk.server.pass(400);
    await say("sí");
    assert.equal((await desk.row(diego, id)).last_message.preview, "sí");
    const token = await desk.server.token({ accountId: account.accountId });
    const { json } = await desk.server.callV1("GET", `/conversations/${id}`, { token });
    assert.equal(json.last_message.preview, "sí");
    const thread = `/conversations/${id}/messages?order=oldest`;
    const all = (await desk.server.callV1("GET", thread, { token })).json.items;
    const [question, answer] = all.slice(-2);
    const after = await desk.server.callV1("GET", `${thread}&after=${question.id}`, { token });
    assert.deepEqual(after.json.items, [answer]);
    const before = await desk.server.callV1("GET", `${thread}&before=${answer.id}`, { token });
    assert.deepEqual(before.json.items, all.slice(0, -1));
  });

  test("an answer is what the list shows, however much was said just before it by a clock ahead of ours", async () => {
    toSecond(0);
    let id = "";
    for (let index = 0; index < 8; index += 1) {
      id = await say(`palabra ${index}`, { aheadMs: 60_000 });
      desk.server.pass(1_000);
    }
    assert.equal((await desk.row(diego, id)).last_message.preview, "palabra 7");
    assert.equal((await desk.compose(diego, id, { text: "enseguida" })).status, 202);
    assert.equal((await desk.row(diego, id)).last_message.preview, "enseguida");
    const token = await desk.server.token({ accountId: account.accountId });
    const { json } = await desk.server.callV1("GET", `/conversations/${id}`, { token });
    assert.equal(json.last_message.preview, "enseguida");
    desk.server.pass(1_000);
    await say("gracias", { aheadMs: 60_000 });
    assert.equal((await desk.row(diego, id)).last_message.preview, "gracias");
  });

  test("a message that is posted again stays where it stands, and one that comes much later stands near its moment", async () => {
    toSecond(500);
    const wamid = `wamid.${randomUUID()}`;
    const id = await say("hola", { wamid });
    const at = new Date(Math.floor(now() / 1_000) * 1_000);
    desk.server.pass(60_000);
    assert.equal((await desk.compose(diego, id, { text: "¿sigue ahí?" })).status, 202);
    const before = await read(id);
    await desk.say(account, mobile, { text: "hola", at, providerMessageId: wamid });
    assert.deepEqual(await read(id), before);
    await desk.say(account, mobile, { text: "rezagado", at });
    const after = (await read(id)).filter((line) => line !== "assigned");
    assert.deepEqual(after, ["opened", "hola", "rezagado", "¿sigue ahí?"]);
  });
});

/** The thread as an integrator reads it, page by page. */
async function readV1(id: string, order: "newest" | "oldest", limit = 100): Promise<string[]> {
  const token = await desk.server.token({ accountId: account.accountId });
  const said: string[] = [];
  let cursor = "";
  do {
    const path = `/conversations/${id}/messages?order=${order}&limit=${limit}${cursor}`;
    const { json, status, text } = await desk.server.callV1("GET", path, { token });
    assert.equal(status, 200, text);
    said.push(...json.items.map((item: { text: string }) => item.text));
    cursor = json.next_cursor === null ? "" : `&cursor=${json.next_cursor}`;
  } while (cursor !== "");
  return said;
}

describe("two hundred messages of one second, an answer among them", () => {
  /** Everything, in the order of coming. */
  async function flood(): Promise<{ id: string; words: string[] }> {
    toSecond(0);
    const words = Array.from({ length: 200 }, (_, index) => `palabra ${index}`);
    let id = "";
    for (const [index, word] of words.entries()) {
      id = await say(word, { aheadMs: index % 3 === 0 ? 2_000 : 0 });
      if (index === 99) await desk.compose(diego, id, { text: "ya le leo" });
    }
    words.splice(100, 0, "assigned", "ya le leo");
    return { id, words: ["opened", ...words] };
  }
  const lines = (items: Shown[]) =>
    items.map((item) => (item.type === "message" ? (item.text ?? "") : (item.kind ?? "")));

  test("come page by page as they stand at last: nothing is put between what is there", async () => {
    const { id, words } = await flood();
    const path = `/inbox/conversations/${id}/thread`;
    let shown: string[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const rest: string = cursor === "" ? "" : `&cursor=${cursor}`;
      const { json } = await diego.call("GET", `${path}?limit=30${rest}`);
      shown = [...lines(json.items), ...shown];
      assert.deepEqual(shown, words.slice(-shown.length));
      cursor = json.next_cursor;
    }
    assert.deepEqual(shown, words);
  });

  test("are found in their place, and go on from there in both directions", async () => {
    const { id, words } = await flood();
    const path = `/inbox/conversations/${id}/thread`;
    const newest = (await diego.call("GET", `${path}?limit=100`)).json;
    const target = newest.items[0];
    const middle = (await diego.call("GET", `${path}?limit=10&around=${target.id}`)).json;
    let shown = lines(middle.items);
    assert.ok(shown.includes(target.text));
    let start = words.indexOf(shown[0] ?? "");
    assert.deepEqual(shown, words.slice(start, start + shown.length));
    for (let cursor = middle.newer_cursor; cursor !== null; ) {
      const { json } = await diego.call("GET", `${path}?limit=30&cursor=${cursor}`);
      shown = [...shown, ...lines(json.items)];
      assert.deepEqual(shown, words.slice(start, start + shown.length));
      cursor = json.newer_cursor;
    }
    for (let cursor = middle.next_cursor; cursor !== null; ) {
      const { json } = await diego.call("GET", `${path}?limit=30&cursor=${cursor}`);
      shown = [...lines(json.items), ...shown];
      start -= json.items.length;
      assert.deepEqual(shown, words.slice(start));
      cursor = json.next_cursor;
    }
    assert.deepEqual(shown, words);
  });

  test("a cursor that nobody gave, or one beyond all time, leads nowhere and breaks nothing", async () => {
    const id = await say("hola");
    const path = `/inbox/conversations/${id}/thread`;
    const seal = (...parts: string[]) => Buffer.from(JSON.stringify(parts)).toString("base64url");
    const highest = "ffffffff-ffff-ffff-ffff-ffffffffffff";
    const lowest = "00000000-0000-0000-0000-000000000000";
    for (const cursor of [seal("after", highest), seal("before", lowest)]) {
      const { status, json } = await diego.call("GET", `${path}?cursor=${cursor}`);
      assert.equal(status, 200);
      assert.deepEqual(json.items, []);
    }
    for (const cursor of [seal("before", "x"), seal("beside", lowest), "%00", seal(lowest)]) {
      assert.equal((await diego.call("GET", `${path}?cursor=${cursor}`)).status, 400);
    }
  });
});

describe("a page around an item", () => {
  test("shows what stands before and behind it, and leads both ways until nothing is left out", async () => {
    let id = "";
    for (let index = 0; index < 30; index += 1) {
      desk.server.pass(700);
      id = await say(`linea ${index}`);
    }
    const whole = await read(id);
    const path = `/inbox/conversations/${id}/thread`;
    const all = (await diego.call("GET", `${path}?limit=100`)).json.items;
    const target = all[7].id;
    const { json } = await diego.call("GET", `${path}?limit=6&around=${target}`);
    assert.ok(json.items.some((item: Shown) => item.id === target));
    assert.ok(json.next_cursor && json.newer_cursor);
    const found: Shown[] = [...json.items];
    for (const [first, key] of [
      [json.next_cursor, "next_cursor"],
      [json.newer_cursor, "newer_cursor"],
    ]) {
      for (let cursor = first; cursor !== null; ) {
        const page = (await diego.call("GET", `${path}?limit=6&cursor=${cursor}`)).json;
        found.push(...page.items);
        cursor = page[key];
      }
    }
    assert.equal(found.length, whole.length);
    assert.equal(new Set(found.map((item) => item.id)).size, whole.length);
  });

  test("of another account's item, or one that there is not, is a page of this thread and no other", async () => {
    const id = await say("lo mío");
    const other = await desk.account();
    const stranger = await desk.enter(other, "agent", "Ajena");
    const theirs = await desk.say(other, "573019998877", "lo ajeno");
    const thread = await desk.thread(stranger, theirs);
    for (const around of [thread.at(-1).id, randomUUID()]) {
      const lines = await read(id, `&around=${around}`);
      assert.ok(
        lines.every((line) => ["opened", "lo mío"].includes(line)),
        lines.join(),
      );
    }
  });
});

describe("whoever was answered waits no longer", () => {
  const follow = async () => {
    while ((await followWork(desk.server.deps, account.accountId)).more);
  };
  const accept = async (body: Record<string, unknown> = {}) => {
    const atMs = now();
    const id = desk.server.deps.ids.next(atMs);
    const row = { source: "v1", template_id: null, reply_to: null, status: "accepted", ...body };
    await desk.pool.query(
      `insert into messages (account_id, id, direction, project_id, channel_id, mobile, category, kind, body, source,
         status, accepted_at, scheduled_at, template_id, reply_to)
       values ($1, $2, 'out', $3, $4, $5, 'service', 'text', 'hola', $6, $7, $8, $9, $10, $11)`,
      [
        ...[account.accountId, id, account.projectId, account.channelId, mobile, row.source],
        ...[row.status, new Date(atMs), body.scheduled_at ?? null, row.template_id, row.reply_to],
      ],
    );
    await desk.pool.query(
      `with n as (update counters set event_seq = event_seq + 1 where account_id = $1 returning event_seq)
       insert into events (account_id, id, seq, kind, message_id, project_id, at)
       select $1, $2, event_seq, 'accepted', $3, $4, $5 from n`,
      [
        ...[account.accountId, desk.server.deps.ids.next(atMs), id, account.projectId],
        new Date(atMs),
      ],
    );
  };
  const send = async (body: Record<string, unknown> = {}) => {
    await accept(body);
    await follow();
  };

  test("when an integrator or its program answers, in whichever second, and the page is told", async () => {
    for (const source of ["v1", "ws"]) {
      toSecond(300);
      const id = await say("¿hay alguien?");
      assert.notEqual((await desk.row(diego, id)).waiting_since, null);
      desk.server.pass(200);
      await send({ source });
      const row = await desk.row(diego, id);
      assert.equal(row.waiting_since, null, source);
      assert.equal(row.first_answered_at, null, "nobody here answered");
      const { rows } = await desk.pool.query(
        "select data from events where account_id = $1 and kind = 'conversation.answered' order by seq",
        [account.accountId],
      );
      assert.equal(rows.at(-1)?.data.conversationId, id);
      assert.equal(rows.at(-1)?.data.by, "caller");
    }
  });

  test("and waits on when a template comes out of the blue, when nothing leaves yet, or when they write again", async () => {
    toSecond(300);
    const id = await say("¿hay alguien?");
    desk.server.pass(2_000);
    await send({ template_id: randomUUID() });
    await send({ source: "auto" });
    await send({ status: "held" });
    await send({ scheduled_at: new Date(now() + 3_600_000) });
    const { waiting_since, revision } = await desk.row(diego, id);
    assert.notEqual(waiting_since, null);
    // Answered, and the person has written again in the second of the answer before anybody looked.
    toSecond(100);
    await accept();
    desk.server.pass(500);
    await say("¿y el precio?");
    await follow();
    const again = await desk.row(diego, id);
    assert.equal(Date.parse(again.waiting_since), Math.floor(now() / 1_000) * 1_000);
    assert.ok(again.revision > revision);
    await desk.pool.query("update log_followers set seq = 0 where account_id = $1", [
      account.accountId,
    ]);
    await follow();
    assert.equal((await desk.row(diego, id)).revision, again.revision, "followed anew");
  });

  test("an answer to one person, or in another account, ends nobody else's waiting", async () => {
    const id = await say("soy yo");
    const bystander = await desk.say(account, "573017776655", "yo también");
    const other = await desk.account();
    const theirs = await desk.say(other, mobile, "el mismo número en otra cuenta");
    desk.server.pass(1_500);
    await send();
    const stranger = await desk.enter(other, "agent", "Ajena");
    assert.equal((await desk.row(diego, id)).waiting_since, null);
    assert.notEqual((await desk.row(diego, bystander)).waiting_since, null);
    assert.notEqual((await desk.row(stranger, theirs)).waiting_since, null);
  });
});
