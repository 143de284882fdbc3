import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, beforeEach, test } from "node:test";
import { SAVED_VIEWS_MAX } from "@recado/contract/console/inbox-views";
import type { BuiltAccount } from "../../testkit/build-account.ts";
import type { Visitor } from "../../testkit/console-server.ts";
import { type InboxDesk, openInboxDesk } from "../../testkit/inbox-desk.ts";

let desk: InboxDesk;
let account: BuiltAccount;
let boss: Visitor;
let diego: Visitor;

before(async () => {
  desk = await openInboxDesk();
});
beforeEach(async () => {
  account = await desk.account();
  boss = await desk.enter(account, "supervisor", "Zoila");
  diego = await desk.enter(account, "agent", "Diego");
});
after(() => desk.close());

const keep = (who: Visitor, name: string, filter: object = { view: "open" }) =>
  who.call("POST", "/inbox/views", { body: { name, filter } });
const share = (who: Visitor, name: string, filter: object = { view: "open" }) =>
  who.call("POST", "/inbox/views", { body: { name, filter, shared: true } });

async function namesOf(who: Visitor): Promise<string[]> {
  const { json } = await who.call("GET", "/inbox/state");
  return json.views.map(({ name, owner_id }: { name: string; owner_id: string | null }) =>
    owner_id === null ? `${name} (all)` : name,
  );
}

test("a view is kept, renamed, put in order and deleted; everybody sees what is shared and nobody another's own", async () => {
  for (const name of ["Primera", "Segunda"]) {
    assert.equal((await share(boss, name, { view: "queue" })).status, 201);
  }
  const own = await keep(diego, "Mía", { view: "open", unread: "true" });
  assert.equal(own.status, 201, own.text);
  assert.deepEqual(own.json.filter, { view: "open", unread: "true" });
  assert.deepEqual(await namesOf(diego), ["Primera (all)", "Segunda (all)", "Mía"]);
  assert.deepEqual(await namesOf(boss), ["Primera (all)", "Segunda (all)"]);
  const { json } = await boss.call("GET", "/inbox/state");
  const ids = json.views.map(({ id }: { id: string }) => id).reverse();
  const ordered = await boss.call("PUT", "/inbox/views", { body: { shared: true, ids } });
  assert.equal(ordered.status, 200, ordered.text);
  assert.deepEqual(await namesOf(diego), ["Segunda (all)", "Primera (all)", "Mía"]);
  const path = `/inbox/views/${own.json.id}`;
  const renamed = await diego.call("PATCH", path, { body: { name: "Lo mío" } });
  assert.deepEqual(renamed.json.filter, own.json.filter, "what is absent stays");
  const moved = await diego.call("PATCH", path, { body: { filter: { view: "snoozed" } } });
  assert.deepEqual(
    [moved.json.name, moved.json.filter],
    ["Lo mío", { view: "snoozed" }],
    moved.text,
  );
  assert.equal((await diego.call("DELETE", path)).status, 204);
  assert.equal((await diego.call("DELETE", path)).status, 404);
  assert.deepEqual(await namesOf(diego), ["Segunda (all)", "Primera (all)"]);
});

test("everybody's need inbox.configure; another person's, another account's and what is not there are nobody's", async () => {
  assert.equal((await share(diego, "De todos", { view: "open" })).status, 403);
  const shared = await share(boss, "De todos", { view: "open" });
  const ofBoss = await keep(boss, "Del jefe");
  const other = await desk.account();
  const stranger = await desk.enter(other, "owner", "Ajena");
  const theirs = await share(stranger, "Ajena", { view: "open" });
  const tries: [Visitor, string, number][] = [
    [diego, shared.json.id, 403],
    [diego, ofBoss.json.id, 404],
    [diego, theirs.json.id, 404],
    [stranger, shared.json.id, 404],
    [stranger, ofBoss.json.id, 404],
    [boss, randomUUID(), 404],
  ];
  for (const [who, id, status] of tries) {
    const body = { name: "Robada" };
    assert.equal((await who.call("PATCH", `/inbox/views/${id}`, { body })).status, status);
    assert.equal((await who.call("DELETE", `/inbox/views/${id}`)).status, status);
  }
  const order = { shared: true, ids: [shared.json.id] };
  assert.equal((await diego.call("PUT", "/inbox/views", { body: order })).status, 403);
  for (const ids of [[], [theirs.json.id], [shared.json.id, shared.json.id]]) {
    const answer = await boss.call("PUT", "/inbox/views", { body: { shared: true, ids } });
    assert.equal(answer.status, 409, answer.text);
  }
  assert.deepEqual(await namesOf(boss), ["De todos (all)", "Del jefe"]);
  assert.deepEqual(await namesOf(stranger), ["Ajena (all)"]);
  const counts = (await diego.call("GET", "/inbox/view-counts")).json.counts;
  assert.deepEqual(Object.keys(counts), [shared.json.id]);
});

test("a filter that names another account's things, a name that is taken, empty or hostile, and one too many are refused", async () => {
  const other = await desk.account();
  const stranger = await desk.enter(other, "owner", "Ajena");
  const foreign = {
    assignee_id: stranger.userId,
    channel_id: other.channelId,
    project_id: other.projectId,
    team_id: randomUUID(),
    label_id: randomUUID(),
  };
  for (const [field, id] of Object.entries(foreign)) {
    const answer = await keep(diego, "Ajena", { view: "open", [field]: id });
    assert.equal(answer.status, 400, answer.text);
    assert.match(answer.text, new RegExp(`filter[.]${field}`, "u"));
  }
  assert.equal((await keep(diego, "Urgentes")).status, 201);
  assert.equal((await keep(diego, "URGENTES")).status, 409);
  assert.equal((await keep(boss, "Urgentes")).status, 201, "each has names of their own");
  for (const name of ["", " ", " x", "a\u0000b", "a\nb", "x".repeat(61)]) {
    assert.equal((await keep(diego, name)).status, 400, JSON.stringify(name));
  }
  for (const filter of [
    {},
    { view: "all" },
    { view: "open", q: "1" },
    { view: "open", unread: true },
  ]) {
    assert.equal((await keep(diego, "Mala", filter)).status, 400, JSON.stringify(filter));
  }
  const rest = Array.from({ length: SAVED_VIEWS_MAX + 3 }, (_, index) =>
    keep(diego, `Vista ${index}`),
  );
  const answers = (await Promise.all(rest)).map(({ status }) => status);
  assert.ok(answers.includes(409));
  const kept = (await namesOf(diego)).length;
  assert.ok(kept <= SAVED_VIEWS_MAX, `${kept} at once`);
});

test("views are counted as their lists are, and go with the team or label that they are of", async () => {
  const label = (await boss.call("POST", "/inbox/labels", { body: { name: "VIP", color: "red" } }))
    .json;
  const team = (
    await boss.call("POST", "/inbox/teams", { body: { name: "Ventas", member_ids: [] } })
  ).json;
  const ana = await desk.say(account, "573005550001", "hola");
  const beto = await desk.say(account, "573005550002", "hola");
  await desk.say(account, "573005550003", "hola");
  await desk.act(diego, `${ana}/take`);
  await diego.call("PUT", `/inbox/conversations/${ana}/labels`, {
    body: { label_ids: [label.id] },
  });
  await desk.act(boss, `${beto}/transfer`, { team_id: team.id });
  const filters: [string, Record<string, string>, number][] = [
    ["todas", { view: "open" }, 3],
    ["cola", { view: "queue" }, 2],
    ["mías", { view: "mine" }, 1],
    ["de Diego", { view: "open", assignee_id: diego.userId }, 1],
    ["vip", { view: "open", label_id: label.id }, 1],
    ["ventas", { view: "open", team_id: team.id }, 1],
    ["vip en cola", { view: "queue", label_id: label.id }, 0],
    ["sin leer", { view: "open", unread: "true" }, 3],
    ["número", { view: "open", channel_id: account.channelId, project_id: account.projectId }, 3],
    ["menciones", { view: "mentions" }, 0],
    ["resueltas", { view: "resolved" }, 0],
  ];
  for (const [name, filter, expected] of filters) {
    const { json, status, text } = await keep(diego, name, filter);
    assert.equal(status, 201, text);
    const query = new URLSearchParams(filter);
    const listed = await diego.call("GET", `/inbox/conversations?${query}`);
    assert.equal(listed.status, 200, `${name}: ${listed.text}`);
    const list = listed.json.items;
    const { counts } = (await diego.call("GET", "/inbox/view-counts")).json;
    assert.deepEqual([counts[json.id], list.length], [expected, expected], name);
  }
  assert.equal((await boss.call("DELETE", `/inbox/labels/${label.id}`)).status, 204);
  assert.equal((await boss.call("DELETE", `/inbox/teams/${team.id}`)).status, 204);
  const left = await namesOf(diego);
  assert.deepEqual(
    left.filter((name) => /vip|ventas/u.test(name)),
    [],
  );
  assert.equal(left.length, filters.length - 3);
});
