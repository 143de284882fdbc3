import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, beforeEach, describe, test } from "node:test";
import type { WorkSettingsChange } from "@recado/contract/console/work";
import { changeConversation } from "../contacts/conversations.ts";
import type { BuiltAccount } from "../testkit/build-account.ts";
import { ANA, type InboundWorld, openInboundWorld } from "../testkit/inbound-world.ts";
import { sayAutoMessages } from "./work-auto-lane.ts";
import { followWork } from "./work-follower.ts";
import { changeProjectWork } from "./work-settings.ts";

/** A Sunday in Bogotá: ten in the morning. */
const SUNDAY = Date.UTC(2026, 10, 22, 15);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let world: InboundWorld;
let account: BuiltAccount;

before(async () => {
  world = await openInboundWorld();
});
beforeEach(async () => {
  world.time.nowMs = SUNDAY;
  account = await world.account();
});
after(() => world.close());

function set(change: WorkSettingsChange) {
  const { accountId, projectId } = account;
  return changeProjectWork(world.shared, { accountId, projectId }, change);
}

const away = (enabled = true) =>
  set({
    hours: {
      enabled: true,
      weekly: [1, 2, 3, 4, 5].map((day) => ({ day, opens: "08:00", closes: "18:00" })),
      exceptions: [],
    },
    away: { enabled, text: "Estamos cerrados." },
  });

const rating = (more: Partial<NonNullable<WorkSettingsChange["rating"]>> = {}) =>
  set({
    rating: {
      enabled: true,
      question: "¿Cómo le fue?",
      thanks: null,
      answer_within_h: 24,
      comment_within_h: 1,
      ...more,
    },
  });

async function say(body: string, more: Record<string, unknown> = {}): Promise<void> {
  world.time.nowMs += 2_000;
  await world.receive(account, world.said("text", { body }, more));
}

/** The list's answer, in Meta's shape. */
async function tap(ratingId: string, score: number): Promise<void> {
  world.time.nowMs += 2_000;
  const list_reply = { id: `recado-rating:${ratingId}:${score}`, title: `${score} · algo` };
  await world.receive(account, world.said("interactive", { type: "list_reply", list_reply }));
}

async function follow(): Promise<void> {
  while ((await followWork(world.shared, account.accountId)).more);
}

const sayAuto = () => sayAutoMessages({ ...world.shared, acceptance: world.acceptance });

async function settle(): Promise<void> {
  await follow();
  await sayAuto();
}

/** What the platform said by itself. */
async function said(): Promise<{ kind: string; body: string; content: unknown }[]> {
  const { rows } = await world.pool.query(
    "select kind, body, content from messages where account_id = $1 and direction = 'out' and source = 'auto' order by id",
    [account.accountId],
  );
  return rows;
}

async function conversations() {
  const { rows } = await world.pool.query(
    "select id, state, rating, unread from conversations where account_id = $1 order by opened_at, id",
    [account.accountId],
  );
  return rows;
}

async function resolve(): Promise<void> {
  const { accountId } = account;
  const { rows } = await world.pool.query(
    "select id from conversations where account_id = $1 and state = 'open'",
    [accountId],
  );
  world.time.nowMs += 1_000;
  await changeConversation(world.shared, { accountId, id: rows[0].id }, { state: "resolved" });
}

async function ratings() {
  const { rows } = await world.pool.query(
    "select id, score, comment, answer_until from ratings where account_id = $1 order by asked_at, id",
    [account.accountId],
  );
  return rows;
}

describe("the away message", () => {
  test("is said once for each conversation in each closed period", async () => {
    await away();
    await say("hola");
    await say("¿hay alguien?");
    await settle();
    await say("¿hola?");
    await settle();
    assert.deepEqual(
      (await said()).map(({ body }) => body),
      ["Estamos cerrados."],
    );
    // Monday, after closing: another closed period.
    world.time.nowMs = Date.UTC(2026, 10, 23, 23, 30);
    await say("otra vez yo");
    await settle();
    assert.equal((await said()).length, 2);
  });

  test("is not said while it is open, or switched off, or to what is no question", async () => {
    await away(false);
    await say("hola");
    await settle();
    await away();
    world.time.nowMs = Date.UTC(2026, 10, 23, 15);
    await say("en horario");
    await settle();
    world.time.nowMs = Date.UTC(2026, 10, 24, 1);
    await world.receive(account, world.said("reaction", { message_id: "wamid.x", emoji: "👍" }));
    await say("BAJA", { from: "573009990001" });
    await settle();
    assert.deepEqual(await said(), []);
  });

  test("is not said about what is long past", async () => {
    await away();
    await say("hola");
    world.time.nowMs += 16 * MINUTE;
    await settle();
    assert.deepEqual(await said(), []);
  });

  test("is decided once by three processes at once, and sent once though the one that sends dies", async () => {
    await away();
    await say("hola");
    await Promise.all([follow(), follow(), follow()]);
    await follow();
    const dying = {
      send: async (request: Parameters<typeof world.acceptance.send>[0]) => {
        await world.acceptance.send(request);
        throw new Error("killed here");
      },
    };
    await assert.rejects(sayAutoMessages({ ...world.shared, acceptance: dying }), /killed here/u);
    assert.equal((await said()).length, 1);
    world.time.nowMs += 61_000;
    await Promise.all([sayAuto(), sayAuto()]);
    assert.equal((await said()).length, 1);
    const { rowCount } = await world.pool.query("select from auto_messages where account_id = $1", [
      account.accountId,
    ]);
    assert.equal(rowCount, 0);
  });

  test("is not said when the window has closed meanwhile", async () => {
    await away();
    await say("hola");
    await follow();
    await world.pool.query(
      "update conversations set window_expires_at = $2 where account_id = $1",
      [account.accountId, new Date(world.time.nowMs - 1)],
    );
    await sayAuto();
    assert.deepEqual(await said(), []);
  });
});

describe("the question how it was", () => {
  test("is asked once on resolving; the answer is noted and opens nothing", async () => {
    await rating({ thanks: "¡Gracias!" });
    await say("ayuda");
    await resolve();
    await settle();
    await settle();
    const [asked] = await ratings();
    const [question] = await said();
    assert.equal(question?.kind, "interactive");
    assert.match(JSON.stringify(question?.content), new RegExp(`recado-rating:${asked.id}:5`, "u"));
    await tap(asked.id, 4);
    await settle();
    assert.deepEqual(
      (await conversations()).map(({ state, rating: given, unread }) => [state, given, unread]),
      [["resolved", 4, 0]],
    );
    assert.equal((await said()).at(-1)?.body, "¡Gracias!");
    await say("muy amables");
    await follow();
    assert.deepEqual(
      (await ratings()).map(({ score, comment }) => [score, comment]),
      [[4, "muy amables"]],
    );
    assert.equal((await conversations()).length, 1);
    // The second word is for somebody to answer.
    await say("otra cosa");
    assert.equal((await conversations()).length, 2);
    const { rows } = await world.pool.query(
      "select fact, score from work_log where account_id = $1 and fact = 'rated'",
      [account.accountId],
    );
    assert.deepEqual(rows, [{ fact: "rated", score: 4 }]);
  });

  test("takes a number that is written, and a comment only within its time", async () => {
    await rating({ comment_within_h: 1 });
    await say("ayuda");
    await resolve();
    await settle();
    await say(" 2 ");
    assert.deepEqual(
      (await ratings()).map(({ score }) => score),
      [2],
    );
    world.time.nowMs += 2 * HOUR;
    await say("sigue igual");
    assert.deepEqual(
      (await ratings()).map(({ comment }) => comment),
      [null],
    );
    assert.equal((await conversations()).length, 2);
  });

  test("takes no answer that comes too late, and another word opens a conversation", async () => {
    await rating({ answer_within_h: 1 });
    await say("ayuda");
    await resolve();
    await settle();
    await say("¿me ayudan?");
    assert.equal((await conversations()).length, 2);
    const [asked] = await ratings();
    await resolve();
    world.time.nowMs += 2 * HOUR;
    await tap(asked.id, 5);
    assert.deepEqual(
      (await ratings()).map(({ score }) => score),
      [null],
    );
  });

  test("is not asked when it is off, when it was opened again, twice in a day, or of whoever opted out", async () => {
    await say("ayuda");
    await resolve();
    await settle();
    assert.deepEqual(await said(), []);
    await rating();
    await say("ayuda otra vez");
    await resolve();
    await follow();
    const { accountId } = account;
    const [, second] = await conversations();
    await changeConversation(world.shared, { accountId, id: second.id }, { state: "open" });
    await sayAuto();
    assert.deepEqual([await said(), await ratings()], [[], []]);
    await world.pool.query(
      "insert into opt_outs (account_id, project_id, mobile, source, created_at) values ($1, $2, $3, 'word', now())",
      [accountId, account.projectId, ANA],
    );
    await resolve();
    await settle();
    assert.deepEqual([await said(), await ratings()], [[], []]);
    await world.pool.query("update opt_outs set ended_at = now() where account_id = $1", [
      accountId,
    ]);
    await changeConversation(world.shared, { accountId, id: second.id }, { state: "open" });
    await resolve();
    await settle();
    await changeConversation(world.shared, { accountId, id: second.id }, { state: "open" });
    await resolve();
    await settle();
    assert.equal((await said()).length, 1);
  });

  test("of another tenant or of nobody says nothing", async () => {
    await rating();
    await say("ayuda");
    await resolve();
    await settle();
    const [asked] = await ratings();
    const other = await world.account();
    const mine = account;
    account = other;
    await tap(asked.id, 1);
    await tap(randomUUID(), 1);
    assert.equal((await conversations()).length, 1);
    account = mine;
    assert.deepEqual(
      (await ratings()).map(({ score }) => score),
      [null],
    );
  });

  test("answered twice at the same moment is answered once", async () => {
    await rating();
    await say("ayuda");
    await resolve();
    await settle();
    const [asked] = await ratings();
    await Promise.all([tap(asked.id, 3), tap(asked.id, 3)]);
    assert.deepEqual(
      (await ratings()).map(({ score }) => score),
      [3],
    );
    const { rowCount } = await world.pool.query(
      "select from events where account_id = $1 and kind = 'conversation.rated'",
      [account.accountId],
    );
    assert.equal(rowCount, 1);
  });
});
