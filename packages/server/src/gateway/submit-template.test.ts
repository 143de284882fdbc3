import assert from "node:assert/strict";
import { test } from "node:test";
import type { LintFinding } from "../domain/template-lint.ts";
import { refuseFindings } from "./submit-template.ts";

const finding = (path: string, severity: LintFinding["severity"]): LintFinding => ({
  ...{ rule: "body-empty", severity, path, source: "Meta" },
  what: { es: `Falta ${path}.`, en: `${path} is missing.` },
  fix: { es: "Escríbalo.", en: "Write it." },
});

test("what stops a submission is told by its first finding, and each field in both languages", () => {
  const error = refuseFindings([finding("body", "error"), finding("footer", "warning")]);
  assert.equal(error.code, "template_invalid");
  assert.equal(error.message, "body: body is missing. Write it.");
  assert.deepEqual(error.detail.errors, [
    { path: "body", message: "body is missing. Write it. · Falta body. Escríbalo." },
    {
      path: "footer",
      message: "(warning) footer is missing. Write it. · Falta footer. Escríbalo.",
    },
  ]);
});

test("what stops a submission says how to pass over it when it is nothing but warnings", () => {
  const error = refuseFindings([finding("body", "warning"), finding("footer", "warning")]);
  const how = "These are warnings: submit with force to pass over them.";
  assert.equal(error.message, `body: body is missing. Write it. ${how}`);
});
