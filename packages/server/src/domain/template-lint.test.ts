import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import type { TemplateButton, TemplateDefinition } from "./template.ts";
import { lintTemplate } from "./template-lint.ts";
import type { LintInput } from "./template-lint-input.ts";
import { LINT_RULES, type LintRule } from "./template-lint-words.ts";

const definition = (given: Partial<TemplateDefinition> = {}): TemplateDefinition => ({
  header: null,
  body: "Hola {{1}}, su cita es el {{2}} en nuestra sede.",
  footer: null,
  buttons: [],
  parameterFormat: "positional",
  ...given,
});

const input = (
  given: Partial<Omit<LintInput, "definition">> & { definition?: Partial<TemplateDefinition> } = {},
): LintInput => ({
  name: "recordatorio_cita",
  language: "es_CO",
  category: "utility",
  examples: ["Carlos", "miércoles"],
  hasSample: false,
  ...given,
  definition: definition(given.definition),
});

const rulesOf = (given: LintInput) => lintTemplate(given).map(({ rule }) => rule);
const errorsOf = (given: LintInput) =>
  lintTemplate(given).flatMap(({ rule, severity }) => (severity === "error" ? [rule] : []));

const quick = (text: string): TemplateButton => ({ kind: "quick_reply", text, target: null });
const url = (target: string, text = "Ver"): TemplateButton => ({ kind: "url", text, target });

type Given = Parameters<typeof input>[0];

/** What breaks each rule, and nothing else of its gravity. */
const OFFENCES: Record<LintRule, Given> = {
  "name-form": { name: "Recordatorio Cita" },
  "language-form": { language: "es-CO" },
  "language-unknown": { language: "xx" },
  "header-length": { definition: { header: { format: "text", text: "x".repeat(61) } } },
  "header-empty": { definition: { header: { format: "text", text: " " } } },
  "header-variables": {
    definition: { header: { format: "text", text: "Para {{1}} y {{2}}" } },
    examples: ["a", "b", "c", "d"],
  },
  "header-marks": { definition: { header: { format: "text", text: "Hola 🎉" } } },
  "header-sample": { definition: { header: { format: "image", text: null } } },
  "body-empty": { definition: { body: " " }, examples: [] },
  "body-length": { definition: { body: `Hola ${"ñ".repeat(1020)}` }, examples: [] },
  "body-blank-lines": { definition: { body: "Hola\n\n\nqué tal" }, examples: [] },
  "body-spaces": { definition: { body: "Hola\tqué tal" }, examples: [] },
  "body-emojis": { definition: { body: `Hola ${"😀".repeat(11)}` }, examples: [] },
  "footer-length": { definition: { footer: "x".repeat(61) } },
  "footer-variables": { definition: { footer: "Hola {{1}}" } },
  "footer-lines": { definition: { footer: "uno\ndos" } },
  "variable-form": { definition: { body: "Hola {{Nombre}} cómo está" }, examples: ["x"] },
  "variable-mixed": {
    definition: { body: "Hola {{1}}, su cita es el {{fecha}} en nuestra sede." },
  },
  "variable-gap": { definition: { body: "Hola {{1}}, su cita es el {{3}} en nuestra sede." } },
  "variable-edge": { definition: { body: "{{1}}, su cita es el {{2}} en nuestra sede central" } },
  "variable-adjacent": { definition: { body: "Hola {{1}} {{2}}, lo esperamos en nuestra sede." } },
  "variable-ratio": { definition: { body: "Hola {{1}}, el {{2}}." } },
  "example-missing": { examples: ["Carlos"] },
  "example-form": { examples: ["Carlos", "el\nmiércoles"] },
  "example-count": { examples: ["Carlos", "miércoles", "x"] },
  "buttons-count": {
    definition: { buttons: Array.from({ length: 11 }, (_, at) => quick(`opción ${at}`)) },
  },
  "buttons-kind-count": {
    definition: { buttons: ["a", "b", "c"].map((text) => url("https://x.co/", text)) },
  },
  "buttons-kind": { definition: { buttons: [{ kind: "otp", text: "x", target: null }] } },
  "buttons-order": { definition: { buttons: [quick("a"), url("https://x.co/"), quick("b")] } },
  "buttons-desktop": { definition: { buttons: [quick("a"), url("https://x.co/")] } },
  "button-text-length": { definition: { buttons: [quick("x".repeat(26))] } },
  "button-text-form": { definition: { buttons: [quick("Sí, {{1}}")] } },
  "button-text-emoji": { definition: { buttons: [quick("Sí 👍")] } },
  "button-text-twice": { definition: { buttons: [quick("Sí"), quick("Sí")] } },
  "url-form": { definition: { buttons: [url("javascript:alert(1)")] } },
  "url-variable": {
    definition: { buttons: [url("https://x.co/{{1}}/ver")] },
    examples: ["Carlos", "miércoles", "x"],
  },
  "url-whatsapp": { definition: { buttons: [url("https://wa.me/573001234567")] } },
  "phone-form": {
    definition: { buttons: [{ kind: "phone_number", text: "Llamar", target: "llame ya" }] },
  },
  "content-twice": { siblings: [{ name: "otra", body: definition().body, footer: null }] },
  "category-promotional": {
    definition: { body: "Hola {{1}}, hay un descuento para usted hasta el {{2}} en la sede." },
  },
  "category-code": {
    definition: { body: "Su código de verificación es ya sabe cuál." },
    examples: [],
  },
  "marketing-opt-out": { category: "marketing" },
  "authentication-parts": {
    category: "authentication",
    definition: { body: "{{1}}" },
    examples: [],
  },
  "authentication-body": {
    category: "authentication",
    definition: { buttons: [{ kind: "otp", text: "Copiar", target: null }] },
    examples: [],
  },
  "authentication-minutes": {
    category: "authentication",
    definition: {
      body: "{{1}}",
      footer: "Caduca en 91 minutos",
      buttons: [{ kind: "otp", text: "Copiar", target: null }],
    },
    examples: [],
  },
};

describe("the linter", () => {
  test("finds nothing in a template as WhatsApp wants it", () => {
    assert.deepEqual(rulesOf(input()), []);
    const whole = input({
      definition: {
        header: { format: "text", text: "Pedido {{1}}" },
        footer: "Clínica Los Andes",
        buttons: [url("https://x.co/p/{{1}}")],
      },
      examples: ["881", "Carlos", "miércoles", "881"],
    });
    assert.deepEqual(rulesOf(whole), []);
    const named = input({
      definition: {
        body: "Hola {{nombre}}, su cita es el {{fecha}} en la sede.",
        parameterFormat: "named",
      },
    });
    assert.deepEqual(rulesOf(named), []);
  });

  for (const [rule, given] of Object.entries(OFFENCES)) {
    test(`finds ${rule} in a template that breaks it`, () => {
      const findings = lintTemplate(input(given));
      const found = findings.find((finding) => finding.rule === rule);
      assert.ok(found, `found ${findings.map((one) => one.rule).join()}`);
      assert.equal(found.severity, LINT_RULES[rule as LintRule].severity);
      for (const text of [found.what.es, found.what.en, found.fix.es, found.fix.en, found.source]) {
        assert.match(text, /\S/u);
        assert.doesNotMatch(text, /\{(given|max|kind|format|wanted|words)\}/u);
      }
    });
  }

  test("says errors before warnings, and warnings before hints", () => {
    const findings = lintTemplate(
      input({ name: "Malo", category: "marketing", language: "xx", examples: [] }),
    );
    const grades = findings.map(({ severity }) => ["error", "warning", "hint"].indexOf(severity));
    assert.deepEqual(grades, grades.toSorted());
    assert.ok(new Set(grades).size === 3);
  });

  test("knows Gupshup's shorter names", () => {
    const name = "a".repeat(181);
    assert.deepEqual(errorsOf(input({ name })), []);
    assert.deepEqual(errorsOf(input({ name, provider: "gupshup" })), ["name-form"]);
  });

  test("reads texts of nothing but braces to their end", () => {
    for (const text of ["{".repeat(100_000), "{{".repeat(50_000), "{{1}}\n \n".repeat(20_000)]) {
      assert.ok(
        rulesOf(input({ definition: { body: text, footer: text, buttons: [url(text, text)] } }))
          .length > 0,
      );
    }
  });

  test("never throws, and points at a field of the template", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary", maxLength: 80 }),
      fc.stringMatching(/^[{}a-z0-9 \n1]{0,40}$/u),
    );
    const button = fc.record({
      kind: fc.constantFrom("quick_reply", "url", "phone_number", "copy_code", "otp", "other"),
      text,
      target: fc.option(text),
    });
    fc.assert(
      fc.property(
        fc.record({
          name: text,
          language: text,
          category: fc.constantFrom("marketing", "utility", "authentication"),
          definition: fc.record({
            header: fc.option(
              fc.record({
                format: fc.constantFrom("text", "image", "video", "document"),
                text: fc.option(text),
              }),
            ),
            body: text,
            footer: fc.option(text),
            buttons: fc.array(button, { maxLength: 12 }),
            parameterFormat: fc.constantFrom("positional", "named"),
          }),
          examples: fc.array(text, { maxLength: 5 }),
          hasSample: fc.boolean(),
        }),
        (given) => {
          for (const { path } of lintTemplate(given as LintInput)) {
            assert.match(
              path,
              /^(name|language|category|header\.text|sample_media_id|body|footer|examples(\.\d+)?|buttons(\.\d+\.(text|target))?)$/u,
            );
          }
        },
      ),
    );
  });

  test("lets no variable stand at an edge, beside another or without its number", () => {
    const part = fc.constantFrom("hola ", "{{1}}", "{{2}}", "{{3}}", " y ", "\n");
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 8 }), (parts) => {
        const body = parts.join("");
        const errors = new Set(
          errorsOf(input({ definition: { body }, examples: ["a", "b", "c"] })),
        );
        const numbers = [1, 2, 3].filter((number) => body.includes(`{{${number}}}`));
        const edge = /^\s*\{\{|\}\}\s*$/u.test(body);
        assert.equal(errors.has("variable-edge"), edge);
        assert.equal(errors.has("variable-adjacent"), /\}\}\s*\{\{/u.test(body));
        assert.equal(
          errors.has("variable-gap"),
          numbers.some((number, at) => number !== at + 1),
        );
      }),
    );
  });
});
