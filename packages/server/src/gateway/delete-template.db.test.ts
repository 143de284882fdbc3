import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { createProject } from "../accounts/projects.ts";
import type { TemplateRow } from "../storage/templates.ts";
import { refuses } from "../testkit/refuses.ts";
import {
  DRAFT_BODY,
  formOf,
  openTemplateWorld,
  type TemplatePlace,
  type TemplateWorld,
} from "../testkit/template-world.ts";
import { deleteTemplate } from "./delete-template.ts";
import { submitTemplate } from "./submit-template.ts";
import { editDraft, reread } from "./template-drafts.ts";

const OTHER = formOf("Hola {{1}}, su cita es hoy en la sede.");
const MONTH_MS = 30 * 86_400_000;

let world: TemplateWorld;
let place: TemplatePlace;

before(async () => {
  world = await openTemplateWorld();
});
after(() => world.close());
beforeEach(async () => {
  place = await world.place();
  forget();
});

/** From here on the provider is asked nothing that was asked before. */
function forget(): void {
  world.gate.answer = () => null;
  world.gate.forget();
}

const drop = (row: TemplateRow, allLanguages = false) =>
  deleteTemplate(world.source, row, { allLanguages });
const monthLater = () => new Date(world.time.nowMs + MONTH_MS);

/** A template that WhatsApp has, in that state. */
async function known(language = "es_CO", status = "APPROVED", at = place): Promise<TemplateRow> {
  const row = await world.draft(at, { language });
  await submitTemplate(world.source, row, { force: true });
  const found =
    status === "PENDING" ? await reread(world.pool, row) : await world.decide(at, row, status);
  forget();
  return found;
}

async function stored({ id }: TemplateRow): Promise<TemplateRow> {
  const found = (await world.rows(place)).find((row) => row.id === id);
  assert.ok(found);
  return found;
}

/** The names and languages that WhatsApp has, and that are here. */
async function left(at = place): Promise<[there: string[], here: string[]]> {
  const there = (await world.there(at)).map(({ name, language }) => `${name} ${language}`);
  const here = (await world.rows(at)).filter(({ deletedAt }) => deletedAt === null);
  return [there.sort(), here.map(({ name, language }) => `${name} ${language}`).sort()];
}

describe("a draft", () => {
  test("goes here alone, at once, and its name is free", async () => {
    const row = await world.draft(place);
    const version = await world.version(place.accountId);
    world.time.nowMs += 5_000;
    assert.deepEqual(await drop(row), { deleted: [row.number], nameFreeAt: null });
    assert.deepEqual(world.gate.asked(), []);
    const at = new Date(world.time.nowMs);
    const gone = { draft: null, deletedAt: at, nameFreeAt: null, updatedAt: at };
    assert.deepEqual(await stored(row), { ...row, ...gone });
    assert.ok((await world.version(place.accountId)) > version);
    assert.deepEqual(await world.told(place.accountId), []);
    assert.equal((await world.draft(place)).number, row.number);
  });

  test("needs no number, with the other languages that are drafts too", async () => {
    const project = await createProject(world.source, { accountId: place.accountId, name: "none" });
    const bare = { ...place, project };
    const rows = [await world.draft(bare), await world.draft(bare, { language: "en" })];
    const [row] = rows;
    assert.ok(row);
    const { deleted, nameFreeAt } = await drop(row, true);
    assert.deepEqual([deleted, nameFreeAt], [rows.map(({ number }) => number), null]);
    assert.deepEqual(world.gate.asked(), []);
  });

  test("that is being submitted stays, and so do the other languages of its name", async () => {
    const other = await known("en", "REJECTED");
    const row = await world.draft(place);
    const gate = Promise.withResolvers<void>();
    const isThere = Promise.withResolvers<void>();
    world.gate.answer = async ({ method }) => {
      if (method === "POST") {
        isThere.resolve();
        await gate.promise;
      }
      return null;
    };
    const submission = submitTemplate(world.source, row, { force: true });
    await isThere.promise;
    await refuses(drop(row), "conflict", /being submitted/u);
    await refuses(drop(row, true), "conflict", /being submitted/u);
    await refuses(drop(other, true), "conflict", /being submitted/u);
    assert.deepEqual(await left(), [["pedido en"], ["pedido en", "pedido es_CO"]]);
    assert.deepEqual((await drop(other)).deleted, [other.number], "alone it is in nobody's way");
    gate.resolve();
    await submission;
    assert.deepEqual(await left(), [["pedido es_CO"], ["pedido es_CO"]]);
  });

  test("that WhatsApp has got since, or that is another account's, is no draft to drop", async () => {
    const row = await world.draft(place);
    const changed = /^The template has just changed: look at it again\.$/u;
    const { accountId } = await world.place();
    await refuses(drop({ ...row, accountId }), "conflict", changed);
    await submitTemplate(world.source, row, { force: true });
    await refuses(drop(row), "conflict", changed);
    assert.deepEqual(await left(), [["pedido es_CO"], ["pedido es_CO"]]);
  });
});

describe("a template that WhatsApp has", () => {
  test("goes at both, alone, and is told; its name rests for thirty days to the millisecond", async () => {
    await known("en");
    const row = await known();
    const other = (await world.rows(place)).find(({ language }) => language === "en");
    await editDraft(world.source, row, { examples: ["Luis"] });
    await world.pool.query("update templates set guard = $2 where id = $1", [row.id, { now: "x" }]);
    const before = await stored(row);
    const version = await world.version(place.accountId);
    world.time.nowMs += 5_000;
    const freeAt = monthLater();
    assert.deepEqual(await drop(before), { deleted: [row.number], nameFreeAt: freeAt });
    const query = `name=pedido&hsm_id=${row.providerTemplateId}`;
    assert.deepEqual(world.gate.asked(), [
      `DELETE /meta/v23.0/${place.wabaId}/message_templates?${query}`,
    ]);
    assert.equal(world.gate.calls[0]?.token, `token-of-${place.wabaId.slice(-6)}`);
    assert.deepEqual(await left(), [["pedido en"], ["pedido en"]]);
    const at = new Date(world.time.nowMs);
    assert.deepEqual(await stored(row), {
      ...before,
      ...{ status: "disabled", rejectedReason: "It was deleted.", draft: null, guard: null },
      ...{ deletedAt: at, nameFreeAt: freeAt, updatedAt: at },
    });
    assert.ok(other);
    assert.deepEqual(await stored(other), other);
    assert.ok((await world.version(place.accountId)) > version);
    assert.equal((await world.told(place.accountId)).at(-1), "template.disabled");
    const line = "status approved disabled person true";
    assert.equal((await world.history(place.accountId)).at(-1), line);
    world.time.nowMs = freeAt.getTime() - 1;
    await refuses(world.draft(place), "conflict", /30 days/u);
    world.time.nowMs += 1;
    assert.equal((await world.draft(place)).number, row.number);
  });

  test("leaves its name free at once when that was never approved", async () => {
    for (const status of ["PENDING", "REJECTED"]) {
      const row = await known("es_CO", status);
      assert.deepEqual(await drop(row), { deleted: [row.number], nameFreeAt: null }, status);
      assert.equal((await stored(row)).nameFreeAt, null);
      await world.draft(place, {
        ...{ name: `de_${status.toLowerCase()}` },
        definition: formOf(`${DRAFT_BODY} ${status}`),
      });
    }
  });

  test("rests its name when it was paused, as when it was approved", async () => {
    const row = await known("es_CO", "PAUSED");
    assert.deepEqual((await drop(row)).nameFreeAt, monthLater());
  });

  test("stays as it is when WhatsApp does not delete it", async () => {
    const row = await known("es_CO", "DISABLED");
    const failed = /^WhatsApp did not delete the template: 100 .*disabled template cannot be/u;
    await refuses(drop(row), "upstream_refused", failed);
    assert.deepEqual(await stored(row), row);
    world.gate.answer = () => "cut";
    await refuses(drop(row), "upstream_unreachable", /^WhatsApp did not delete the template: /u);
    assert.deepEqual(await stored(row), row);
    assert.deepEqual(await left(), [["pedido es_CO"], ["pedido es_CO"]]);
  });

  test("is deleted once by two at once", async () => {
    const row = await known();
    const both = await Promise.all([drop(row), drop(row)]);
    const numbers = both.map(({ deleted }) => deleted).sort((a, b) => a.length - b.length);
    assert.deepEqual(numbers, [[], [row.number]]);
    const second = both.find(({ deleted }) => deleted.length === 0);
    assert.deepEqual(second, { deleted: [], nameFreeAt: null });
    const told = await world.told(place.accountId);
    assert.deepEqual(told.filter((type) => type === "template.disabled").length, 1);
  });

  test("is asked of the number of its project, not of another of the account", async () => {
    const { accountId } = place;
    const second = await world.place("meta-cloud", accountId);
    const here = await known();
    const there = await known("es_CO", "APPROVED", second);
    await drop(there);
    assert.match(world.gate.asked().join(), new RegExp(`/${second.wabaId}/`, "u"));
    assert.deepEqual(await left(), [["pedido es_CO"], ["pedido es_CO"]]);
    assert.deepEqual(await left(second), [[], []]);
    assert.deepEqual(await stored(here), here);
  });

  test("is not asked of anybody for another account, nor without a number", async () => {
    const row = await known();
    const { accountId } = await world.place();
    forget();
    const none = /^There is no such project\.$/u;
    await refuses(drop({ ...row, accountId }), "not_found", none);
    await refuses(drop({ ...row, accountId }, true), "not_found", none);
    await world.pool.query("update projects set channel_id = null where id = $1", [row.projectId]);
    await refuses(drop(row), "conflict", /no number/u);
    assert.deepEqual(world.gate.asked(), []);
    assert.deepEqual(await stored(row), row);
  });
});

describe("every language of a name", () => {
  test("goes with one call, drafts among them, and no other name", async () => {
    const approved = await known();
    const rejected = await known("en", "REJECTED");
    const draft = await world.draft(place, { language: "fr" });
    const other = await world.draft(place, { name: "pedidos", definition: OTHER });
    await submitTemplate(world.source, other, { force: true });
    forget();
    const numbers = [approved, rejected, draft].map(({ number }) => number);
    const deletion = await drop(rejected, true);
    assert.deepEqual(deletion, { deleted: numbers, nameFreeAt: monthLater() });
    const path = `/meta/v23.0/${place.wabaId}/message_templates?name=pedido`;
    assert.deepEqual(world.gate.asked(), [`DELETE ${path}`]);
    assert.deepEqual(await left(), [["pedidos es_CO"], ["pedidos es_CO"]]);
    assert.equal((await stored(draft)).nameFreeAt, null);
    assert.equal((await stored(rejected)).nameFreeAt, null);
    assert.deepEqual((await stored(approved)).nameFreeAt, monthLater());
  });

  test("goes when it is asked of a draft, by the id of a language that WhatsApp has", async () => {
    const draft = await world.draft(place);
    const other = await known("en");
    const { deleted } = await drop(draft, true);
    assert.deepEqual(deleted, [draft.number, other.number]);
    assert.deepEqual(world.gate.asked().length, 1);
    assert.deepEqual(await left(), [[], []]);
  });

  test("leaves out what is deleted already", async () => {
    const first = await known("en", "REJECTED");
    await drop(first);
    const gone = await stored(first);
    const row = await known();
    world.time.nowMs += 5_000;
    assert.deepEqual((await drop(row, true)).deleted, [row.number]);
    assert.deepEqual(await stored(first), gone);
  });
});

describe("a provider that deletes all languages of a name or none", () => {
  beforeEach(async () => {
    place = await world.place("gupshup");
  });

  test("is not asked for one of two that it has", async () => {
    const other = await known("en");
    const row = await known();
    const whole =
      /^This provider deletes every language of a name or none: ask for all languages\.$/u;
    await refuses(drop(row), "conflict", whole);
    assert.deepEqual(world.gate.asked(), []);
    assert.deepEqual(await stored(row), row);
    assert.deepEqual((await drop(row, true)).deleted, [other.number, row.number]);
    assert.deepEqual(await left(), [[], []]);
  });

  test("is asked for the only one that it has, and a draft of the name stays", async () => {
    const row = await known();
    const draft = await world.draft(place, { language: "en" });
    const other = await world.draft(place, { name: "otro", definition: OTHER });
    await submitTemplate(world.source, other, { force: true });
    forget();
    assert.deepEqual((await drop(row)).deleted, [row.number]);
    const path = `/gupshup/wa/app/${place.channel.businessId}/template/pedido`;
    assert.deepEqual(world.gate.asked(), [`DELETE ${path}`]);
    assert.deepEqual(await left(), [["otro es_CO"], ["otro es_CO", "pedido en"]]);
    assert.deepEqual(await stored(draft), draft);
  });
});
