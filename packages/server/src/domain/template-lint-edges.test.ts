import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { TemplateButton, TemplateDefinition } from "./template.ts";
import { lintTemplate } from "./template-lint.ts";
import type { LintInput } from "./template-lint-input.ts";

/* Where each finding points, and that what just fits is let through. */

type Given = Partial<Omit<LintInput, "definition">> & { definition?: Partial<TemplateDefinition> };

const BODY = "Hola {{1}}, su cita es el {{2}} en nuestra sede.";
const input = (given: Given): LintInput => ({
  name: "recordatorio_cita",
  language: "es_CO",
  category: "utility",
  examples: ["Carlos", "miércoles"],
  hasSample: false,
  ...given,
  definition: {
    header: null,
    body: BODY,
    footer: null,
    buttons: [],
    parameterFormat: "positional",
    ...given.definition,
  },
});
const findings = (given: Given) => lintTemplate(input(given));
const found = (given: Given) => findings(given).map(({ rule, path }) => `${rule} ${path}`);
const saidOf = (given: Given, rule: string) =>
  findings(given).find((one) => one.rule === rule)?.what.en ?? "";

const plain = (body: string): Given => ({ definition: { body }, examples: [] });
const header = (text: string): Given => ({ definition: { header: { format: "text", text } } });
const footer = (text: string): Given => ({ definition: { footer: text } });
const buttons = (...list: TemplateButton[]): Given => ({ definition: { buttons: list } });
const quick = (text: string): TemplateButton => ({ kind: "quick_reply", text, target: null });
const url = (target: string | null, text = "Ver"): TemplateButton => ({
  kind: "url",
  text,
  target,
});
const phone = (target: string): TemplateButton => ({
  kind: "phone_number",
  text: "Llamar",
  target,
});
const copy = (text: string): TemplateButton => ({ kind: "copy_code", text, target: null });

describe("what just fits is let through", () => {
  const FITTING: Record<string, Given> = {
    "a name of 512": { name: "x".repeat(512) },
    "a name of 180 at Gupshup": { name: "x".repeat(180), provider: "gupshup" },
    "a header of 60": header("x".repeat(60)),
    "a body of 1,024": plain(`Hola ${"ñ".repeat(1019)}`),
    "ten emojis": plain(`Hola ${"😀".repeat(10)}`),
    "a footer of 60": footer("ñ".repeat(60)),
    "a button of 25": buttons(quick("ñ".repeat(25))),
    "a URL of 2,000": buttons(url(`https://x.co/${"a".repeat(1_987)}`)),
    "two URLs": buttons(url("https://x.co/", "a"), url("https://y.co/", "b")),
    "three quick replies": buttons(quick("a"), quick("b"), quick("c")),
    "a coupon's button, whose words are WhatsApp's": {
      ...buttons(copy("")),
      examples: ["Carlos", "hoy", "SOL10"],
    },
    "words twice as many as variables and one more": {
      definition: { body: "Hola {{1}}, el día {{2}} allá sí." },
    },
    "words that only a variable parts": { definition: { body: "Hola x{{1}}y{{2}}z ya" } },
    "a variable with blanks in its brackets": {
      definition: { body: BODY.replace("{{1}}", "{{ 1 }}") },
    },
    "a sibling of other words": { siblings: [{ name: "otra", body: BODY, footer: "pie" }] },
    itself: { siblings: [{ name: "recordatorio_cita", body: BODY, footer: null }] },
    "marketing with a way out": { category: "marketing", ...footer("Responda BAJA.") },
    "a twin's footer alone": { siblings: [{ name: "otra", body: "x", footer: null }] },
  };
  for (const [what, given] of Object.entries(FITTING)) {
    test(what, () => assert.deepEqual(found(given), []));
  }
});

describe("a finding names the field and what is in it", () => {
  const OFFENCES: readonly [Given, ...string[]][] = [
    [{ name: "Ñ" }, "name-form name"],
    [{ name: "x".repeat(513) }, "name-form name"],
    [{ name: "x".repeat(181), provider: "gupshup" }, "name-form name"],
    [{ language: "es-CO" }, "language-form language"],
    [{ language: "xx" }, "language-unknown language"],
    [header(" "), "header-empty header.text"],
    [header("x".repeat(61)), "header-length header.text"],
    [header("Hola 🎉"), "header-marks header.text"],
    [header("Hola *a*"), "header-marks header.text"],
    [{ definition: { header: { format: "image", text: null } } }, "header-sample sample_media_id"],
    [plain(" "), "body-empty body"],
    [plain(`Hola ${"ñ".repeat(1020)}`), "body-length body"],
    [plain("a\n\n\nb"), "body-blank-lines body"],
    [plain("a\tb"), "body-spaces body"],
    [plain(`Hola ${"😀".repeat(11)}`), "body-emojis body"],
    [footer(""), "footer-length footer"],
    [footer("x".repeat(61)), "footer-length footer"],
    [footer("a {{1}}"), "footer-variables footer"],
    [footer("a\nb"), "footer-lines footer"],
    [{ siblings: [{ name: "otra", body: BODY, footer: null }] }, "content-twice body"],
    [{ examples: ["Carlos", " "] }, "example-missing examples.1"],
    [{ examples: ["Car\nlos", "a"] }, "example-form examples.0"],
    [{ examples: ["a", "b", "c"] }, "example-count examples"],
    [{ definition: { body: "Hola {{1}}, el {{2}} allá sí." } }, "variable-ratio body"],
    [{ definition: { body: "{{1}}, su cita es el {{2}} en la sede" } }, "variable-edge body"],
    [
      { definition: { body: "Hola {{1}} {{2}}, lo esperamos en la sede" } },
      "variable-adjacent body",
    ],
    [{ definition: { body: "Hola {{1}}, su cita es el {{3}} en la sede" } }, "variable-gap body"],
    [{ ...header("Hola {{X}}"), examples: ["a", "b", "c"] }, "variable-form header.text"],
    [{ definition: { parameterFormat: "named" as const } }, "variable-mixed body"],
    [buttons({ kind: "other", text: "x", target: null }), "buttons-kind buttons"],
    [buttons(quick(" ")), "button-text-length buttons.0.text"],
    [buttons(quick("ñ".repeat(26))), "button-text-length buttons.0.text"],
    [buttons(quick("a\nb")), "button-text-form buttons.0.text"],
    [buttons(quick("a"), quick("a 🎉")), "button-text-emoji buttons.1.text"],
    [buttons(quick("a"), quick("a")), "button-text-twice buttons.1.text"],
    [buttons(url("x.co")), "url-form buttons.0.target"],
    [buttons(url(null)), "url-form buttons.0.target"],
    [buttons(url("https://")), "url-form buttons.0.target"],
    [buttons(url(`https://x.co/${"a".repeat(1_988)}`)), "url-form buttons.0.target"],
    [buttons(url("https://wa.me/57")), "url-whatsapp buttons.0.target"],
    [buttons(phone("abc")), "phone-form buttons.0.target"],
    [buttons(quick("a"), phone("57300")), "buttons-desktop buttons"],
    [buttons(...["a", "b", "c", "d"].map(quick)), "buttons-desktop buttons"],
    [
      buttons(quick("a"), url("https://x.co/"), quick("b")),
      "buttons-order buttons",
      "buttons-desktop buttons",
    ],
    [
      buttons(...Array.from({ length: 11 }, (_none, at) => quick(`a${at}`))),
      "buttons-count buttons",
      "buttons-kind-count buttons",
      "buttons-desktop buttons",
    ],
    [{ category: "marketing" }, "marketing-opt-out footer"],
    [{ category: "marketing", ...plain("Hoy hay rebajas") }, "marketing-opt-out footer"],
    [plain("Su código de verificación llega pronto"), "category-code category"],
    [plain("Hoy hay descuento en la sede"), "category-promotional category"],
  ];
  for (const [index, [given, ...expected]] of OFFENCES.entries()) {
    test(`${index + 1}: ${expected.join(", ")}`, () => assert.deepEqual(found(given), expected));
  }

  test("how much there is and how much there may be", () => {
    assert.match(saidOf(buttons(quick("ñ".repeat(26))), "button-text-length"), /26/u);
    assert.match(saidOf(footer("x".repeat(61)), "footer-length"), /61/u);
    assert.match(saidOf({ examples: ["a", "b", "c"] }, "example-count"), /3/u);
  });

  test("a variable that is written wrongly is quoted, forty characters of it at most", () => {
    const said = saidOf({ definition: { body: `Hola {{X${"y".repeat(80)}}}` } }, "variable-form");
    assert.match(said, /\{\{Xy+/u);
    assert.doesNotMatch(said, /y{40}/u);
    assert.match(
      saidOf({ definition: { body: "Hola {nombre} hoy" } }, "variable-form"),
      /\{nombre\}/u,
    );
  });
});

describe("of many buttons", () => {
  test("ten are taken, and a group of quick replies may stand at the end", () => {
    const ten = buttons(...Array.from({ length: 10 }, (_none, at) => quick(`a${at}`)));
    assert.deepEqual(found(ten), ["buttons-desktop buttons"]);
    const grouped = buttons(url("https://x.co/"), quick("a"), quick("b"));
    assert.deepEqual(found(grouped), ["buttons-desktop buttons"]);
  });
});

describe("an example that is missing", () => {
  test("is named as its variable is", () => {
    const body = "Hola {{cliente}}, su cita es el {{fecha}} en nuestra sede.";
    const named = { definition: { body, parameterFormat: "named" as const }, examples: [] };
    assert.match(saidOf(named, "example-missing"), /cliente/u);
    assert.match(saidOf({ examples: [] }, "example-missing"), /1/u);
  });
});

describe("what makes a template dear is looked for in all its texts", () => {
  test("header, body, footer and buttons", () => {
    const promo = "Oferta hoy";
    const places: Given[] = [header(promo), footer(promo), plain(promo), buttons(quick(promo))];
    for (const given of places) assert.deepEqual(found(given), ["category-promotional category"]);
  });

  test("and only what a utility says is doubted; a way out may stand in the footer", () => {
    const marketing = { category: "marketing" as const };
    assert.deepEqual(found({ ...marketing, ...footer("Oferta. Responda BAJA") }), []);
  });

  test("words of two fields are not read as one", () => {
    const given: Given = {
      definition: { header: { format: "text", text: "Ofer" }, footer: "ta", body: BODY },
    };
    assert.deepEqual(found(given), []);
  });
});

describe("a template for codes", () => {
  const otp = (text = "Copiar"): TemplateButton => ({ kind: "otp", text, target: null });
  const codes = (definition: Partial<TemplateDefinition>, examples: string[] = ["123456"]) =>
    found({
      category: "authentication",
      examples,
      definition: { body: "{{1}}", buttons: [otp()], ...definition },
    });

  test("is one button and minutes from 1 to 90, or none", () => {
    for (const fitting of [
      {},
      { body: "" },
      { body: " {{1}} " },
      { footer: "1 minuto" },
      { footer: "Expira en 90 minutos" },
      { buttons: [otp("ñ".repeat(25))] },
    ]) {
      assert.deepEqual(codes(fitting), [], JSON.stringify(fitting));
    }
    assert.deepEqual(codes({}, []), []);
  });

  test("has no header, no other button and no second one", () => {
    const parts = ["authentication-parts buttons"];
    assert.deepEqual(codes({ header: { format: "text", text: "x" } }), parts);
    for (const list of [[], [otp(), otp()], [quick("a")]]) {
      assert.deepEqual(codes({ buttons: list }), parts);
    }
  });

  test("has nobody else's words", () => {
    assert.deepEqual(codes({ body: "Su código es {{1}}" }), ["authentication-body body"]);
    assert.deepEqual(codes({ buttons: [otp("ñ".repeat(26))] }), [
      "button-text-length buttons.0.text",
    ]);
    for (const text of ["0 minutos", "91 minutos", "pronto"]) {
      assert.deepEqual(codes({ footer: text }), ["authentication-minutes footer"], text);
    }
    assert.deepEqual(codes({}, ["1", "2"]), ["example-count examples"]);
  });
});
