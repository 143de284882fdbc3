import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import type { Operator } from "../accounts/operator.ts";
import { createProject } from "../accounts/projects.ts";
import { createIdMaker } from "../platform/ids.ts";
import { createSecretBox } from "../platform/secret-box.ts";
import { findProject, type ProjectRow } from "../storage/projects.ts";
import { findTemplate, lockTemplates, type TemplateRow } from "../storage/templates.ts";
import { buildAccount } from "../testkit/build-account.ts";
import { openTestDatabase, type TestDatabase } from "../testkit/database.ts";
import { refuses } from "../testkit/refuses.ts";
import { makeDraft } from "../testkit/template-world.ts";
import { createDraft, editDraft, lintDraft, lintRow, reread } from "./template-drafts.ts";

const DAY_MS = 86_400_000;
const FORM = {
  header: { format: "text" as const, text: "Pedido {{1}}" },
  ...{ body: "Hola {{1}}, su pedido {{2}} salió.", footer: "Pie", buttons: [] },
  parameterFormat: "positional" as const,
};

let database: TestDatabase;
let operator: Operator;
let project: ProjectRow;
const time = { nowMs: 0 };

before(async () => {
  database = await openTestDatabase();
  operator = {
    ...{ pool: database.pool, clock: { now: () => time.nowMs }, ids: createIdMaker() },
    secretBox: createSecretBox([Buffer.alloc(32, 7)]),
  };
});
after(() => database.close());
beforeEach(async () => {
  time.nowMs = Date.UTC(2026, 10, 22, 15);
  project = await openProject();
});

/** The project of a new account. */
async function openProject(): Promise<ProjectRow> {
  const { accountId, projectId: id } = await buildAccount(database.pool);
  const found = await findProject(database.pool, { accountId, id });
  assert.ok(found);
  return found;
}

const create = (given: Parameters<typeof makeDraft>[0] = {}, of = project) =>
  createDraft(operator, of, makeDraft(given));

const stored = (row: TemplateRow) => findTemplate(database.pool, row);

async function version(): Promise<bigint> {
  const { rows } = await database.pool.query("select version from accounts where account_id = $1", [
    project.accountId,
  ]);
  return rows[0].version;
}

/** Writes columns of a template, as what others did left them. */
async function set(row: TemplateRow, columns: Record<string, unknown>): Promise<void> {
  const names = Object.keys(columns);
  const list = names.map((name, index) => `${name} = $${index + 3}`).join(", ");
  await database.pool.query(`update templates set ${list} where account_id = $1 and id = $2`, [
    row.accountId,
    row.id,
    ...Object.values(columns),
  ]);
}

describe("createDraft", () => {
  test("stores what was written, with what follows from it, and lets senders know", async () => {
    const before = await version();
    const row = await create({ definition: FORM, category: "marketing", examples: ["1", "Ana"] });
    assert.deepEqual(await stored(row), row);
    const { status, category, variables, header, definition, draft } = row;
    assert.deepEqual([status, category, variables, header], ["draft", "marketing", 3, "text"]);
    assert.deepEqual(definition, FORM);
    const written = { category, definition: FORM, examples: ["1", "Ana"], sampleMediaId: null };
    assert.deepEqual(draft, written);
    const { accountId, projectId, providerTemplateId, examples } = row;
    assert.deepEqual([accountId, projectId], [project.accountId, project.id]);
    assert.deepEqual([providerTemplateId, examples], [null, []]);
    assert.deepEqual([row.createdAt, row.updatedAt], [new Date(time.nowMs), new Date(time.nowMs)]);
    assert.ok((await version()) > before);
    const { category: plain, header: none, variables: one } = await create({ name: "otro" });
    assert.deepEqual([plain, none, one], ["utility", null, 1]);
  });

  test("refuses a name or a language that WhatsApp would not take, by its field", async () => {
    for (const name of ["Pedido", "", "a b", "ñ", "x".repeat(513)]) {
      const error = await refuses(
        create({ name }),
        "invalid_request",
        /^name: must be lower-case/u,
      );
      const message = "must be lower-case letters, digits and _, up to 512";
      assert.deepEqual(error.detail.errors, [{ path: "name", message }]);
    }
    for (const language of ["ES", "es-CO", "es_co", "", "es_COL"]) {
      const error = await refuses(create({ language }), "invalid_request", /^language: must be/u);
      const message = "must be a language such as es or es_CO";
      assert.deepEqual(error.detail.errors, [{ path: "language", message }]);
    }
    await create({ name: "x".repeat(512), language: "fil" });
  });

  test("refuses what the project has already, and nothing that only looks like it", async () => {
    const first = await create();
    const same = new RegExp(
      `^The project has pedido in es_CO already: id_template ${first.number}\\.$`,
      "u",
    );
    await refuses(create(), "conflict", same);
    await create({ language: "es" });
    await create({ name: "pedidos" });
    const { accountId } = project;
    const other = await createProject(operator, { accountId, name: "other" });
    await create({}, other);
    await create({}, await openProject());
    assert.deepEqual(await stored(first), first);
  });

  test("by two at once writes one", async () => {
    const both = await Promise.allSettled([create(), create()]);
    assert.deepEqual(both.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
    const failed = both.find((one) => one.status === "rejected");
    await refuses(Promise.reject(failed?.reason), "conflict", /already/u);
    const rows = await lockTemplates(database.pool, project);
    assert.equal(rows.filter(({ name }) => name === "pedido").length, 1);
  });

  test("takes the six-thousandth template of a project and no other, and counts no deleted one", async () => {
    const fill = (count: number, from: number, deletedAt: Date | null) =>
      database.pool.query(
        `insert into templates (account_id, id, project_id, name, language, category, status, definition, variables,
           created_at, updated_at, deleted_at)
         select $1, gen_random_uuid(), $2, 'n' || n, 'es', 'utility', 'approved', $3, 0, now(), now(), $6
         from generate_series($4::int, $5::int) n`,
        [project.accountId, project.id, FORM, from, from + count - 1, deletedAt],
      );
    const { length } = await lockTemplates(database.pool, project);
    await fill(5_999 - length, 1, null);
    await fill(10, 10_000, new Date(time.nowMs));
    const last = await create();
    const full = /^A project has at most 6000 templates\.$/u;
    await refuses(create({ name: "otro" }), "conflict", full);
    await refuses(create({ name: "n10003", language: "es" }), "conflict", full);
    await create({}, await openProject());
    await set(last, { deleted_at: new Date(time.nowMs) });
    await create({ name: "otro" });
  });

  test("waits until the name of a deleted template is free, to the millisecond", async () => {
    const gone = await create();
    const freeAt = new Date(time.nowMs + 30 * DAY_MS);
    await set(gone, { deleted_at: new Date(time.nowMs), name_free_at: freeAt });
    const blocked = new RegExp(
      `^WhatsApp takes no new template of a deleted name for 30 days: pedido is free from ${freeAt.toISOString()}\\.$`,
      "u",
    );
    await refuses(create(), "conflict", blocked);
    time.nowMs = freeAt.getTime() - 1;
    await refuses(create(), "conflict", blocked);
    time.nowMs += 1;
    assert.equal((await create()).number, gone.number);
  });

  test("begins a deleted template anew: of its past it keeps its number alone", async () => {
    const gone = await create({ definition: FORM });
    const past = new Date(time.nowMs - DAY_MS);
    const guard = { state: "waiting", before: "utility", now: "marketing", prices: [] };
    await set(gone, {
      ...{ status: "disabled", provider_template_id: "77", rejected_reason: "It was deleted." },
      ...{ draft: null, examples: ["a", "b"], sample_media_id: project.id, quality: "red", guard },
      ...{ status_at: past, category_at: past, quality_at: past, submitted_at: past },
      ...{ verified_at: past, deleted_at: past, name_free_at: past, created_at: past },
    });
    const row = await create({ examples: ["Luis"] });
    assert.deepEqual(await stored(row), row);
    const { id, number, createdAt } = gone;
    assert.deepEqual({ id, number }, { id: row.id, number: row.number });
    const fresh = await create({ name: "otro", examples: ["Luis"] });
    const alike = { id, number, name: "pedido", createdAt: past };
    assert.deepEqual({ ...fresh, ...alike }, row);
    assert.notDeepEqual(createdAt, past);
  });
});

describe("editDraft", () => {
  test("writes a draft's content, what follows from it, and nothing that was not said", async () => {
    const row = await create();
    const before = await version();
    time.nowMs += 5_000;
    const edited = await editDraft(operator, row, { definition: FORM });
    assert.deepEqual(edited.draft, { ...row.draft, definition: FORM });
    assert.deepEqual([edited.variables, edited.header, edited.category], [3, "text", "utility"]);
    assert.deepEqual(edited.definition, FORM);
    assert.deepEqual(await stored(row), { ...edited, updatedAt: new Date(time.nowMs) });
    assert.ok((await version()) > before, "a draft is in no list of what can be sent until then");
    const moved = await editDraft(operator, row, { category: "marketing", examples: ["b"] });
    assert.deepEqual(moved.draft, { ...edited.draft, category: "marketing", examples: ["b"] });
    assert.equal(moved.category, "marketing");
  });

  test("leaves what WhatsApp knows as it is until the edit is submitted", async () => {
    const row = await create();
    await set(row, {
      status: "approved",
      provider_template_id: "77",
      draft: null,
      examples: ["x"],
    });
    const known = await reread(database.pool, row);
    time.nowMs += 5_000;
    const edited = await editDraft(operator, row, { definition: FORM });
    const draft = { category: "utility", definition: FORM, examples: ["x"], sampleMediaId: null };
    assert.deepEqual(edited, { ...known, draft });
    assert.deepEqual(await stored(row), { ...edited, updatedAt: new Date(time.nowMs) });
    await refuses(editDraft(operator, row, { category: "marketing" }), "invalid_request", /stays/u);
    await set(row, { status: "pending" });
    await refuses(editDraft(operator, row, { definition: FORM }), "conflict", /reviewing/u);
    assert.deepEqual((await stored(row))?.draft, draft);
  });

  test("finds no template that is deleted, unknown or another account's", async () => {
    const row = await create();
    const none = /^There is no such template\.$/u;
    const other = await openProject();
    const strange = { accountId: other.accountId, id: row.id };
    await refuses(editDraft(operator, strange, { examples: [] }), "not_found", none);
    const unknown = { accountId: row.accountId, id: other.id };
    await refuses(editDraft(operator, unknown, { examples: [] }), "not_found", none);
    assert.deepEqual(await stored(row), row);
    await set(row, { deleted_at: new Date(time.nowMs) });
    await refuses(editDraft(operator, row, { examples: [] }), "not_found", none);
  });

  test("does not touch what is being submitted, until that has died with its process", async () => {
    const row = await create();
    await set(row, { submitted_at: new Date(time.nowMs + 1) });
    const edit = () => editDraft(operator, row, { examples: ["Luis"] });
    await refuses(edit(), "conflict", /being submitted/u);
    assert.deepEqual((await stored(row))?.draft, row.draft);
    time.nowMs += 600_001;
    assert.deepEqual((await edit()).draft?.examples, ["Luis"]);
  });
});

describe("the linter is told", () => {
  const rules = async (row: TemplateRow) =>
    (await lintRow(database.pool, row)).map(({ rule, path }) => `${rule} ${path}`);

  test("the content that would be submitted, and whether its header has a sample", async () => {
    const row = await create({ examples: [] });
    assert.deepEqual(await rules(row), ["example-missing examples.0"]);
    const image = { ...FORM, header: { format: "image" as const, text: null }, body: "Mire esto." };
    const draft = { category: "utility" as const, definition: image, examples: [] };
    assert.deepEqual(await rules({ ...row, draft: { ...draft, sampleMediaId: null } }), [
      "header-sample sample_media_id",
    ]);
    assert.deepEqual(await rules({ ...row, draft: { ...draft, sampleMediaId: "a" } }), []);
    const bare = { ...row, draft: { ...draft, sampleMediaId: null } };
    assert.deepEqual(await rules({ ...bare, name: "Ñ", language: "xx" }), [
      "name-form name",
      "header-sample sample_media_id",
      "language-unknown language",
    ]);
  });

  test("the project's other templates, and no other project's or account's", async () => {
    const first = await create();
    assert.deepEqual(await rules(first), [], "it is no twin of its own");
    const twin = await create({ name: "otro" });
    assert.deepEqual(await rules(twin), ["content-twice body"]);
    const { accountId } = project;
    const second = await createProject(operator, { accountId, name: "second" });
    assert.deepEqual(await rules(await create({ name: "otro" }, second)), []);
    assert.deepEqual(await rules(await create({ name: "otro" }, await openProject())), []);
    const definition = { ...makeDraft().definition, footer: "Otro pie" };
    assert.deepEqual(await rules(await create({ name: "distinto", definition })), []);
  });

  test("which provider will be asked: that of the project's number", async () => {
    const given = { ...makeDraft({ name: "x".repeat(200) }), hasSample: false };
    const { accountId, id: projectId } = project;
    const lint = async (of: string | null) =>
      (await lintDraft(database.pool, { accountId, projectId: of }, given)).map(({ path }) => path);
    assert.deepEqual(await lint(projectId), []);
    await database.pool.query("update channels set provider = 'gupshup' where account_id = $1", [
      accountId,
    ]);
    assert.deepEqual(await lint(projectId), ["name"]);
    assert.deepEqual(await lint(null), [], "no project, no provider");
    assert.deepEqual(await lint(accountId), [], "nor one that is not there");
    await database.pool.query("update projects set channel_id = null where account_id = $1", [
      accountId,
    ]);
    assert.deepEqual(await lint(projectId), [], "no number, no provider");
  });
});

test("reread gives the template as it stands, and refuses one that is gone or another account's", async () => {
  const row = await create();
  assert.deepEqual(await reread(database.pool, row), row);
  const none = /^There is no such template\.$/u;
  const { accountId } = await openProject();
  await refuses(reread(database.pool, { accountId, id: row.id }), "not_found", none);
  await set(row, { deleted_at: new Date(time.nowMs) });
  await refuses(reread(database.pool, row), "not_found", none);
});
