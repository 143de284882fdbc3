import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { AppError } from "../platform/app-error.ts";
import type { TemplateRow } from "../storage/templates.ts";
import { makeTemplateRow } from "../testkit/template-row.ts";
import { checkEditable, checkResting, contentOf } from "./template-drafts.ts";

const NOW = Date.UTC(2026, 10, 22, 15);
const MINUTE_MS = 60_000;
const DRAFT = { ...contentOf(makeTemplateRow()), examples: ["Luis"] };

const refuses = (check: () => void, code: string, message: RegExp) =>
  assert.throws(check, (error) => {
    assert.ok(error instanceof AppError, String(error));
    assert.deepEqual([error.code, message.test(error.message)], [code, true], error.message);
    return true;
  });

test("what is submitted next is what was written last, else what WhatsApp has", () => {
  const row = makeTemplateRow({ examples: ["Ana"], sampleMediaId: "a-file" });
  const { category, definition } = row;
  assert.deepEqual(contentOf(row), {
    ...{ category, definition },
    ...{ examples: ["Ana"], sampleMediaId: "a-file" },
  });
  assert.equal(contentOf({ ...row, draft: DRAFT }), DRAFT);
});

describe("a submission is under way", () => {
  const underWay = (more: Partial<TemplateRow> = {}) =>
    makeTemplateRow({
      ...{ status: "draft", draft: DRAFT },
      ...{ updatedAt: new Date(NOW - MINUTE_MS), submittedAt: new Date(NOW) },
      ...more,
    });
  const rests = (more: Partial<TemplateRow>, nowMs = NOW) => checkResting(underWay(more), nowMs);

  test("from the moment at which it is handed over, later than the last change", () => {
    refuses(() => rests({}), "conflict", /^The template is being submitted: look at it in a/u);
    const updatedAt = new Date(NOW - 1);
    refuses(() => rests({ updatedAt }), "conflict", /being submitted/u);
  });

  test("no more once its outcome is written down, which is a change", () => {
    rests({ updatedAt: new Date(NOW) });
    rests({ updatedAt: new Date(NOW + 1) });
  });

  test("never of what was not submitted, or has nothing to submit", () => {
    rests({ submittedAt: null });
    rests({ draft: null });
  });

  test("for ten minutes, to the millisecond: after them its process is dead", () => {
    refuses(() => rests({}, NOW + 10 * MINUTE_MS - 1), "conflict", /being submitted/u);
    rests({}, NOW + 10 * MINUTE_MS);
    rests({}, NOW + 11 * MINUTE_MS);
  });
});

describe("WhatsApp lets nobody edit", () => {
  const dearer = { ...DRAFT, category: "marketing" as const };

  test("what it is reviewing", () => {
    const row = makeTemplateRow({ status: "pending" });
    const message = /^WhatsApp is reviewing this template: wait for its decision\.$/u;
    refuses(() => checkEditable(row, DRAFT), "conflict", message);
  });

  test("what it has disabled", () => {
    const row = makeTemplateRow({ status: "disabled" });
    const message = /^WhatsApp has disabled this template: write a new one\.$/u;
    refuses(() => checkEditable(row, DRAFT), "conflict", message);
  });

  test("the category of what it has approved, and that alone of it", () => {
    const row = makeTemplateRow({ status: "approved" });
    const message = /^category: an approved template stays utility; write a new one$/u;
    refuses(() => checkEditable(row, dearer), "invalid_request", message);
    checkEditable(row, DRAFT);
  });

  test("and anything of what it has rejected or paused", () => {
    checkEditable(makeTemplateRow({ status: "rejected" }), dearer);
    checkEditable(makeTemplateRow({ status: "paused" }), dearer);
  });
});
