import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { indexAccount } from "../../inbox/work-search-lane.ts";
import { type BuiltAccount, buildAccount } from "../../testkit/build-account.ts";
import {
  type ConsoleServer,
  startConsoleServer,
  type Visitor,
} from "../../testkit/console-server.ts";

let server: ConsoleServer;
let account: BuiltAccount;
let other: BuiltAccount;
let boss: Visitor;
let ana: Visitor;

before(async () => {
  server = await startConsoleServer();
  account = await buildAccount(server.database.pool);
  other = await buildAccount(server.database.pool);
  boss = await server.enter({ accountId: account.accountId, role: "supervisor", name: "Zoila" });
  ana = await server.enter({ accountId: account.accountId, role: "agent", name: "=Ana" });
});
after(() => server.close());

const query = (text: string, values: unknown[]) => server.database.pool.query(text, values);

async function addTeam(of: BuiltAccount): Promise<string> {
  const id = randomUUID();
  await query(
    "insert into teams (account_id, id, name, created_at) values ($1, $2, 'Ventas', now())",
    [of.accountId, id],
  );
  return id;
}

interface Fact {
  at: string;
  fact: string;
  user?: string;
  team?: string;
  seconds?: number;
  score?: number;
}

async function addFacts(facts: readonly Fact[]): Promise<void> {
  for (const { at, fact, user, team, seconds, score } of facts) {
    await query(
      `insert into work_log (account_id, id, at, fact, conversation_id, project_id, user_id, team_id, seconds, score)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        account.accountId,
        randomUUID(),
        at,
        fact,
        randomUUID(),
        account.projectId,
        user ?? null,
        team ?? null,
        seconds ?? null,
        score ?? null,
      ],
    );
  }
}

/** A conversation whose person has waited for so long. */
async function addWaiting(
  ageMs: number,
  more: { assignee?: string; answered?: boolean } = {},
): Promise<string> {
  const [id, contactId, since] = [randomUUID(), randomUUID(), new Date(Date.now() - ageMs)];
  await query(
    "insert into contacts (account_id, id, name, search, created_at, updated_at) values ($1, $2, 'Luz', 'luz', now(), now())",
    [account.accountId, contactId],
  );
  await query(
    `insert into conversations (account_id, id, contact_id, channel_id, project_id, opened_at, last_inbound_at, last_inbound_id,
       window_expires_at, updated_at, waiting_since, assignee_id, first_answered_at)
     values ($1, $2, $3, $4, $5, $6, $6, $2, $6, $6, $6, $7, $8)`,
    [
      account.accountId,
      id,
      contactId,
      account.channelId,
      account.projectId,
      since,
      more.assignee ?? null,
      more.answered ? since : null,
    ],
  );
  return id;
}

const officeHours = (opens: string, closes: string) => ({
  enabled: true,
  weekly: [1, 2, 3, 4, 5].map((day) => ({ day, opens, closes })),
  exceptions: [{ date: "2026-12-25", name: "Navidad", spans: [] }],
});

describe("settings of the work", () => {
  test("are the usual ones until somebody sets them, part by part, and not over somebody else's change", async () => {
    const path = `/inbox-work/projects/${account.projectId}`;
    const first = (await boss.call("GET", path)).json;
    assert.deepEqual(
      [first.assignment.mode, first.hours.enabled, first.open_now, first.version],
      ["off", false, true, "0"],
    );
    const hours = officeHours("08:00", "17:30");
    const set = await boss.call("PATCH", path, { body: { hours, version: "0" } });
    assert.equal(set.status, 200, set.text);
    assert.deepEqual(
      [set.json.hours, set.json.version, set.json.assignment.mode],
      [hours, "1", "off"],
    );
    assert.notEqual(set.json.changes_at, null);
    const late = await boss.call("PATCH", path, {
      body: { away: { enabled: true, text: "hola" }, version: "0" },
    });
    assert.deepEqual([late.status, late.json.code], [409, "conflict"]);
    const both = await Promise.all(
      [1, 2, 3].map((capacity) =>
        boss.call("PATCH", path, {
          body: { version: "1", assignment: { mode: "off", capacity, reassign_after_s: null } },
        }),
      ),
    );
    assert.deepEqual(both.map(({ status }) => status).sort(), [200, 409, 409]);
    assert.equal((await boss.call("GET", "/inbox-work/projects")).json.items.length, 1);
    await boss.call("PATCH", path, { body: { hours: { ...hours, enabled: false } } });
  });

  test("refuse hours that end before they begin, overlap, or name days that there are not", async () => {
    const span = (opens: string, closes: string, day = 1) => ({ day, opens, closes });
    const wrong = [
      { weekly: [span("10:00", "09:00")] },
      { weekly: [span("10:00", "10:00")] },
      { weekly: [span("08:00", "12:00"), span("11:00", "13:00")] },
      { weekly: [span("25:00", "26:00")] },
      { weekly: [span("08:00", "24:01")] },
      { weekly: [span("08:00", "09:00", 8)] },
      { exceptions: [{ date: "2026-02-30", name: "", spans: [] }] },
      { exceptions: [0, 1].map(() => ({ date: "2026-02-03", name: "", spans: [] })) },
    ];
    for (const part of wrong) {
      const body = { hours: { enabled: true, weekly: [], exceptions: [], ...part } };
      const answer = await boss.call("PATCH", `/inbox-work/projects/${account.projectId}`, {
        body,
      });
      assert.equal(answer.status, 400, JSON.stringify(part));
    }
    const blank = { away: { enabled: true, text: " " } };
    assert.equal(
      (await boss.call("PATCH", `/inbox-work/projects/${account.projectId}`, { body: blank }))
        .status,
      400,
    );
  });
});

test("another account's project, team and person are answered as nobody's", async () => {
  const team = await addTeam(other);
  const stranger = await server.enter({ accountId: other.accountId, role: "agent" });
  const calls: [string, (id: string) => string, string, unknown?][] = [
    ["GET", (id) => `/inbox-work/projects/${id}`, other.projectId],
    ["PATCH", (id) => `/inbox-work/projects/${id}`, other.projectId, {}],
    ["PATCH", (id) => `/inbox-work/teams/${id}`, team, { mode: "off" }],
    ["PATCH", (id) => `/inbox-work/agents/${id}`, stranger.userId, { capacity: 1 }],
    ["GET", (id) => `/search?q=hola&project_id=${id}`, other.projectId],
    ["GET", (id) => `/inbox-work/overview?project_id=${id}`, other.projectId],
    [
      "GET",
      (id) => `/inbox-work/report?from=2026-01-01&to=2026-01-02&project_id=${id}`,
      other.projectId,
    ],
    ["GET", (id) => `/inbox-work/report?from=2026-01-01&to=2026-01-02&team_id=${id}`, team],
    [
      "GET",
      (id) => `/inbox-work/report.csv?by=day&from=2026-01-01&to=2026-01-02&team_id=${id}`,
      team,
    ],
    [
      "GET",
      (id) => `/inbox-work/ratings?from=2026-01-01&to=2026-01-02&project_id=${id}`,
      other.projectId,
    ],
  ];
  for (const [method, path, id, body] of calls) {
    const theirs = await boss.call(method, path(id), { body });
    const nobodys = await boss.call(method, path(randomUUID()), { body });
    assert.equal(theirs.status, 404, path(id));
    assert.equal(theirs.text, nobodys.text, path(id));
  }
  const { rows } = await query(
    "select from team_rules union all select from agents where user_id = $1",
    [stranger.userId],
  );
  assert.equal(rows.length, 0);
});

test("an agent says whether it is available; being here is another thing, and only a supervisor changes others", async () => {
  const me = async () => (await ana.call("GET", "/inbox-work/me")).json.state;
  assert.equal(await me(), "offline");
  await query(
    "insert into presence (account_id, client_id, user_id, doing, gone_at) values ($1, $2, $3, 'looking', now() + interval '1 hour')",
    [account.accountId, randomUUID(), ana.userId],
  );
  assert.equal(await me(), "available");
  await ana.call("PATCH", "/inbox-work/me", { body: { state: "away" } });
  assert.equal(await me(), "away");
  assert.equal(
    (await ana.call("PATCH", `/inbox-work/agents/${boss.userId}`, { body: { state: "away" } }))
      .status,
    403,
  );
  const set = await boss.call("PATCH", `/inbox-work/agents/${ana.userId}`, {
    body: { state: "available", capacity: 3 },
  });
  assert.deepEqual([set.json.state, set.json.capacity, set.json.capacity_own], ["available", 3, 3]);
  const cleared = await boss.call("PATCH", `/inbox-work/agents/${ana.userId}`, {
    body: { capacity: null },
  });
  assert.deepEqual([cleared.json.state, cleared.json.capacity_own], ["available", null]);
});

test("the supervisor sees what waits, who has it, and which promises are broken", async () => {
  const MINUTE = 60_000;
  const path = `/inbox-work/projects/${account.projectId}`;
  await boss.call("PATCH", path, {
    body: { targets: { first_answer_s: 600, next_answer_s: 1_800 } },
  });
  const old = await addWaiting(20 * MINUTE);
  await addWaiting(5 * MINUTE);
  await addWaiting(20 * MINUTE, { assignee: ana.userId, answered: true });
  const late = await addWaiting(40 * MINUTE, { assignee: ana.userId, answered: true });
  const now = new Date().toISOString();
  await addFacts([
    { at: now, fact: "sent", user: ana.userId },
    { at: now, fact: "first-answer", user: ana.userId, seconds: 30 },
    { at: now, fact: "first-answer", user: ana.userId, seconds: 90 },
    { at: now, fact: "resolved", user: ana.userId, seconds: 5 },
  ]);
  const { json } = await boss.call("GET", `/inbox-work/overview?project_id=${account.projectId}`);
  assert.deepEqual([json.open, json.waiting, json.unassigned, json.snoozed], [4, 4, 2, 0]);
  assert.deepEqual([json.breaches.first_answer, json.breaches.next_answer], [1, 1]);
  assert.deepEqual(
    json.breaches.items.map((item: { conversation_id: string }) => item.conversation_id),
    [late, old],
  );
  const mine = json.agents.find((agent: { user_id: string }) => agent.user_id === ana.userId);
  assert.deepEqual(
    [mine.open, mine.waiting, mine.answered_today, mine.resolved_today, mine.first_answer_avg_s],
    [2, 2, 1, 1, 60],
  );
  // A promise counts open hours: in an office that never opens nobody is late.
  await boss.call("PATCH", path, {
    body: { hours: { enabled: true, weekly: [], exceptions: [] } },
  });
  const closed = await boss.call("GET", "/inbox-work/overview");
  assert.deepEqual([closed.json.breaches.first_answer, closed.json.breaches.items], [0, []]);
  assert.equal((await ana.call("GET", "/inbox-work/overview")).status, 403);
});

test("a report adds up facts by the clocks of the account, and is exported as a table that is safe to open", async () => {
  const team = await addTeam(account);
  const user = ana.userId;
  // In Bogotá: the 4th at 23:30, the 5th at 00:30 and at 14:10, the 6th at 00:00.
  await addFacts([
    { at: "2026-03-05T04:30:00Z", fact: "opened" },
    { at: "2026-03-05T05:30:00Z", fact: "opened" },
    { at: "2026-03-05T19:10:00Z", fact: "opened", team },
    { at: "2026-03-05T19:11:00Z", fact: "first-answer", user, team, seconds: 60 },
    { at: "2026-03-05T19:12:00Z", fact: "first-answer", user, team, seconds: 120 },
    { at: "2026-03-05T19:13:00Z", fact: "first-answer", user, team, seconds: 600 },
    { at: "2026-03-05T19:14:00Z", fact: "resolved", user, team, seconds: 100 },
    { at: "2026-03-05T19:20:00Z", fact: "rated", user, score: 5 },
    { at: "2026-03-05T19:21:00Z", fact: "rated", user, score: 2 },
    { at: "2026-03-06T05:00:00Z", fact: "opened" },
  ]);
  const { json } = await boss.call("GET", "/inbox-work/report?from=2026-03-04&to=2026-03-05");
  assert.deepEqual(
    json.days.map((line: { day: string; opened: number }) => [line.day, line.opened]),
    [
      ["2026-03-04", 1],
      ["2026-03-05", 2],
    ],
  );
  const { totals } = json;
  assert.deepEqual(
    [
      totals.opened,
      totals.first_answers,
      totals.first_answer_avg_s,
      totals.first_answer_median_s,
      totals.resolution_avg_s,
    ],
    [3, 3, 260, 120, 100],
  );
  assert.deepEqual([totals.ratings, totals.rating_avg], [2, 3.5]);
  assert.deepEqual(
    json.ratings.map(({ count }: { count: number }) => count),
    [0, 1, 0, 0, 1],
  );
  assert.deepEqual([json.hours[14].opened, json.hours[23].opened, json.hours[0].opened], [1, 1, 1]);
  const mine = json.agents.find((line: { user_id: string | null }) => line.user_id === user);
  assert.deepEqual([mine.name, mine.first_answers, mine.resolved], ["=Ana", 3, 1]);
  const ofTeam = await boss.call(
    "GET",
    `/inbox-work/report?from=2026-03-04&to=2026-03-05&team_id=${team}`,
  );
  assert.deepEqual([ofTeam.json.totals.opened, ofTeam.json.totals.first_answers], [1, 3]);
  const csv = await boss.call(
    "GET",
    "/inbox-work/report.csv?by=agent&from=2026-03-04&to=2026-03-05",
  );
  assert.match(csv.headers.get("content-type") ?? "", /^text\/csv/u);
  assert.match(csv.text, /Agente,Abiertas/u);
  assert.match(csv.text, /\r\n'=Ana,0,0,1,0,0,3,260,120,100,100,0,0,2,3.50\r\n/u);
  for (const wrong of [
    "from=2026-03-05&to=2026-03-04",
    "from=2020-01-01&to=2026-01-01",
    "from=2026-02-30&to=2026-03-01",
  ]) {
    assert.equal((await boss.call("GET", `/inbox-work/report?${wrong}`)).status, 400, wrong);
  }
});

test("ratings are listed newest first, page by page", async () => {
  const asked = "2026-04-01T10:00:00Z";
  for (let index = 0; index < 3; index += 1) {
    await query(
      `insert into ratings (account_id, id, conversation_id, channel_id, project_id, asked_at, score, answered_at, comment)
       values ($1, $2, $2, $3, $4, $5, $6, $5::timestamptz + interval '1 hour' * $7, 'bien')`,
      [
        account.accountId,
        randomUUID(),
        account.channelId,
        account.projectId,
        asked,
        index + 1,
        index,
      ],
    );
  }
  const path = "/inbox-work/ratings?from=2026-04-01&to=2026-04-01&limit=2";
  const first = (await boss.call("GET", path)).json;
  const second = (await boss.call("GET", `${path}&cursor=${first.next_cursor}`)).json;
  const scores = [...first.items, ...second.items].map(({ score }: { score: number }) => score);
  assert.deepEqual([scores, second.next_cursor], [[3, 2, 1], null]);
});

test("the search is asked by anybody who reads the inbox, and finds what is theirs", async () => {
  await query(
    "insert into contact_addresses values ($1, 'phone', '573009998877', $2, true, now())",
    [
      account.accountId,
      (await query("select id from contacts where account_id = $1 limit 1", [account.accountId]))
        .rows[0].id,
    ],
  );
  while (await indexAccount(server.database.pool, account.accountId));
  const { json } = await ana.call("GET", "/search?q=LÚZ");
  assert.ok(json.contacts.length > 0);
  assert.deepEqual([json.messages, json.next_cursor, json.building], [[], null, false]);
  assert.equal((await ana.call("GET", "/search?q=998877")).json.contacts[0].mobile, "573009998877");
  assert.equal((await ana.call("GET", "/search?q=")).status, 400);
});
