import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, beforeEach, test } from "node:test";
import { createAccount } from "../accounts/accounts.ts";
import { createChannel } from "../accounts/channels.ts";
import { createProject } from "../accounts/projects.ts";
import { systemClock } from "../platform/clock.ts";
import { createIdMaker } from "../platform/ids.ts";
import { createSecretBox } from "../platform/secret-box.ts";
import { createUpstreamHttp } from "../platform/upstream-http.ts";
import { findProvider } from "../providers/registry.ts";
import type { BlobStore } from "../storage/blob-store.ts";
import { withTransaction } from "../storage/connect.ts";
import type { ProjectRow } from "../storage/projects.ts";
import { listTemplates, type TemplateRow } from "../storage/templates.ts";
import { openTestDatabase, type TestDatabase } from "../testkit/database.ts";
import { deleteTemplate } from "./delete-template.ts";
import { receiveTemplates } from "./receive-templates.ts";
import { type SubmissionDeps, submitTemplate } from "./submit-template.ts";
import { createDraft, editDraft } from "./template-drafts.ts";
import { importTemplates } from "./templates.ts";

/* WhatsApp's list is read, and something is done here before it is stored: what was done here stands. */

const http = createUpstreamHttp({ connectionsMax: 4, connectTimeoutMs: 1000 });
let database: TestDatabase;
let upstream: Server;
let source: SubmissionDeps;
let project: ProjectRow;
/** What WhatsApp has. */
let there: ReturnType<typeof made>[] = [];
/** Lists are answered as they were when asked for, but only after this. */
let release = Promise.resolve();
/** Told that a list was asked for. */
let asked = () => {};

const BODY = "Hola {{1}}, su pedido salió y llega hoy en la tarde.";

const made = (id: string, more: { status?: string; text?: string } = {}) => ({
  ...{ id, name: "pedido", language: "es_CO", category: "UTILITY" },
  status: more.status ?? "APPROVED",
  components: [{ type: "BODY", text: more.text ?? BODY, example: { body_text: [["Ana"]] } }],
});

const draft = (body: string) => ({
  category: "utility" as const,
  definition: {
    ...{ header: null, body, footer: null, buttons: [] },
    parameterFormat: "positional" as const,
  },
  ...{ examples: ["Ana"], sampleMediaId: null },
});

before(async () => {
  database = await openTestDatabase();
  upstream = createServer((request, response) => {
    const answer = (body: unknown) => response.end(JSON.stringify(body));
    response.setHeader("content-type", "application/json");
    request.resume();
    if (request.method === "DELETE") {
      there = [];
      return answer({ success: true });
    }
    if (request.method === "POST") {
      const isNew = request.url?.includes("message_templates") ?? false;
      if (isNew) there = [made("new", { status: "PENDING" })];
      return answer(
        isNew ? { id: "new", status: "PENDING", category: "UTILITY" } : { success: true },
      );
    }
    const data = there;
    asked();
    void release.then(() => answer({ data }));
  });
  await new Promise<void>((resolve) => upstream.listen(0, "127.0.0.1", resolve));
  source = {
    ...{ pool: database.pool, clock: systemClock, ids: createIdMaker(), http, findProvider },
    secretBox: createSecretBox([Buffer.alloc(32, 7)]),
    // No header here has a file.
    media: { store: {} as BlobStore },
  };
});
after(async () => {
  await http.close();
  await new Promise((resolve) => upstream.close(resolve));
  await database.close();
});
beforeEach(async () => {
  const { accountId } = await createAccount(source, { name: "x" });
  const { channel } = await createChannel(source, {
    ...{ accountId, officialNumber: "573005202020", numberId: source.ids.next(Date.now()) },
    ...{ businessId: "waba-1", accessToken: "the-token", app: { appSecret: "shhh" } },
    baseUrl: `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`,
  });
  project = await createProject(source, { accountId, name: "x", channelId: channel.id });
  there = [made("old")];
  await importTemplates(source, project);
});

/** Has WhatsApp's list read, does this, and only then lets the answer in. */
async function whileReading(deed: () => Promise<unknown>): Promise<void> {
  const gate = Promise.withResolvers<void>();
  const wasAsked = Promise.withResolvers<void>();
  release = gate.promise;
  asked = wasAsked.resolve;
  const reading = importTemplates(source, project);
  await wasAsked.promise;
  await deed();
  gate.resolve();
  await reading;
}

const stored = () => listTemplates(database.pool, project, { before: null, limit: 10 });
const only = async (): Promise<TemplateRow> => {
  const [row, ...others] = await stored();
  assert.ok(row);
  assert.deepEqual(others, []);
  return row;
};
const remove = async () => deleteTemplate(source, await only(), { allLanguages: false });

test("a list from before a deletion does not bring the template back", async () => {
  await whileReading(remove);
  assert.deepEqual(await stored(), []);
  await importTemplates(source, project);
  assert.deepEqual(await stored(), []);
});

test("what was written anew under its name stays a draft, without the deleted one's id", async () => {
  there = [made("old", { status: "REJECTED" })];
  await importTemplates(source, project);
  await whileReading(async () => {
    await remove();
    await createDraft(source, project, { name: "pedido", language: "es_CO", ...draft(BODY) });
  });
  const { status, providerTemplateId } = await only();
  assert.deepEqual([status, providerTemplateId], ["draft", null]);
});

test("what was submitted anew keeps its new id and waits for its own review", async () => {
  there = [made("old", { status: "REJECTED" })];
  await importTemplates(source, project);
  await whileReading(async () => {
    await remove();
    const row = await createDraft(source, project, {
      ...{ name: "pedido", language: "es_CO" },
      ...draft(BODY),
    });
    await submitTemplate(source, row, { force: true });
  });
  const { status, providerTemplateId } = await only();
  assert.deepEqual([status, providerTemplateId], ["pending", "new"]);
});

test("an edit that was submitted meanwhile is not undone by the list from before it", async () => {
  const edited = "Hola {{1}}, su pedido salió y llega mañana en la tarde.";
  await whileReading(async () => {
    const row = await editDraft(source, await only(), draft(edited));
    await submitTemplate(source, row, { force: true });
  });
  const { status, definition } = await only();
  assert.deepEqual([status, definition.body], ["pending", edited]);
});

test("one that WhatsApp still lists a moment after its deletion stays away; a new one of its name comes in under the same number", async () => {
  const { number } = await only();
  await remove();
  there = [made("old")];
  await importTemplates(source, project);
  assert.deepEqual(await stored(), []);
  there = [made("made-at-whatsapp")];
  await importTemplates(source, project);
  const row = await only();
  assert.deepEqual([row.number, row.providerTemplateId], [number, "made-at-whatsapp"]);
});

test("the news that a deleted template is gone does not touch what was written anew under its name", async () => {
  there = [made("old", { status: "REJECTED" })];
  await importTemplates(source, project);
  await remove();
  await createDraft(source, project, { name: "pedido", language: "es_CO", ...draft(BODY) });
  const item = {
    ...{ kind: "template" as const, businessId: "waba-1", at: new Date() },
    ...{ providerTemplateId: "old", name: "pedido", language: "es_CO" },
    ...{ status: "disabled" as const, category: null, quality: null, reason: null },
  };
  const { accountId } = project;
  await withTransaction(database.pool, async (sql) => {
    const templates = [{ accountId, item }];
    await receiveTemplates(sql, source, { templates, nowMs: Date.now() });
  });
  const { status, providerTemplateId } = await only();
  assert.deepEqual([status, providerTemplateId], ["draft", null]);
});
