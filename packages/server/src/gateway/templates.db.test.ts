import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, beforeEach, describe, test } from "node:test";
import { createAccount } from "../accounts/accounts.ts";
import { createChannel } from "../accounts/channels.ts";
import { createProject } from "../accounts/projects.ts";
import { AppError } from "../platform/app-error.ts";
import { systemClock } from "../platform/clock.ts";
import { createIdMaker } from "../platform/ids.ts";
import { createSecretBox } from "../platform/secret-box.ts";
import { createUpstreamHttp } from "../platform/upstream-http.ts";
import { findProvider } from "../providers/registry.ts";
import type { ProjectRow } from "../storage/projects.ts";
import { listTemplates } from "../storage/templates.ts";
import { openTestDatabase, type TestDatabase } from "../testkit/database.ts";
import {
  type ImportedTemplate,
  importMetaTemplates,
  importTemplates,
  importTemplatesFromFile,
  probeChannel,
  type TemplateSource,
} from "./templates.ts";

const http = createUpstreamHttp({ connectionsMax: 2, connectTimeoutMs: 1000 });
let database: TestDatabase;
let upstream: Server;
let source: TemplateSource;
let project: ProjectRow;
let channel: Parameters<typeof probeChannel>[1];
let answer: { status: number; body: unknown };
let asked: string[] = [];

const metaTemplate = (name: string, more: object = {}) => ({
  id: `id-${name}`,
  name,
  language: "es_CO",
  category: "UTILITY",
  status: "APPROVED",
  components: [{ type: "BODY", text: "Hola {{1}}, su pedido {{2}} salió." }],
  ...more,
});

before(async () => {
  database = await openTestDatabase();
  upstream = createServer((request, response) => {
    asked.push(`${request.url} ${request.headers.authorization}`);
    response.writeHead(answer.status, { "content-type": "application/json" });
    response.end(JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => upstream.listen(0, "127.0.0.1", resolve));
  source = {
    pool: database.pool,
    clock: systemClock,
    ids: createIdMaker(),
    secretBox: createSecretBox([Buffer.alloc(32, 7)]),
    http,
    findProvider,
  };
});
after(async () => {
  await http.close();
  await new Promise((resolve) => upstream.close(resolve));
  await database.close();
});
beforeEach(async () => {
  const { accountId } = await createAccount(source, { name: "x" });
  const created = await createChannel(source, {
    accountId,
    officialNumber: "573005202020",
    numberId: source.ids.next(Date.now()),
    businessId: "waba-1",
    baseUrl: `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`,
    accessToken: "the-token",
    app: { appSecret: "shhh" },
  });
  channel = created.channel;
  project = await createProject(source, { accountId, name: "x", channelId: channel.id });
  asked = [];
});

const stored = async () =>
  (await listTemplates(database.pool, project, { before: null, limit: 100 })).reverse();

describe("importTemplates", () => {
  test("keeps numbers on the second import, and disables what is gone", async () => {
    answer = { status: 200, body: { data: [metaTemplate("uno"), metaTemplate("dos")] } };
    const first = await importTemplates(source, project);
    assert.deepEqual(first.inserted, ["uno", "dos"]);
    assert.match(asked[0] ?? "", /waba-1\/message_templates.* Bearer the-token$/);
    const before = await stored();
    assert.ok(before.every((row) => row.verifiedAt instanceof Date));
    assert.deepEqual(
      before.map((row) => [row.name, row.variables]),
      [
        ["uno", 2],
        ["dos", 2],
      ],
    );

    answer = { status: 200, body: { data: [metaTemplate("dos", { status: "PAUSED" })] } };
    const second = await importTemplates(source, project);
    assert.deepEqual([second.updated, second.disabled], [["dos"], ["uno"]]);
    const later = await stored();
    assert.deepEqual(
      later.map((row) => [row.id, row.number]),
      before.map((row) => [row.id, row.number]),
    );
    assert.deepEqual(
      later.map((row) => row.status),
      ["disabled", "paused"],
    );

    answer = { status: 200, body: { data: [metaTemplate("tres")] } };
    await importTemplates(source, project);
    const numbers = (await stored()).map((row) => row.number);
    assert.equal(numbers[2], (numbers[1] ?? 0) + 1, "an import of what is known used up numbers");
  });

  test("names what cannot be sent, and stores the rest", async () => {
    const carousel = metaTemplate("carrusel", { components: [{ type: "CAROUSEL", cards: [] }] });
    answer = { status: 200, body: { data: [carousel, metaTemplate("uno")] } };
    const report = await importTemplates(source, project);
    assert.deepEqual(
      report.skipped.map((item) => item.name),
      ["carrusel"],
    );
    assert.deepEqual(report.inserted, ["uno"]);
  });

  test("changes nothing when the provider refuses, and says why without the token", async () => {
    answer = { status: 200, body: { data: [metaTemplate("uno")] } };
    await importTemplates(source, project);
    answer = { status: 401, body: { error: { code: 190, message: "bad token the-token" } } };
    await assert.rejects(importTemplates(source, project), (error) => {
      assert.ok(error instanceof AppError);
      assert.equal(error.code, "upstream_refused");
      assert.equal(error.message.includes("the-token"), false);
      return true;
    });
    assert.deepEqual(
      (await stored()).map((row) => row.status),
      ["approved"],
    );
    assert.notEqual(await probeChannel(source, channel), null);
  });

  test("refuses a project without a number", async () => {
    await assert.rejects(
      importTemplates(source, { ...project, channelId: null }),
      (error) => error instanceof AppError && error.code === "conflict",
    );
  });

  test("by two processes at once stores each template once", async () => {
    answer = { status: 200, body: { data: [metaTemplate("uno"), metaTemplate("dos")] } };
    await Promise.all([importTemplates(source, project), importTemplates(source, project)]);
    assert.equal((await stored()).length, 2);
  });
});

describe("importTemplatesFromFile", () => {
  const template: ImportedTemplate = {
    name: "archivo",
    language: "es",
    category: "marketing",
    status: "approved",
    definition: {
      header: { format: "document", text: null },
      body: "Hola {{1}}",
      footer: null,
      buttons: [{ kind: "url", text: "Ver", target: "https://x.example/{{1}}" }],
      parameterFormat: "positional",
    },
    providerTemplateId: null,
    rejectedReason: null,
  };

  test("counts variables and leaves the project's other templates alone", async () => {
    answer = { status: 200, body: { data: [metaTemplate("uno")] } };
    await importTemplates(source, project);
    await importTemplatesFromFile(source, project, [template]);
    await importMetaTemplates(source, project, [metaTemplate("dos"), null]);
    const rows = await stored();
    assert.deepEqual(
      rows.map((row) => [row.name, row.status, row.variables, row.header]),
      [
        ["uno", "approved", 2, null],
        ["archivo", "approved", 2, "document"],
        ["dos", "approved", 2, null],
      ],
    );
  });

  test("stores all or none: one name that Meta would not take refuses the file", async () => {
    await assert.rejects(
      importTemplatesFromFile(source, project, [template, { ...template, name: "Con Blancos" }]),
      (error) => error instanceof AppError && /templates\.1\.name/.test(error.message),
    );
    assert.deepEqual(await stored(), []);
  });
});
