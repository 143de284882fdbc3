import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, beforeEach, describe, test } from "node:test";
import { noteInbound } from "../../contacts/note-inbound.ts";
import { withTransaction } from "../../storage/connect.ts";
import { insertInbound } from "../../storage/inbound.ts";
import { type BuiltAccount, buildAccount } from "../../testkit/build-account.ts";
import { startV1Server, type V1Reply, type V1Server } from "../../testkit/v1-server.ts";

let server: V1Server;
let account: BuiltAccount;
let token: string;

before(async () => {
  server = await startV1Server();
});
beforeEach(async () => {
  account = await buildAccount(server.database.pool);
  token = await server.token({ accountId: account.accountId });
});
after(() => server.close());

const get = (path: string, as = token) => server.call("GET", path, { token: as });
const post = (path: string, body?: unknown, as = token) =>
  server.call("POST", path, { token: as, body });
const patch = (path: string, body: unknown, as = token) =>
  server.call("PATCH", path, { token: as, body });

function assertProblem(answer: V1Reply, status: number, code: string): void {
  assert.deepEqual([answer.status, answer.json?.code], [status, code], answer.text);
}

/** Somebody writes; answers the message's id. */
async function write(from: string, body: string, of: { projectId?: string } = {}): Promise<string> {
  const { accountId, channelId, numberId } = account;
  const projectId = of.projectId ?? account.projectId;
  const nowMs = server.deps.clock.now();
  const id = server.deps.ids.next(nowMs);
  const at = new Date(nowMs);
  await withTransaction(server.database.pool, async (sql) => {
    await insertInbound(sql, {
      ...{ accountId, id, projectId, channelId, mobile: from, kind: "text", body, media: null },
      ...{ replyTo: null, customField: "", providerMessageId: id, receivedAt: at, fetchAt: null },
      ...{ content: null, userId: null, place: id },
    });
    const item = {
      ...{ kind: "message" as const, numberId, providerMessageId: id, from, userId: null, at },
      ...{ profileName: "José Ñáñez", type: "text", text: body, media: null, replyTo: null },
    };
    const place = { accountId, channelId, projectId, messageId: id };
    await noteInbound(sql, server.deps.ids, { ...place, item, nowMs });
  });
  return id;
}

const items = (answer: V1Reply) => answer.json.items as { id: string }[];

describe("contacts", () => {
  test("are made, found by number and by name without accents, changed, and listed page by page", async () => {
    const made = await post("/contacts", {
      mobiles: ["573001000001", "5215512345678"],
      name: "María Peña",
      language: "es_CO",
      custom_fields: { cedula: "1020", vip: true, deuda: 12.5 },
      labels: ["mora", "mora"],
    });
    assert.equal(made.status, 201, made.text);
    assert.deepEqual([made.json.labels, made.json.mobile], [["mora"], "573001000001"]);
    await write("573001000002", "hola");
    const found = async (query: string) => items(await get(`/contacts?${query}`)).length;
    for (const query of [
      "search=pena",
      "search=MARIA%20pe",
      "mobile=5215512345678",
      "label=mora",
    ]) {
      assert.deepEqual(items(await get(`/contacts?${query}`)), [made.json], query);
    }
    assert.deepEqual([await found("search=jose%20nanez"), await found("search=1000002")], [1, 1]);
    assert.deepEqual([await found("search=%25"), await found("search=zzz")], [0, 0]);
    assert.equal(await found("search=%2B57%20300%20100%20000"), 2);
    const change = {
      name: null,
      custom_fields: { vip: null, nuevo: "x" },
      mobiles: ["573001000001"],
    };
    const changed = await patch(`/contacts/${made.json.id}`, change);
    assert.deepEqual(changed.json.custom_fields, { cedula: "1020", deuda: 12.5, nuevo: "x" });
    assert.deepEqual([changed.json.name, changed.json.addresses.length], [null, 1]);
    assert.equal(await found("mobile=5215512345678"), 0);
    const first = await get("/contacts?limit=1");
    const second = await get(`/contacts?limit=1&cursor=${first.json.next_cursor}`);
    assert.equal(second.json.next_cursor, null);
    assert.deepEqual(items(second), [changed.json]);
  });

  test("refuse a number that is another's, none at all, and what is not documented", async () => {
    const one = await post("/contacts", { mobiles: ["573001000001"] });
    const taken = await post("/contacts", { mobiles: ["573001000009", "573001000001"] });
    assertProblem(taken, 409, "conflict");
    assert.equal(taken.json.errors[0].path, "mobiles");
    assert.deepEqual(items(await get("/contacts?mobile=573001000009")), []);
    assertProblem(await patch(`/contacts/${one.json.id}`, { mobiles: [] }), 400, "invalid_request");
    const many = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`k${index}`, "v"]));
    for (const body of [
      { mobiles: [] },
      { mobiles: ["+573001000001"] },
      { mobiles: ["057300"] },
      { mobiles: Array.from({ length: 11 }, (_, index) => `57300100000${index}`) },
      { mobiles: ["573001000003"], name: "a\u0000b" },
      { mobiles: ["573001000003"], name: JSON.parse('"\\ud83d"') },
      { mobiles: ["573001000003"], custom_fields: many },
      { mobiles: ["573001000003"], custom_fields: { a: { b: 1 } } },
      { mobiles: ["573001000003"], custom_fields: { a: "x".repeat(1_001) } },
      { mobiles: ["573001000003"], labels: Array(21).fill("x") },
      { mobiles: ["573001000003"], language: "español" },
    ]) {
      assertProblem(await post("/contacts", body), 400, "invalid_request");
    }
    assertProblem(await get("/contacts?search=%00"), 400, "invalid_request");
  });

  test("fifty requests at once for one number make one", async () => {
    const body = { mobiles: ["573001000001", "573001000002"] };
    const turned = { mobiles: [...body.mobiles].reverse() };
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) => post("/contacts", index % 2 ? body : turned)),
    );
    const statuses = answers.map(({ status }) => status).sort();
    assert.deepEqual(statuses, [201, ...Array(49).fill(409)]);
  });

  test("are made one and taken apart again, with what each had", async () => {
    await write("573001000001", "uno");
    await write("573001000002", "dos");
    const [second, first] = items(await get("/contacts"));
    const [a, b] = [first?.id ?? "", second?.id ?? ""];
    await patch(`/contacts/${b}`, { name: "Beto", labels: ["mora"], custom_fields: { x: 1 } });
    const merged = await post(`/contacts/${a}/merge`, { contact_id: b });
    assert.deepEqual([merged.json.name, merged.json.labels], ["Beto", ["mora"]]);
    assert.equal(merged.json.addresses.length, 2);
    assert.equal((await get(`/contacts/${b}`)).json.merged_into, a);
    assert.equal(items(await get("/contacts")).length, 1);
    const open = await get("/conversations?state=open");
    assert.equal(open.json.items.length, 1);
    assert.equal(open.json.items[0].unread, 2);
    const thread = await get(`/conversations/${open.json.items[0].id}/messages`);
    assert.deepEqual(
      thread.json.items.map((message: { text: string }) => message.text),
      ["dos", "uno"],
    );
    for (const [id, other] of [
      [a, a],
      [a, b],
      [b, a],
    ]) {
      assertProblem(await post(`/contacts/${id}/merge`, { contact_id: other }), 409, "conflict");
    }
    assertProblem(await patch(`/contacts/${b}`, { name: "x" }), 409, "conflict");
    const apart = await post(`/contacts/${b}/unmerge`);
    assert.deepEqual(
      [apart.json.name, apart.json.merged_into, apart.json.addresses.length],
      ["Beto", null, 1],
    );
    const left = (await get(`/contacts/${a}`)).json;
    assert.deepEqual([left.name, left.labels, left.custom_fields], [null, [], {}]);
    assert.equal(items(await get("/conversations?state=open")).length, 2);
    assertProblem(await post(`/contacts/${b}/unmerge`), 409, "conflict");
  });
});

describe("conversations", () => {
  test("are listed by the newest word, with what was said last by either side", async () => {
    await write("573001000001", "primero");
    server.pass(1_000);
    await write("573001000002", "segundo");
    server.pass(1_000);
    await post("/messages", { mobile: "573001000001", text: "le respondo" });
    const { items: listed } = (await get("/conversations")).json;
    assert.deepEqual(
      listed.map((one: { last_message: { preview: string } }) => one.last_message.preview),
      ["segundo", "le respondo"],
    );
    assert.equal(listed[1].contact.profile_name, "José Ñáñez");
    const first = await get("/conversations?limit=1");
    const next = await get(`/conversations?limit=1&cursor=${first.json.next_cursor}`);
    assert.equal(next.json.items[0].id, listed[1].id);
    const { channelId, projectId } = account;
    for (const query of [
      "state=open",
      `channel_id=${channelId}`,
      `project_id=${projectId}`,
      "unread=true",
    ]) {
      assert.equal(items(await get(`/conversations?${query}`)).length, 2, query);
    }
    const ofOne = await get(`/conversations?contact_id=${listed[1].contact_id}`);
    assert.deepEqual(
      ofOne.json.items.map(({ id }: { id: string }) => id),
      [listed[1].id],
    );
    for (const query of ["state=resolved", "state=snoozed", "unread=false"]) {
      assert.equal(items(await get(`/conversations?${query}`)).length, 0, query);
    }
    assertProblem(await get(`/conversations?channel_id=${randomUUID()}`), 404, "not_found");
    assertProblem(await get(`/conversations?contact_id=${randomUUID()}`), 404, "not_found");
  });

  test("give their thread from either end, whole and without repeats, and what came after a message", async () => {
    const said: string[] = [];
    for (let turn = 0; turn < 7; turn += 1) {
      said.push(await write("573001000001", `n${turn}`));
      server.pass(1_000);
      const sent = await post("/messages", { mobile: "573001000001", text: `re ${turn}` });
      said.push(sent.json.id);
      server.pass(61_000);
    }
    const { id } = (await get("/conversations")).json.items[0];
    const readAll = async (order: string) => {
      const seen: string[] = [];
      let cursor: string | null = "";
      while (cursor !== null) {
        const page: V1Reply = await get(
          `/conversations/${id}/messages?limit=4&order=${order}${cursor && `&cursor=${cursor}`}`,
        );
        seen.push(...items(page).map((message) => message.id));
        cursor = page.json.next_cursor;
      }
      return seen;
    };
    assert.deepEqual(await readAll("oldest"), said);
    assert.deepEqual(await readAll("newest"), said.toReversed());
    const after = await get(`/conversations/${id}/messages?order=oldest&after=${said[10]}`);
    assert.deepEqual(
      items(after).map((message) => message.id),
      said.slice(11),
    );
    const before = await get(`/conversations/${id}/messages?before=${said[2]}`);
    assert.deepEqual(
      items(before).map((message) => message.id),
      [said[1], said[0]],
    );
  });

  test("are resolved, reopened, snoozed and read, by whoever has seen their latest version", async () => {
    await write("573001000001", "uno");
    server.pass(1_000);
    const second = await write("573001000001", "dos");
    server.pass(1_000);
    await write("573001000001", "tres");
    const { id, version } = (await get("/conversations")).json.items[0];
    const path = `/conversations/${id}`;
    assert.equal((await post(`${path}/read`, { message_id: second })).json.unread, 1);
    const nothing = await server.call("POST", `${path}/read`, { token });
    assert.deepEqual([nothing.status, nothing.json.unread], [200, 0], nothing.text);
    for (const type of ["application/json", "application/json; charset=utf-8"]) {
      const headers = { "content-type": type };
      const empty = await server.call("POST", `${path}/read`, { token, headers });
      assert.deepEqual([empty.status, empty.json.unread], [200, 0], empty.text);
    }
    assert.equal((await post(`${path}/read`, {})).json.unread, 0);
    assertProblem(await patch(path, { state: "resolved", version }), 409, "conflict");
    const resolved = (await patch(path, { state: "resolved" })).json;
    assert.deepEqual([resolved.state, resolved.resolved_at !== null], ["resolved", true]);
    assert.deepEqual((await patch(path, { state: "resolved" })).json, resolved);
    assert.deepEqual((await patch(path, { state: "open" })).json.resolved_at, null);
    const hour = new Date(server.deps.clock.now() + 3_600_000).toISOString();
    assert.equal(
      (await patch(path, { state: "snoozed", snoozed_until: hour })).json.snoozed_until,
      hour,
    );
    for (const body of [
      { state: "open", snoozed_until: hour },
      { state: "snoozed", snoozed_until: "2020-01-01T00:00:00Z" },
      { state: "snoozed", snoozed_until: "2999-01-01T00:00:00Z" },
      { state: "closed" },
      {},
    ]) {
      assertProblem(await patch(path, body), 400, "invalid_request");
    }
  });

  test("and contacts of one project are not another's, though they share a number", async () => {
    const { accountId } = account;
    const { rows } = await server.database.pool.query<{ id: string }>(
      `insert into projects (account_id, id, kind, name, channel_id, created_at)
       values ($1, gen_random_uuid(), 'designer', 'other', $2, now()) returning id`,
      [accountId, account.channelId],
    );
    const other = rows[0]?.id ?? "";
    await write("573001000001", "de uno");
    server.pass(1_000);
    await write("573001000001", "de otro", { projectId: other });
    const mine = await server.token({ accountId, projectId: account.projectId });
    const theirs = await server.token({ accountId, projectId: other });
    const [conversation] = (await get("/conversations", mine)).json.items;
    assert.equal(conversation.last_message.preview, "de uno");
    const thread = await get(`/conversations/${conversation.id}/messages`, mine);
    assert.equal(items(thread).length, 1);
    assert.deepEqual(items(await get("/conversations", theirs)), []);
    assert.deepEqual(items(await get("/contacts", theirs)), []);
    const path = `/contacts/${conversation.contact_id}`;
    assertProblem(await get(path, theirs), 404, "not_found");
    assertProblem(
      await post("/persons/erase", { contact_id: conversation.contact_id }, mine),
      403,
      "forbidden",
    );
    assertProblem(
      await post(`${path}/merge`, { contact_id: conversation.contact_id }, mine),
      403,
      "forbidden",
    );
    const made = await post("/contacts", { mobiles: ["573001000005"] }, theirs);
    assert.equal(items(await get("/contacts", theirs))[0]?.id, made.json.id);
    assertProblem(await get(`/contacts/${made.json.id}`, mine), 404, "not_found");
  });
});

describe("one person's data", () => {
  test("are given out whole as one document, for a contact and for somebody only written to", async () => {
    await write("573001000001", "mi dirección es otra");
    await post("/messages", { mobile: "573001000001", text: "gracias", custom_field: "ref-1" });
    const { contact_id } = (await get("/conversations")).json.items[0];
    for (const query of ["mobile=573001000001", `contact_id=${contact_id}`]) {
      const answer = await get(`/persons/export?${query}`);
      assert.equal(answer.status, 200, answer.text);
      const { contacts, conversations, messages, events, files, addresses } = answer.json;
      assert.deepEqual([addresses, files], [["573001000001"], []]);
      assert.equal(contacts[0].id, contact_id);
      assert.equal(conversations.length, 1);
      assert.deepEqual(messages.map((message: { text: string }) => message.text).sort(), [
        "gracias",
        "mi dirección es otra",
      ]);
      const kinds = events.map((event: { kind: string }) => event.kind);
      assert.ok(kinds.includes("accepted"), kinds.join());
    }
    await post("/messages", { mobile: "573001000007", text: "solo ida" });
    const alone = (await get("/persons/export?mobile=573001000007")).json;
    assert.deepEqual([alone.contacts, alone.messages.length], [[], 1]);
    const nobody = (await get("/persons/export?mobile=573009990000")).json;
    assert.deepEqual([nobody.contacts, nobody.messages], [[], []]);
  });

  test("are asked for by exactly one of number, id and contact", async () => {
    const id = randomUUID();
    for (const query of [
      "",
      "?mobile=573001000001&user_id=CO.1",
      "?mobile=x",
      `?contact_id=${id}x`,
    ]) {
      assertProblem(await get(`/persons/export${query}`), 400, "invalid_request");
    }
    assertProblem(await get(`/persons/export?contact_id=${id}`), 404, "not_found");
    assertProblem(await post("/persons/erase", {}), 400, "invalid_request");
    assertProblem(await post("/persons/erase", { contact_id: id }), 404, "not_found");
  });

  test("are gone from lists and contacts the moment that an erasure was asked for", async () => {
    await write("573001000001", "adiós");
    const { contact_id, id } = (await get("/conversations")).json.items[0];
    const asked = await post("/persons/erase", { mobile: "573001000001" });
    assert.deepEqual([asked.status, asked.json.state], [202, "running"]);
    assert.deepEqual(items(await get("/contacts")), []);
    const empty = (await get(`/contacts/${contact_id}`)).json;
    assert.deepEqual([empty.addresses, empty.profile_name, empty.mobile], [[], null, null]);
    assert.notEqual(empty.erased_at, null);
    const conversation = (await get(`/conversations/${id}`)).json;
    assert.deepEqual([conversation.state, conversation.last_message], ["resolved", null]);
    assert.equal((await get(`/erasures/${asked.json.id}`)).json.state, "running");
    const again = await post("/persons/erase", { contact_id });
    assert.equal(again.json.id, asked.json.id);
    assertProblem(await patch(`/contacts/${contact_id}`, { name: "x" }), 409, "conflict");
  });
});
