import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { V1Operation } from "@recado/contract/v1/operation";
import { V1_OPERATIONS } from "@recado/contract/v1/operations";
import { createToken } from "../../accounts/tokens.ts";
import { noteInbound } from "../../contacts/note-inbound.ts";
import { withTransaction } from "../../storage/connect.ts";
import { type BuiltAccount, buildAccount } from "../../testkit/build-account.ts";
import {
  startV1Server,
  type V1Given,
  type V1Reply,
  type V1Server,
} from "../../testkit/v1-server.ts";

const NOBODY = "019abcde-0000-7000-8000-000000000000";
/** Templates are named by their numbers. */
const NO_TEMPLATE = "2147483647";
const nobodyOf = ({ tag }: V1Operation) => (tag === "templates" ? NO_TEMPLATE : NOBODY);
const operations: V1Operation[] = Object.values(V1_OPERATIONS);

/** Right bodies, so that only what is tested can be wrong. */
const BODIES: Record<string, unknown> = {
  sendMessage: { mobile: "573001234567", text: "x" },
  sendBatch: { messages: [{ mobile: "573001234567", text: "x" }] },
  dryRun: { mobile: "573001234567", text: "x" },
  uploadMedia: "a text file",
  createWebhookEndpoint: { url: "https://x.example/" },
  changeWebhookEndpoint: { events: null },
  setCampaign: { messages_max: 10 },
  createBalanceAlert: { threshold: "1000" },
  addOptOuts: { mobiles: ["573001234567"] },
  importOptOuts: "573001234567",
  setOptOutRules: { out_words: ["BASTA"] },
  createTemplate: { name: "x", language: "es", category: "utility", body: "Hola" },
  lintTemplate: { name: "x", language: "es", category: "utility", body: "Hola" },
  syncTemplates: {},
  changeTemplate: { body: "Hola" },
  submitTemplate: {},
  previewTemplate: {},
  decideTemplateCategory: { decision: "accept" },
  replayWebhooks: { since: "2026-01-01T00:00:00Z" },
  createContact: { mobiles: ["573001112233"] },
  changeContact: { name: "Ana" },
  mergeContacts: { contact_id: NOBODY },
  changeConversation: { state: "open" },
  markConversationRead: {},
  erasePerson: { mobile: "573001119999" },
};
const QUERIES: Record<string, string> = {
  exportLedger: "?since=2026-01-01T00:00:00Z",
  exportPerson: "?mobile=573001119999",
};

let server: V1Server;
let owner: BuiltAccount & { api: string };

before(async () => {
  server = await startV1Server();
  const account = await buildAccount(server.database.pool);
  owner = { ...account, api: await server.token({ accountId: account.accountId }) };
});
after(() => server.close());

function call(operation: V1Operation, id: string, given: V1Given): Promise<V1Reply> {
  const path =
    operation.path.replace(":id", id).replace(":month", "2026-11") + (QUERIES[operation.id] ?? "");
  return server.call(operation.method, path, { body: BODIES[operation.id], ...given });
}

function assertProblem(answer: V1Reply, status: number, code: string): void {
  assert.equal(answer.status, status, answer.text);
  assert.equal(answer.json.code, code);
  assert.match(answer.headers.get("content-type") ?? "", /^application\/problem\+json/u);
}

describe("every call of /v1", () => {
  test("refuses whoever has no token, one of another kind, one that has ended, or one without the scope", async () => {
    const { accountId } = owner;
    const admin = await createToken(server.deps, { kind: "admin", accountId: null });
    const expiresAt = new Date(server.deps.clock.now() + 60_000);
    const old = await server.token({ accountId, expiresAt });
    server.pass(61_000);
    for (const operation of operations) {
      for (const token of [null, "wrong", owner.token, old, `${owner.api}x`]) {
        // The clock is moved on, or the same wrong token would have to wait by now.
        server.pass(61_000);
        assertProblem(await call(operation, NOBODY, { token }), 401, "unauthenticated");
      }
      assertProblem(await call(operation, NOBODY, { token: admin.token }), 403, "forbidden");
      const scopes = server.scopes.filter((scope) => scope !== operation.scope);
      const other = await server.token({ accountId, scopes });
      assertProblem(await call(operation, NOBODY, { token: other }), 403, "forbidden");
    }
  });

  test("answers another account's id, and another project's, as it answers nobody's", async () => {
    const { accountId } = owner;
    const ids = await makeThings();
    const stranger = await buildAccount(server.database.pool);
    const foreign = await server.token({ accountId: stranger.accountId });
    const { rows } = await server.database.pool.query<{ id: string }>(
      `insert into projects (account_id, id, kind, name, created_at)
       values ($1, gen_random_uuid(), 'designer', 'other', now()) returning id`,
      [accountId],
    );
    const confined = await server.token({ accountId, projectId: rows[0]?.id });
    for (const operation of operations.filter(({ path }) => path.includes(":id"))) {
      const id = ids[operation.tag] ?? "";
      const deliveryOnly = operation.path.startsWith("/webhook-deliveries");
      const own = deliveryOnly ? (ids.delivery ?? "") : id;
      const nobody = await call(operation, nobodyOf(operation), { token: owner.api });
      assertProblem(nobody, 404, "not_found");
      for (const token of [foreign, confined]) {
        assert.equal((await call(operation, own, { token })).text, nobody.text, operation.id);
      }
      const shapeless = operation.tag === "templates" ? "1.5" : "1";
      for (const wrong of [shapeless, "%00", NOBODY.toUpperCase(), "'or'1", "..%2f"]) {
        assertProblem(await call(operation, wrong, { token: owner.api }), 400, "invalid_request");
      }
    }
    // The ids were right all along: their owner gets an answer by each.
    for (const operation of operations.filter(
      ({ path, method }) => path.includes(":id") && method === "GET",
    )) {
      const deliveryOnly = operation.path.startsWith("/webhook-deliveries");
      const own = deliveryOnly ? (ids.delivery ?? "") : (ids[operation.tag] ?? "");
      assert.equal((await call(operation, own, { token: owner.api })).status, 200, operation.id);
    }
  });

  test("that lists never shows another account's or project's rows", async () => {
    const stranger = await buildAccount(server.database.pool);
    const foreign = await server.token({ accountId: stranger.accountId });
    await makeThings();
    for (const path of ["/messages", "/webhook-endpoints", "/conversations"]) {
      const mine = await server.call("GET", path, { token: owner.api });
      assert.ok(mine.json.items.length > 0, path);
      assert.deepEqual((await server.call("GET", path, { token: foreign })).json.items, []);
      const named = await server.call("GET", `${path}?project_id=${owner.projectId}`, {
        token: foreign,
      });
      assertProblem(named, 404, "not_found");
    }
    assert.ok((await server.call("GET", "/contacts", { token: owner.api })).json.items.length > 0);
    assert.deepEqual((await server.call("GET", "/contacts", { token: foreign })).json.items, []);
    const { projectId, accountId } = stranger;
    const confined = await server.token({ accountId, projectId });
    for (const path of [
      "/ledger",
      "/ledger.csv?since=2026-01-01T00:00:00Z",
      "/statements",
      "/statements/2026-11",
      "/statements/2026-11/csv",
      "/persons/export?mobile=573001112233",
    ]) {
      assertProblem(await server.call("GET", path, { token: confined }), 403, "forbidden");
    }
  });

  test("that lists refuses pages too large or none, and cursors that it did not give", async () => {
    const lists = operations.filter(({ query }) => query && "cursor" in query.shape);
    assert.ok(lists.length >= 4);
    const things = await makeThings();
    for (const { path, tag } of lists) {
      const address = path.replace(":id", things[tag] ?? "");
      const get = (query: string) =>
        server.call("GET", `${address}?${query}`, { token: owner.api });
      for (const query of ["limit=501", "limit=0", "limit=-1", "limit=x", "page=2"]) {
        assertProblem(await get(query), 400, "invalid_request");
      }
      const forged = Buffer.from('["\'; drop"]').toString("base64url");
      const date = Buffer.from(`["9999-99-99 99:99:99+00","${NOBODY}","charge"]`);
      for (const cursor of ["x", "%00", forged, "W10", date.toString("base64url")]) {
        const answer = await get(`cursor=${cursor}`);
        assertProblem(answer, 400, "invalid_request");
        assert.equal(answer.json.errors[0].path, "cursor");
      }
    }
  });

  test("refuses bodies that cannot be read, are too large, or hold what is not documented", async () => {
    const { endpoint = "" } = await makeThings();
    for (const operation of operations.filter(({ body }) => body)) {
      const cases: [string, Record<string, string>, number][] = [
        ["{", {}, 400],
        ["[]", {}, 400],
        ['{"__proto__":{"x":1}}', {}, 400],
        [JSON.stringify({ ...(BODIES[operation.id] as object), surprise: 1 }), {}, 400],
        ["x=1", { "content-type": "application/x-www-form-urlencoded" }, 415],
        ["\0".repeat(9 * 1024 * 1024), {}, 413],
      ];
      for (const [body, headers, status] of cases) {
        const id = operation.tag === "templates" ? NO_TEMPLATE : endpoint;
        const answer = await call(operation, id, { token: owner.api, body, headers });
        assert.equal(answer.status, status, `${operation.id}: ${answer.text}`);
      }
    }
  });
});

test("a wrong token costs itself its next minute after twenty tries, and nobody else", async () => {
  server.pass(61_000);
  const read = (token: string) => server.call("GET", "/wallet", { token });
  for (let failure = 0; failure < 20; failure += 1) {
    assert.equal((await read("wrong")).status, 401);
  }
  const slowed = await read("wrong");
  assertProblem(slowed, 429, "too_many_requests");
  assert.ok(Number(slowed.headers.get("retry-after")) > 0);
  assert.equal((await read(owner.api)).status, 200);
});

test("the description of /v1 needs no token", async () => {
  const { json, status } = await server.call("GET", "/openapi.json", { token: null });
  assert.deepEqual([status, json.openapi], [200, "3.1.0"]);
});

let made: Promise<Record<string, string>> | undefined;

/** One thing of each kind, by the tag of the calls that name it. */
function makeThings(): Promise<Record<string, string>> {
  made ??= makeOnce();
  return made;
}

async function makeOnce(): Promise<Record<string, string>> {
  const token = owner.api;
  const body = { mobile: "573009999999", text: "things" };
  const message = await server.call("POST", "/messages", { token, body });
  const endpoint = await server.call("POST", "/webhook-endpoints", {
    token,
    body: { url: "https://things.example/" },
  });
  // Uploaded by a token of the project: one of another project must not see it.
  const { accountId, projectId } = owner;
  const uploader = await server.token({ accountId, projectId });
  const media = await server.call("POST", "/media", { token: uploader, body: "a text file" });
  const nowMs = server.deps.clock.now();
  const delivery = server.deps.ids.next(nowMs);
  const endpointId: string = endpoint.json.endpoint.id;
  await server.database.pool.query(
    `insert into deliveries (account_id, id, endpoint_id, seq, kind, order_key, message_id, body,
       state, created_at)
     values ($1, $2, $3, 1, 'sent', 'x', $4, '{}', 'delivered', now())`,
    [accountId, delivery, endpointId, message.json.id],
  );
  const alert = await server.call("POST", "/balance-alerts", { token, body: { threshold: "1" } });
  const [messages, webhooks] = [message.json.id, endpointId];
  const { contacts, conversations } = await writeAsPerson(nowMs);
  const who = { mobile: "573001118888" };
  const erasure = await server.call("POST", "/persons/erase", { token, body: who });
  return {
    ...{ messages, webhooks, endpoint: endpointId, media: media.json.id, delivery },
    templates: String(owner.templates.three),
    ...{ contacts, conversations, erasures: erasure.json.id },
    "balance-alerts": alert.json.id,
  };
}

/** Somebody writes to the owner's number: a contact and a conversation. */
async function writeAsPerson(nowMs: number): Promise<{ contacts: string; conversations: string }> {
  const { accountId, projectId, channelId, numberId } = owner;
  const item = {
    ...{ kind: "message" as const, numberId, providerMessageId: "wamid.x", userId: null },
    ...{ from: "573001117777", profileName: "Ana", at: new Date(nowMs), type: "text" },
    ...{ text: "hola", media: null, replyTo: null },
  };
  const messageId = server.deps.ids.next(nowMs);
  const notes = await withTransaction(server.database.pool, (sql) =>
    noteInbound(sql, server.deps.ids, { accountId, channelId, projectId, messageId, item, nowMs }),
  );
  return { contacts: notes?.contactId ?? "", conversations: notes?.conversationId ?? "" };
}
