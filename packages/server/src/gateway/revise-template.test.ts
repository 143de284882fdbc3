import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import type { TemplateRow } from "../storage/templates.ts";
import { reviseTemplate, type ToldFacts } from "./revise-template.ts";

const T0 = Date.UTC(2026, 10, 22, 15);

const row = (given: Partial<TemplateRow> = {}): TemplateRow => ({
  ...{ accountId: "account", id: "template", number: 17, projectId: "project", name: "t" },
  ...{ language: "es", category: "utility", status: "pending", header: null, variables: 1 },
  definition: {
    ...{ header: null, body: "Hola {{1}}.", footer: null, buttons: [] },
    parameterFormat: "positional",
  },
  ...{ providerTemplateId: "1", rejectedReason: null, draft: null, examples: [] },
  ...{ sampleMediaId: null, quality: null, guard: null, statusAt: null, categoryAt: null },
  ...{ qualityAt: null, submittedAt: null, verifiedAt: null, deletedAt: null, nameFreeAt: null },
  ...{ createdAt: new Date(T0), updatedAt: new Date(T0) },
  ...given,
});

const event = (afterS: number, facts: ToldFacts["facts"]): ToldFacts => ({
  facts,
  source: "event",
  at: new Date(T0 + afterS * 1_000),
});

describe("what is told of a template", () => {
  test("counts in the provider's order of time, in whatever order it comes", () => {
    const steps = fc.uniqueArray(fc.integer({ min: 0, max: 1_000 }), {
      minLength: 1,
      maxLength: 6,
    });
    const word = fc.constantFrom("approved", "paused", "disabled", "rejected");
    fc.assert(
      fc.property(steps, fc.array(word, { minLength: 6, maxLength: 6 }), (times, words) => {
        const events = times.map((afterS, at) => event(afterS, { status: words[at] ?? null }));
        const newest = events.toSorted((one, other) => Number(other.at) - Number(one.at))[0];
        const end = events.reduce((now, told) => reviseTemplate(now, told).next, row());
        assert.equal(end.status, newest?.facts.status);
      }),
    );
  });

  test("too late is noted, and changes nothing", () => {
    const paused = reviseTemplate(row(), event(60, { status: "paused", reason: "quality" })).next;
    const { next, revisions } = reviseTemplate(paused, event(30, { status: "approved" }));
    assert.deepEqual([next.status, next.rejectedReason], ["paused", "quality"]);
    assert.deepEqual(
      revisions.map(({ from, to, applied }) => [from, to, applied]),
      [["paused", "approved", false]],
    );
  });

  test("of state, category and quality is dated apart", () => {
    const told = reviseTemplate(row(), event(60, { status: "approved" })).next;
    const next = reviseTemplate(told, event(30, { category: "marketing", quality: "red" })).next;
    assert.deepEqual([next.status, next.category, next.quality], ["approved", "marketing", "red"]);
  });

  test("from before the template was last read whole changes nothing, but for clocks that differ", () => {
    const read = row({ status: "paused", verifiedAt: new Date(T0) });
    assert.equal(reviseTemplate(read, event(-60, { status: "approved" })).next.status, "paused");
    assert.equal(reviseTemplate(read, event(-3, { status: "approved" })).next.status, "approved");
  });

  test("by a list does not undo an event that is newer than the asking", () => {
    const paused = reviseTemplate(row(), event(60, { status: "paused" })).next;
    const list = { ...event(30, { status: "approved" }), source: "sync" as const };
    assert.equal(reviseTemplate(paused, list).next.status, "paused");
    const later = { ...event(90, { status: "approved" }), source: "sync" as const };
    assert.equal(reviseTemplate(paused, later).next.status, "approved");
  });

  test("with a content of other variables counts them anew", () => {
    const definition = { ...row().definition, body: "Hola {{1}}, son {{2}}." };
    const { next, revisions } = reviseTemplate(row(), {
      ...event(1, { definition }),
      source: "sync",
    });
    assert.equal(next.variables, 2);
    assert.deepEqual(
      revisions.map(({ kind }) => kind),
      ["content"],
    );
    const again = reviseTemplate(next, { ...event(2, { definition }), source: "sync" });
    assert.deepEqual(again.revisions, []);
  });

  test("ends a draft that the provider has, though nobody could write that down", () => {
    const { definition } = row();
    const draft = {
      category: "utility" as const,
      definition,
      examples: ["Ana"],
      sampleMediaId: null,
    };
    const { next } = reviseTemplate(row({ status: "draft", draft }), {
      ...event(1, { definition, status: "pending" }),
      source: "sync",
    });
    assert.deepEqual([next.draft, next.examples, next.status], [null, ["Ana"], "pending"]);
  });
});
