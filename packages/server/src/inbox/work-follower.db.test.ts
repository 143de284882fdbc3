import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { findFollowerLagMs } from "../storage/log-followers.ts";
import { type InboxDesk, openInboxDesk } from "../testkit/inbox-desk.ts";
import { refuseRows } from "../testkit/refuse-rows.ts";
import { createWorkLane, followWork } from "./work-follower.ts";
import { giveConversations } from "./work-giving.ts";

const MOBILE = "573001112233";
const MINUTE = 60_000;

let desk: InboxDesk;

before(async () => {
  desk = await openInboxDesk();
});
after(() => desk.close());

async function follow(accountId: string): Promise<void> {
  while ((await followWork(desk.server.deps, accountId)).more);
}

test("a day in the console becomes the facts that it was, though three processes follow it", async () => {
  const account = await desk.account();
  const { accountId, projectId } = account;
  const ana = await desk.enter(account, "agent", "Ana");
  const beto = await desk.enter(account, "agent", "Beto");
  const boss = await desk.enter(account, "supervisor", "Zoila");
  const pass = (minutes: number) => desk.server.pass(minutes * MINUTE);
  const ok = (answer: { status: number; text: string }) =>
    assert.ok(answer.status < 300, answer.text);
  const id = await desk.say(account, MOBILE, "hola");
  pass(2);
  ok(await desk.act(ana, `${id}/take`));
  pass(1);
  ok(await desk.act(ana, `${id}/transfer`, { user_id: beto.userId, note: "es tuya" }));
  await Promise.all([follow(accountId), follow(accountId), follow(accountId)]);
  pass(2);
  ok(await desk.compose(beto, id, { text: "buenos días" }));
  await desk.say(account, MOBILE, "una pregunta");
  pass(1);
  ok(await desk.compose(beto, id, { text: "diga" }));
  pass(4);
  ok(await desk.act(beto, `${id}/resolve`));
  pass(10);
  ok(await desk.act(ana, `${id}/reopen`));
  pass(5);
  ok(await desk.act(ana, `${id}/resolve`));
  await Promise.all([follow(accountId), follow(accountId)]);
  await follow(accountId);
  const { rows } = await desk.pool.query(
    "select fact, user_id, seconds from work_log where account_id = $1 order by at, fact",
    [accountId],
  );
  const name = new Map([
    [ana.userId, "ana"],
    [beto.userId, "beto"],
  ]);
  const told = rows.map(({ fact, user_id, seconds }) =>
    [fact, name.get(user_id), seconds === null ? undefined : Math.round(seconds / 60)]
      .filter((part) => part !== undefined)
      .join(" "),
  );
  assert.deepEqual(told.sort(), [
    ...[
      "assigned ana",
      "assigned beto",
      "first-answer beto 5",
      "opened",
      "received",
      "received beto",
    ],
    ...[
      "reopened beto",
      "resolved ana 5",
      "resolved beto 10",
      "sent beto",
      "sent beto",
      "transferred beto",
    ],
  ]);
  const day = new Date(desk.server.deps.clock.now() - 5 * 3_600_000).toISOString().slice(0, 10);
  const before = new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
  const { json } = await boss.call(
    "GET",
    `/inbox-work/report?from=${before}&to=${day}&project_id=${projectId}`,
  );
  const { opened, resolved, reopened, received, sent, transferred } = json.totals;
  assert.deepEqual(
    { opened, resolved, reopened, received, sent, transferred },
    { opened: 1, resolved: 2, reopened: 1, received: 2, sent: 2, transferred: 1 },
  );
  const now = new Date(desk.server.deps.clock.now());
  assert.equal(await findFollowerLagMs(desk.pool, "work", now), 0);
});

test("a rule's giving is shown in the thread as a rule's, and counted", async () => {
  const account = await desk.account();
  const { accountId, projectId } = account;
  const boss = await desk.enter(account, "supervisor", "Zoila");
  const id = await desk.say(account, MOBILE, "hola");
  const body = { assignment: { mode: "least_busy", capacity: 5, reassign_after_s: null } };
  assert.equal(
    (await boss.call("PATCH", `/inbox-work/projects/${projectId}`, { body })).status,
    200,
  );
  const client = desk.server.deps.ids.next(Date.now());
  const here = { client, conversation_id: null };
  assert.equal((await boss.call("POST", "/inbox/presence", { body: here })).status, 204);
  const round = await giveConversations(desk.server.deps, accountId);
  assert.equal(round.given, 1);
  assert.equal((await desk.row(boss, id)).assignee_id, boss.userId);
  const items: { type: string; kind: string; by: string; assignee_id: string }[] =
    await desk.thread(boss, id);
  const given = items.find(({ type, kind }) => type === "event" && kind === "assigned");
  assert.deepEqual([given?.by, given?.assignee_id], ["rule", boss.userId]);
  await follow(accountId);
  const { rows } = await desk.pool.query(
    "select fact, user_id from work_log where account_id = $1 and fact = 'assigned'",
    [accountId],
  );
  assert.deepEqual(rows, [{ fact: "assigned", user_id: boss.userId }]);
});

test("a log that cannot be followed keeps nobody else's from being", async () => {
  const accounts: string[] = [];
  for (let number = 0; number < 5; number += 1) {
    const account = await desk.account();
    await desk.say(account, MOBILE, "hola");
    accounts.push(account.accountId);
  }
  const [stuck = "", ...others] = accounts;
  const { deps } = desk.server;
  const lane = createWorkLane({ ...deps, intervalMs: 2_000_000_000, onPlanned: () => {} });
  const followed = async () => {
    lane.start();
    await lane.stop();
    const { rows } = await desk.pool.query(
      "select distinct account_id as id from work_log where account_id = any ($1)",
      [accounts],
    );
    return rows.map(({ id }) => id).sort();
  };
  await refuseRows(desk.pool, { accountId: stuck, table: "work_log" }, async () => {
    assert.deepEqual(await followed(), others.toSorted());
  });
  assert.deepEqual(await followed(), accounts.toSorted());
});
