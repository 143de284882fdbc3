import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { updateProject } from "../accounts/projects.ts";
import { insertTemplateChanges } from "../storage/template-changes.ts";
import type { TemplateRow } from "../storage/templates.ts";
import { refuses } from "../testkit/refuses.ts";
import {
  DRAFT_BODY,
  formOf,
  openTemplateWorld,
  type TemplatePlace,
  type TemplateWorld,
} from "../testkit/template-world.ts";
import { submitTemplate } from "./submit-template.ts";
import { editDraft, reread } from "./template-drafts.ts";

const DAY_MS = 86_400_000;
const NONE = /^There is no such template\.$/u;
const SALE = "Hola {{1}}, hay un descuento para usted en la sede.";

let world: TemplateWorld;
let place: TemplatePlace;

before(async () => {
  world = await openTemplateWorld();
});
after(() => world.close());
beforeEach(async () => {
  world.gate.answer = () => null;
  place = await world.place();
  world.gate.forget();
});

const submit = (row: Pick<TemplateRow, "accountId" | "id">, force = false) =>
  submitTemplate(world.source, row, { force });
const stored = (row: TemplateRow) => reread(world.pool, row);
const edit = (row: TemplateRow, body: string) =>
  editDraft(world.source, row, { definition: formOf(body) });
const soon = () => new Date(world.time.nowMs + 60_000);
const later = () => new Date(world.time.nowMs + DAY_MS);

/** Answers as WhatsApp does when it takes a template. */
const taken = (status: string, category = "UTILITY") => ({
  status: 200,
  body: { id: "77", status, category },
});

async function approved(): Promise<TemplateRow> {
  const row = await world.draft(place);
  await submit(row);
  const found = await world.decide(place, row, "APPROVED");
  world.gate.forget();
  return found;
}

describe("a draft", () => {
  test("is handed over as it was written, and waits from then on for WhatsApp's decision", async () => {
    const draft = await world.draft(place);
    const version = await world.version(place.accountId);
    world.time.nowMs += 5_000;
    const at = new Date(world.time.nowMs);
    await world.dueAt(place, later());
    const { row, findings } = await submit(draft);
    assert.deepEqual(findings, []);
    assert.deepEqual(world.gate.asked(), [`POST /meta/v23.0/${place.wabaId}/message_templates`]);
    const [there, ...others] = await world.there(place);
    assert.deepEqual(others, []);
    assert.deepEqual(
      [there?.name, there?.language, there?.category, there?.status],
      ["pedido", "es_CO", "UTILITY", "PENDING"],
    );
    const body = { type: "BODY", text: DRAFT_BODY, example: { body_text: [["Ana"]] } };
    assert.deepEqual(there?.components, [body]);
    assert.deepEqual(row, {
      ...draft,
      ...{ status: "pending", providerTemplateId: there?.id, draft: null, examples: ["Ana"] },
      ...{ submittedAt: at, updatedAt: at },
    });
    assert.deepEqual(await stored(draft), row);
    assert.deepEqual(await world.history(place.accountId), [
      "status draft pending submit true",
      "edit draft null person true",
    ]);
    assert.ok((await world.version(place.accountId)) > version);
    assert.deepEqual(await world.dueAt(place), soon(), "its decision is looked for soon");
  });

  test("that is approved at once is told, and by the category that WhatsApp gave it", async () => {
    const draft = await world.draft(place);
    world.gate.answer = () => taken("APPROVED", "MARKETING");
    const { row } = await submit(draft);
    assert.deepEqual([row.status, row.category], ["approved", "marketing"]);
    assert.deepEqual((await world.told(place.accountId)).sort(), [
      "template.approved",
      "template.category",
    ]);
  });

  test("is found only by its own account, and not once it is deleted", async () => {
    const draft = await world.draft(place);
    const { accountId } = await world.place();
    world.gate.forget();
    await refuses(submit({ accountId, id: draft.id }), "not_found", NONE);
    await refuses(submit({ accountId: draft.accountId, id: accountId }), "not_found", NONE);
    await world.pool.query("update templates set deleted_at = now() where id = $1", [draft.id]);
    await refuses(submit(draft), "not_found", NONE);
    assert.deepEqual(world.gate.asked(), []);
  });

  test("stops for an error always, for a warning unless it is forced, and for a hint never", async () => {
    const wrong = await world.draft(place, { examples: [] });
    const error = await refuses(submit(wrong, true), "template_invalid", /^examples\.0: /u);
    assert.deepEqual(
      error.detail.errors?.map(({ path }) => path),
      ["examples.0"],
    );
    const sale = await world.draft(place, { name: "rebajas", definition: formOf(SALE) });
    await refuses(submit(sale), "template_invalid", /: .*submit with force/u);
    assert.deepEqual(world.gate.asked(), []);
    assert.deepEqual(await stored(sale), sale, "a refusal of ours leaves no mark");
    const { row, findings } = await submit(sale, true);
    assert.equal(row.status, "pending");
    assert.deepEqual(
      findings.map(({ severity }) => severity),
      ["warning"],
    );
    const promo = await world.draft(place, {
      ...{ name: "promo", category: "marketing" },
      definition: formOf("Hola {{1}}, hay rebajas hoy en la sede."),
    });
    const hinted = await submit(promo);
    assert.deepEqual(
      hinted.findings.map(({ severity }) => severity),
      ["hint"],
    );
  });

  test("that WhatsApp does not take stays as it was, may be submitted again, and what WhatsApp has is looked at soon", async () => {
    const draft = await world.draft(place);
    await world.dueAt(place, later());
    const error = { code: 100, message: "Invalid", error_user_msg: "No." };
    world.gate.answer = () => ({ status: 400, body: { error } });
    await refuses(submit(draft), "upstream_refused", /^WhatsApp did not take the template: 100 /u);
    assert.deepEqual(await stored(draft), draft);
    assert.deepEqual(await world.dueAt(place), soon());
    assert.deepEqual(await world.history(place.accountId), []);
    world.gate.answer = () => "cut";
    await refuses(submit(draft), "upstream_refused", /^WhatsApp did not take the template: /u);
    world.gate.answer = () => null;
    assert.equal((await submit(draft)).row.status, "pending");
    assert.equal(world.gate.asked().length, 3);
  });

  test("of a project without a number stays as it was, and goes once there is one", async () => {
    const draft = await world.draft(place);
    await world.pool.query("update projects set channel_id = null where id = $1", [
      place.project.id,
    ]);
    await refuses(submit(draft), "conflict", /^The project has no number/u);
    assert.deepEqual([await stored(draft), world.gate.asked()], [draft, []]);
    await updateProject(world.source, place.project, { channelId: place.channel.id });
    assert.equal((await submit(draft)).row.status, "pending");
  });

  test("that is gone when the answer comes is written down nowhere", async () => {
    for (const answer of [taken("PENDING"), "cut"] as const) {
      const draft = await world.draft(place);
      world.gate.answer = async () => {
        await world.pool.query("delete from templates where id = $1", [draft.id]);
        return answer;
      };
      const [code, words] =
        answer === "cut" ? (["upstream_refused", /./u] as const) : (["not_found", NONE] as const);
      await refuses(submit(draft), code, words);
      assert.deepEqual(await world.history(place.accountId), []);
    }
  });
});

describe("who is asked", () => {
  test("is the number of the template's own project, with its own token", async () => {
    const second = await world.place("meta-cloud", place.accountId);
    const drafts = [await world.draft(place), await world.draft(second)];
    world.gate.forget();
    for (const draft of drafts) await submit(draft);
    assert.deepEqual(
      world.gate.calls.map(({ path, token }) => [path.split("/")[3], token]),
      [place, second].map(({ wabaId }) => [wabaId, `token-of-${wabaId.slice(-6)}`]),
    );
  });

  test("is the number that the project has now, not when the draft was written", async () => {
    const draft = await world.draft(place);
    const second = await world.place("gupshup", place.accountId);
    await updateProject(world.source, place.project, { channelId: second.channel.id });
    world.gate.forget();
    await submit(draft);
    const path = `/gupshup/wa/app/${second.channel.businessId}/template`;
    assert.deepEqual(world.gate.asked(), [`POST ${path}`]);
    assert.deepEqual([await world.there(place), (await world.there(second)).length], [[], 1]);
  });
});

describe("two at once", () => {
  /** Holds calls at the gate until they are let go, one by one. */
  function holdCalls() {
    const held: ((answer: "cut" | null) => void)[] = [];
    const waiting: (() => void)[] = [];
    world.gate.answer = () =>
      new Promise((resolve) => {
        held.push(resolve);
        for (const wake of waiting.splice(0)) wake();
      });
    return {
      held,
      async until(count: number): Promise<void> {
        while (held.length < count) await new Promise<void>((wake) => waiting.push(wake));
      },
    };
  }

  test("make one call: the other is told that it is under way", async () => {
    const draft = await world.draft(place);
    const { held, until } = holdCalls();
    const first = submit(draft);
    await until(1);
    await refuses(submit(draft), "conflict", /^The template is being submitted/u);
    held[0]?.(null);
    assert.equal((await first).row.status, "pending");
    assert.equal(world.gate.asked().length, 1);
  });

  test("are two when the first has not ended in ten minutes, and not a millisecond before", async () => {
    const draft = await world.draft(place);
    world.time.nowMs += 5_000;
    const { held, until } = holdCalls();
    const first = submit(draft);
    await until(1);
    world.time.nowMs += 10 * 60_000 - 1;
    await refuses(submit(draft), "conflict", /being submitted/u);
    world.time.nowMs += 1;
    const second = submit(draft);
    await until(2);
    held[0]?.("cut");
    await refuses(first, "upstream_refused", /./u);
    await refuses(submit(draft), "conflict", /being submitted/u);
    held[1]?.(null);
    const { row } = await second;
    assert.deepEqual([row.status, row.draft], ["pending", null]);
    assert.equal(world.gate.asked().length, 2);
  });

  test("end with what WhatsApp took, when the late first one is the one that it took", async () => {
    const draft = await world.draft(place);
    const { held, until } = holdCalls();
    const first = submit(draft);
    await until(1);
    world.time.nowMs += 11 * 60_000;
    const second = submit(draft);
    await until(2);
    held[0]?.(null);
    const { row } = await first;
    held[1]?.(null);
    await refuses(second, "upstream_refused", /2388024|already exists/u);
    assert.deepEqual(await stored(draft), row);
    assert.deepEqual([row.status, (await world.there(place)).length], ["pending", 1]);
  });

  test("are told apart: what was written anew meanwhile waits for a submission of its own", async () => {
    const draft = await world.draft(place);
    const { held, until } = holdCalls();
    const first = submit(draft);
    await until(1);
    world.time.nowMs += 11 * 60_000;
    const anew = "Hola {{1}}, su pedido ya llegó a la sede de siempre.";
    const { draft: written } = await edit(draft, anew);
    held[0]?.(null);
    const { row } = await first;
    assert.deepEqual([row.status, row.definition.body], ["pending", DRAFT_BODY]);
    assert.deepEqual(row.draft, written);
  });

  test("leave what an event told while the call was under way", async () => {
    const draft = await world.draft(place);
    world.gate.answer = async () => {
      const values = [draft.id, new Date(world.time.nowMs)];
      await world.pool.query(
        "update templates set status = 'approved', status_at = $2 where id = $1",
        values,
      );
      return null;
    };
    const { row } = await submit(draft);
    assert.deepEqual([row.status, row.draft], ["approved", null]);
    assert.notEqual(row.providerTemplateId, null);
  });
});

describe("an edit", () => {
  test("goes to the template that WhatsApp has, and is reviewed anew", async () => {
    const row = await approved();
    const anew = "Hola {{1}}, su pedido ya llegó a la sede de siempre.";
    const edited = await edit(row, anew);
    world.time.nowMs += 5_000;
    const done = (await submit(edited)).row;
    assert.deepEqual(world.gate.asked(), [`POST /meta/v23.0/${row.providerTemplateId}`]);
    const at = new Date(world.time.nowMs);
    const content = { definition: { ...row.definition, body: anew }, draft: null };
    const times = { submittedAt: at, updatedAt: at };
    assert.deepEqual(done, { ...row, ...content, ...times, status: "pending" });
    const [there] = await world.there(place);
    assert.deepEqual([there?.status, there?.components[0]?.text], ["PENDING", anew]);
    assert.deepEqual((await world.history(place.accountId)).slice(-3), [
      "status approved pending submit true",
      "content null null submit true",
      "edit approved null person true",
    ]);
  });

  test("needs something that was written", async () => {
    const row = await approved();
    const nothing = /^There is nothing to submit: change the template first\.$/u;
    await refuses(submit(row), "conflict", nothing);
    assert.deepEqual(world.gate.asked(), []);
  });

  test("waits for the review of what WhatsApp has", async () => {
    const draft = await world.draft(place);
    await submit(draft);
    await world.pool.query("update templates set draft = $2 where id = $1", [
      ...[draft.id, JSON.stringify(draft.draft)],
    ]);
    world.gate.forget();
    await refuses(submit(draft), "conflict", /reviewing/u);
    assert.deepEqual(world.gate.asked(), []);
  });

  test("of an approved template goes once a day, to the millisecond", async () => {
    const row = await approved();
    await submit(await edit(row, "Hola {{1}}, su pedido ya llegó a la sede de siempre."));
    const editedAtMs = world.time.nowMs;
    const again = await world.decide(place, row, "APPROVED");
    const edited = await edit(again, "Hola {{1}}, su pedido ya salió de la sede de siempre.");
    world.time.nowMs = editedAtMs + DAY_MS - 1;
    const free = new Date(editedAtMs + DAY_MS).toISOString();
    const message = new RegExp(`1 edit\\(s\\) .* in 24 hours: the next one from ${free}\\.$`, "u");
    await refuses(submit(edited), "conflict", message);
    world.time.nowMs += 1;
    world.gate.answer = () => ({ status: 200, body: { success: true } });
    assert.equal((await submit(edited)).row.status, "pending");
  });

  test("of an approved template goes ten times in thirty days, of its own edits alone", async () => {
    const row = await approved();
    const noteEdits = (of: TemplateRow, daysAgo: readonly number[]) =>
      insertTemplateChanges(
        world.pool,
        daysAgo.map((days) => {
          const at = new Date(world.time.nowMs - days * DAY_MS);
          return {
            ...{ accountId: of.accountId, templateId: of.id, notedAt: at, at },
            ...{ id: world.source.ids.next(at.getTime()), kind: "edit" as const, reason: null },
            ...{ from: "approved", to: null, source: "person" as const, applied: true },
          };
        }),
      );
    const other = await world.draft(place, { name: "otro" });
    await noteEdits(other, [2, 4, 6, 8, 10, 12, 14, 16, 18, 20]);
    await noteEdits(row, [2, 4, 6, 8, 10, 12, 14, 16, 18, 30]);
    const edited = await edit(row, "Hola {{1}}, su pedido ya llegó a la sede de siempre.");
    await noteEdits(row, [29]);
    await refuses(submit(edited), "conflict", /10 edit\(s\) .* in 30 days/u);
    world.time.nowMs += DAY_MS;
    assert.equal((await submit(edited)).row.status, "pending");
  });

  test("of a rejected or paused template goes as often as it takes, in another category too", async () => {
    let row = await approved();
    let edits = 0;
    for (const status of ["REJECTED", "PAUSED", "REJECTED"]) {
      edits += 1;
      await submit(await edit(row, `Hola {{1}}, su pedido ${edits} va en camino a la sede.`));
      row = await world.decide(place, row, status);
    }
    const moved = await editDraft(world.source, row, { category: "marketing" });
    const { row: done } = await submit(moved, true);
    assert.deepEqual([done.status, done.category], ["pending", "marketing"]);
  });
});
