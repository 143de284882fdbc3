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

  test("of each thing is kept as history only where it differs, and dated only by what happened", () => {
    const known = row({ status: "approved", category: "utility", quality: "green" });
    const same = { status: "approved", category: "utility", quality: "green" } as const;
    assert.deepEqual(reviseTemplate(known, event(1, same)).revisions, []);
    const other = {
      status: "paused",
      category: "marketing",
      quality: "red",
      reason: "why",
    } as const;
    const { next, revisions } = reviseTemplate(known, event(1, other));
    const at = new Date(T0 + 1_000);
    assert.deepEqual([next.statusAt, next.categoryAt, next.qualityAt], [at, at, at]);
    assert.deepEqual(revisions, [
      { kind: "category", reason: "why", from: "utility", to: "marketing", applied: true },
      { kind: "status", reason: "why", from: "approved", to: "paused", applied: true },
      { kind: "quality", reason: "why", from: "green", to: "red", applied: true },
    ]);
    const listed = reviseTemplate(known, { ...event(1, other), source: "sync" }).next;
    assert.deepEqual([listed.statusAt, listed.categoryAt, listed.qualityAt], [null, null, null]);
    assert.deepEqual(
      [listed.status, listed.category, listed.quality],
      ["paused", "marketing", "red"],
    );
    assert.deepEqual(reviseTemplate(row(), event(1, { quality: "unknown" })).revisions, []);
  });

  test("late changes no price and no quality either, and is noted as what does not count", () => {
    const known = reviseTemplate(row(), event(60, { category: "marketing", quality: "red" })).next;
    const { next, revisions } = reviseTemplate(
      known,
      event(30, { category: "utility", quality: "green" }),
    );
    assert.deepEqual([next.category, next.quality], ["marketing", "red"]);
    assert.deepEqual([next.categoryAt, next.qualityAt], [known.categoryAt, known.qualityAt]);
    assert.deepEqual(
      revisions.map(({ kind, applied }) => [kind, applied]),
      [
        ["category", false],
        ["quality", false],
      ],
    );
    const sameMoment = reviseTemplate(known, event(60, { category: "utility" })).next;
    assert.equal(sameMoment.category, "utility");
  });

  test("by our own submission counts, whatever was heard before", () => {
    const heard = row({ statusAt: new Date(T0 + 60_000), verifiedAt: new Date(T0 + 60_000) });
    for (const source of ["submit", "person"] as const) {
      const told = { ...event(1, { status: "paused" }), source } as const;
      assert.equal(reviseTemplate(heard, told).next.status, "paused", source);
    }
    const list = { ...event(1, { status: "paused" }), source: "sync" } as const;
    assert.equal(reviseTemplate(heard, list).next.status, "pending");
    const edge = row({ verifiedAt: new Date(T0) });
    assert.equal(reviseTemplate(edge, event(-5, { status: "paused" })).next.status, "paused");
    const late = { ...event(-60, { status: "paused" }), source: "sync" } as const;
    assert.equal(reviseTemplate(edge, late).next.status, "paused", "a list is dated by its asking");
  });

  test("keeps the reason of a state that stays, and forgets that of one that is over", () => {
    const rejected = row({ status: "rejected", rejectedReason: "SCAM" });
    const next = (facts: ToldFacts["facts"]) =>
      reviseTemplate(rejected, event(1, facts)).next.rejectedReason;
    assert.deepEqual(
      [
        next({ status: "rejected" }),
        next({ status: "paused" }),
        next({ status: "rejected", reason: "SPAM" }),
      ],
      ["SCAM", null, "SPAM"],
    );
    assert.equal(next({ status: "approved", reason: "none" }), null);
    assert.equal(next({ quality: "red" }), "SCAM");
  });

  test("with other buttons or another header is another content", () => {
    const { definition } = row();
    const button = { kind: "quick_reply", text: "Sí", target: null } as const;
    const header = { format: "image", text: null } as const;
    for (const changed of [{ header }, { buttons: [button] }, { footer: "x" }]) {
      const told = {
        ...event(1, { definition: { ...definition, ...changed } }),
        source: "sync",
      } as const;
      const { next, revisions } = reviseTemplate(row(), told);
      assert.deepEqual(revisions, [
        { kind: "content", reason: null, from: null, to: null, applied: true },
      ]);
      assert.equal(next.header, "header" in changed ? "image" : null);
    }
    const known = row({ definition: { ...definition, buttons: [button] } });
    for (const changed of [
      { ...button, text: "No" },
      { ...button, target: "x" },
      { ...button, kind: "url" as const },
    ]) {
      const told = {
        ...event(1, { definition: { ...definition, buttons: [changed] } }),
        source: "sync",
      } as const;
      assert.equal(reviseTemplate(known, told).revisions.length, 1);
    }
  });
});
