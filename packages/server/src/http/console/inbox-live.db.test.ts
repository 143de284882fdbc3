import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { openLive } from "../../inbox/open-live.ts";
import { createLiveHub, LISTENERS_PER_PERSON_MAX } from "../../live/hub.ts";
import { WAITING_BYTES_MAX } from "../../live/listeners.ts";
import type { Database } from "../../storage/connect.ts";
import type { BuiltAccount } from "../../testkit/build-account.ts";
import type { Visitor } from "../../testkit/console-server.ts";
import { type InboxDesk, openInboxDesk, untilTrue } from "../../testkit/inbox-desk.ts";
import { openLivePage } from "../../testkit/live-view.ts";

const ANA = "573001234567";
const LUIS = "573007654321";

let desk: InboxDesk;
let account: BuiltAccount;
let carla: Visitor;
let diego: Visitor;

before(async () => {
  desk = await openInboxDesk();
  account = await desk.account();
  carla = await desk.enter(account, "supervisor", "Carla");
  diego = await desk.enter(account, "agent", "Diego");
});
after(() => desk.close());

const open = (visitor: Visitor, threads: readonly string[] = []) =>
  openLivePage(visitor, { url: desk.server.url, client: randomUUID(), threads });

describe("a page that listens", () => {
  test("is refused when somebody else has signed in in its browser", async () => {
    const ask = (person: string) =>
      carla.call("GET", `/live?${new URLSearchParams({ client: randomUUID(), person })}`);
    const { status, json } = await ask(diego.userId);
    assert.equal(status, 403);
    assert.equal(json.code, "forbidden");
  });

  test("knows after every action what a fresh load knows, with its line cut at random moments", async () => {
    const ana = await desk.say(account, ANA, "hola");
    const page = await open(carla, [ana]);
    let n = 0;
    const step = async (about: string, work: () => Promise<unknown>) => {
      n += 1;
      if (n % 3 === 0) page.drop();
      await work();
      if (n % 3 === 0) await page.listen();
      await page.verify(about);
    };
    const ok = async (answer: Promise<{ status: number; text: string }>) => {
      const { status, text } = await answer;
      assert.ok(status < 300, text);
    };
    await step("another person writes", () => desk.say(account, LUIS, "buenas"));
    await step("she writes again", () => desk.say(account, ANA, "¿están ahí?"));
    await step("taken", () => ok(desk.act(diego, `${ana}/take`)));
    await step("read", () => ok(desk.act(diego, `${ana}/read`)));
    const label = await carla.call("POST", "/inbox/labels", {
      body: { name: "Pago", color: "red" },
    });
    await step("labelled", () =>
      ok(
        diego.call("PUT", `/inbox/conversations/${ana}/labels`, {
          body: { label_ids: [label.json.id] },
        }),
      ),
    );
    await step("noted", () =>
      ok(desk.act(diego, `${ana}/notes`, { text: "@Carla mira", mentions: [carla.userId] })),
    );
    const sent = await desk.compose(diego, ana, { text: "Hola, Ana" });
    assert.equal(sent.status, 202, sent.text);
    await page.verify("answered");
    const wamid = `wamid.${randomUUID()}`;
    await desk.pool.query(
      "update messages set provider_message_id = $2, lane = null where id = $1",
      [sent.json.message.id, wamid],
    );
    await step("she reacts", () =>
      desk.say(account, ANA, {
        text: "👍",
        type: "reaction",
        replyTo: wamid,
        content: {
          reaction: { message_id: null, whatsapp_id: wamid, emoji: "👍", removed: false },
        },
      }),
    );
    await step("transferred with a note", () =>
      ok(desk.act(diego, `${ana}/transfer`, { user_id: carla.userId, note: "sabe más" })),
    );
    await step("snoozed", () => ok(desk.act(carla, `${ana}/snooze`, { until: null })));
    await step("she wakes it", () => desk.say(account, ANA, "sigo aquí"));
    await step("resolved", () => ok(desk.act(carla, `${ana}/resolve`)));
    await step("she begins another", () => desk.say(account, ANA, "otra cosa"));
    const items = [...(page.view.threads.get(ana)?.values() ?? [])];
    const answered = items.find((item) => item.type === "message" && item.author === "agent");
    assert.equal(answered?.type === "message" && answered.reactions[0]?.emoji, "👍");
    assert.equal(answered?.type === "message" && answered.author_id, diego.userId);
    assert.ok(items.some((item) => item.type === "event" && item.kind === "transferred"));
    page.drop();
  });

  test("hears nothing of another account, and of its own what another process does", async () => {
    const other = await desk.account();
    const eva = await desk.enter(other, "owner", "Eva");
    const [mine, theirs] = [await open(carla), await open(eva)];
    const before = theirs.changes.length;
    await desk.say(account, "573001112222", "solo para una cuenta");
    // The message was written by no call of this process's server: only the log could tell.
    await mine.verify("heard");
    await theirs.verify("heard nothing");
    assert.equal(theirs.changes.length, before);
    mine.drop();
    theirs.drop();
  });

  test("sees who looks and who composes, and that they left, through another process too", async () => {
    const ana = await desk.say(account, ANA, "hola");
    const heard: string[] = [];
    const elsewhere = openLive(desk.server.deps);
    const stop = await elsewhere.listen({
      ...{
        accountId: account.accountId,
        userId: carla.userId,
        clientId: randomUUID(),
        after: null,
      },
      sink: { write: (text) => void heard.push(text), waiting: () => 0, end: () => {} },
      mayGoOn: async () => true,
    });
    const client = randomUUID();
    const body = { client, conversation_id: ana, doing: "typing" };
    assert.equal((await diego.call("POST", "/inbox/presence", { body })).status, 204);
    assert.equal((await desk.act(diego, `${ana}/composer`, { take_over: false })).status, 200);
    await untilTrue(
      () => heard.some((text) => text.includes('"typing"') && text.includes(diego.userId)),
      "typing is seen",
    );
    await untilTrue(
      () => heard.some((text) => text.includes(`"composer":{"user_id":"${diego.userId}"`)),
      "the composer is seen",
    );
    heard.length = 0;
    await diego.call("DELETE", `/inbox/conversations/${ana}/composer`);
    await untilTrue(() => heard.some((text) => text.includes('"composer":null')), "it was left");
    stop();
    await elsewhere.close();
  });

  test("sees at once that a tab was closed; nobody closes another's", async () => {
    const id = await desk.say(account, "573009990001", "hola");
    const heard: string[] = [];
    const elsewhere = openLive(desk.server.deps);
    const { accountId } = account;
    const stop = await elsewhere.listen({
      ...{ accountId, userId: carla.userId, clientId: randomUUID(), after: null },
      sink: { write: (text) => void heard.push(text), waiting: () => 0, end: () => {} },
      mayGoOn: async () => true,
    });
    const say = async (visitor: Visitor, body: object) =>
      assert.equal((await visitor.call("POST", "/inbox/presence", { body })).status, 204);
    const sees = (people: string) =>
      heard.some((text) => text.includes(`"conversation_id":"${id}","people":[${people}]`));
    const client = randomUUID();
    const looking = `{"user_id":"${diego.userId}","doing":"looking"}`;
    await say(diego, { client, conversation_id: id });
    await untilTrue(() => sees(looking), "looking is seen");
    await say(carla, { client, conversation_id: null, gone: true });
    const { rows } = await desk.pool.query("select from presence where client_id = $1", [client]);
    assert.equal(rows.length, 1, "another person's word");
    const composes = async () => {
      const { rows: held } = await desk.pool.query(
        "select from composers where conversation_id = $1 and user_id = $2",
        [id, diego.userId],
      );
      return held.length === 1;
    };
    const second = randomUUID();
    await say(diego, { client: second, conversation_id: id });
    await desk.act(diego, `${id}/composer`, { take_over: false });
    await say(diego, { client: second, conversation_id: null, gone: true });
    assert.ok(await composes(), "his other tab shows the conversation");
    await say(carla, { client: randomUUID(), conversation_id: null, gone: true });
    assert.ok(await composes(), "another person's tab");
    await say(diego, { client, conversation_id: null, gone: true });
    assert.ok(!(await composes()), "it went with the tab");
    await untilTrue(() => sees(""), "it was closed");
    await say(diego, { client, conversation_id: null, gone: true });
    stop();
    await elsewhere.close();
  });

  test("is told to load everything when it missed too much, and when data were erased", async () => {
    const page = await open(carla);
    page.drop();
    await page.listen(page.view.seq + 1_000);
    await untilTrue(() => page.resets.includes("ahead"), "ahead of the log");
    await desk.say(account, "573003334444", "bórrame");
    const { rows } = await desk.pool.query(
      "select contact_id from contact_addresses where account_id = $1 and value = '573003334444'",
      [account.accountId],
    );
    const { requestErasure } = await import("../../contacts/erase-person.ts");
    await requestErasure(desk.server.deps, {
      ...{ accountId: account.accountId, by: "test" },
      who: { contactId: rows[0].contact_id },
    });
    await untilTrue(() => page.resets.includes("erased"), "erased");
    page.drop();
  });

  test("is refused without a session, without the permission's role, and beyond the lines of one person", async () => {
    const client = randomUUID();
    const nobody = await desk.server.visit().call("GET", `/live?client=${client}`);
    assert.equal(nobody.status, 401);
    assert.equal((await carla.call("GET", "/live?client=x")).status, 400);
    assert.equal((await carla.call("GET", `/live?client=${client}&after=-1`)).status, 400);
    const pages = [];
    const eva = await desk.enter(account, "agent", "Eva");
    for (let line = 0; line < LISTENERS_PER_PERSON_MAX; line += 1) pages.push(await open(eva));
    const more = await open(eva);
    assert.equal(more.status, 429);
    for (const page of pages) page.drop();
  });

  test("is cut when it takes nothing any more, and the others hear on", async () => {
    const heard: string[] = [];
    let cut = false;
    const hub = openLive(desk.server.deps);
    const line = { accountId: account.accountId, after: null, mayGoOn: async () => true };
    let waiting = 0;
    const stops = [
      await hub.listen({
        ...{ ...line, userId: carla.userId, clientId: randomUUID() },
        sink: {
          write: () => {},
          waiting: () => waiting,
          end: () => {
            cut = true;
          },
        },
      }),
      await hub.listen({
        ...{ ...line, userId: diego.userId, clientId: randomUUID() },
        sink: { write: (text) => void heard.push(text), waiting: () => 0, end: () => {} },
      }),
    ];
    waiting = WAITING_BYTES_MAX + 1;
    await desk.say(account, ANA, "uno más");
    await untilTrue(() => cut, "the slow one is cut");
    await untilTrue(() => heard.some((text) => text.includes("uno más")), "the other hears it");
    for (const stop of stops) stop();
    await hub.close();
  });

  test("is gone when it was cut, as when it left: nobody counts or looks for it any more", async () => {
    const asked: string[][] = [];
    const hub = createLiveHub({
      ...desk.server.deps,
      pool: watchPulses(desk.server.deps.pool, asked),
      render: async ({ to }) => ({ kind: "changes", to, frames: "x" }),
      count: async () => ({}),
    });
    let waiting = 0;
    let stop = () => {};
    const cut = new Promise<void>((resolve) => {
      void hub
        .listen({
          ...{ accountId: account.accountId, userId: carla.userId, clientId: randomUUID() },
          ...{ after: null, mayGoOn: async () => true },
          // As a response does: once it is destroyed, it is closed.
          sink: { write: () => {}, waiting: () => waiting, end: () => resolve() },
        })
        .then((end) => {
          stop = end;
          waiting = WAITING_BYTES_MAX + 1;
        });
    });
    await desk.say(account, ANA, "y otro más");
    await cut;
    stop();
    // A hub that still knows the account asks for it together with this one.
    asked.length = 0;
    const other = await desk.account();
    const eva = await desk.enter(other, "agent", "Eva");
    const leave = await hub.listen({
      ...{ accountId: other.accountId, userId: eva.userId, clientId: randomUUID() },
      ...{ after: null, mayGoOn: async () => true },
      sink: { write: () => {}, waiting: () => 0, end: () => {} },
    });
    await untilTrue(() => asked.length > 1, "it looks");
    leave();
    await hub.close();
    assert.deepEqual(asked.at(-1), [other.accountId]);
  });
});

/** The pool, noting for whom somebody asks whether anything has happened. */
function watchPulses(pool: Database, asked: string[][]): Database {
  const send = pool.query.bind(pool) as (...given: unknown[]) => unknown;
  const query = (statement: { name?: string; values?: unknown[] }, ...rest: unknown[]) => {
    if (statement.name === "find-pulses") asked.push(statement.values?.[0] as string[]);
    return send(statement, ...rest);
  };
  return Object.assign(Object.create(pool), { query });
}

test("a line ends with its session", async () => {
  const eva = await desk.enter(account, "agent", "Eva");
  let ended = false;
  const hub = createLiveHub({
    ...desk.server.deps,
    render: async ({ to }) => ({ kind: "changes", to, frames: "" }),
    count: async () => ({}),
    beatMs: 20,
  });
  let lives = true;
  await hub.listen({
    ...{ accountId: account.accountId, userId: eva.userId, clientId: randomUUID(), after: null },
    sink: {
      write: () => {},
      waiting: () => 0,
      end: () => {
        ended = true;
      },
    },
    mayGoOn: async () => lives,
  });
  lives = false;
  await untilTrue(() => ended, "ended");
  await hub.close();
});
