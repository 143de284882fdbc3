import assert from "node:assert/strict";
import { it } from "node:test";
import { formatTemplateBody } from "./template-body.ts";
import { foldStatus, TEMPLATE_STATUSES } from "./template-words.ts";
import { readTemplate } from "./templates.ts";

const LISTED = {
  name: "order_ready",
  parameter_format: "POSITIONAL",
  components: [
    { type: "HEADER", format: "TEXT", text: "Pedido {{1}}" },
    { type: "BODY", text: "Hola {{1}}, tu pedido vale {{2}}." },
    { type: "FOOTER", text: "Tienda Demo" },
    {
      type: "BUTTONS",
      buttons: [
        { type: "QUICK_REPLY", text: "Confirmar" },
        { type: "URL", text: "Ver", url: "https://example.com/o/{{1}}" },
        { type: "PHONE_NUMBER", text: "Llamar", phone_number: "+573001112233" },
      ],
    },
  ],
  language: "es_CO",
  status: "APPROVED",
  category: "UTILITY",
  rejected_reason: "NONE",
  id: "1387372356726668",
};

const DEFINITION = {
  header: { format: "text", text: "Pedido {{1}}" },
  body: "Hola {{1}}, tu pedido vale {{2}}.",
  footer: "Tienda Demo",
  buttons: [
    { kind: "quick_reply", text: "Confirmar", target: null },
    { kind: "url", text: "Ver", target: "https://example.com/o/{{1}}" },
    { kind: "phone_number", text: "Llamar", target: "+573001112233" },
  ],
  parameterFormat: "positional",
} as const;

it("a listed template becomes our definition", () => {
  assert.deepEqual(readTemplate(LISTED), {
    kind: "template",
    template: {
      providerTemplateId: "1387372356726668",
      name: "order_ready",
      language: "es_CO",
      category: "utility",
      status: "approved",
      rejectedReason: null,
      definition: DEFINITION,
      quality: null,
    },
  });
});

it("a template that was submitted reads back as it was written", () => {
  const definition = { ...DEFINITION, buttons: [...DEFINITION.buttons] };
  const body = formatTemplateBody({
    name: "order_ready",
    language: "es_CO",
    category: "utility",
    definition,
    examples: ["881", "Ana", "$ 45.000", "881/track"],
    headerHandle: null,
  });
  const read = readTemplate({ ...body, id: "1", status: "PENDING" });
  assert.deepEqual(read.kind === "template" && read.template.definition, DEFINITION);
});

it("every variable of a new template has its example where Meta wants it", () => {
  const definition = { ...DEFINITION, buttons: [...DEFINITION.buttons] };
  const examples = ["881", "Ana", "$& 45.000", "$&881"];
  const template = { name: "a", language: "es", category: "utility", headerHandle: null } as const;
  const { components } = formatTemplateBody({ ...template, definition, examples });
  assert.deepEqual(components, [
    {
      type: "HEADER",
      format: "TEXT",
      text: "Pedido {{1}}",
      example: { header_text: ["881"] },
    },
    {
      type: "BODY",
      text: "Hola {{1}}, tu pedido vale {{2}}.",
      example: { body_text: [["Ana", "$& 45.000"]] },
    },
    { type: "FOOTER", text: "Tienda Demo" },
    {
      type: "BUTTONS",
      buttons: [
        { type: "QUICK_REPLY", text: "Confirmar" },
        {
          type: "URL",
          text: "Ver",
          url: "https://example.com/o/{{1}}",
          example: ["https://example.com/o/$&881"],
        },
        { type: "PHONE_NUMBER", text: "Llamar", phone_number: "+573001112233" },
      ],
    },
  ]);
});

it("the button of a code is stored as a URL and read as a code", () => {
  const read = readTemplate({
    ...LISTED,
    category: "AUTHENTICATION",
    components: [
      { type: "BODY", text: "*{{1}}* es tu código.", add_security_recommendation: true },
      {
        type: "BUTTONS",
        buttons: [
          { type: "URL", text: "Copiar", url: "https://www.whatsapp.com/otp/code/?x={{1}}" },
        ],
      },
    ],
  });
  assert.ok(read.kind === "template");
  assert.deepEqual(read.template.definition.buttons, [
    { kind: "otp", text: "Copiar", target: null },
  ]);
});

it("kinds that we cannot send are skipped and say why", () => {
  const body = { type: "BODY", text: "Hola" };
  const skipped: [string, unknown[]][] = [
    ["component CAROUSEL", [body, { type: "CAROUSEL", cards: [] }]],
    ["component LIMITED_TIME_OFFER", [body, { type: "limited_time_offer" }]],
    ["header of format GIF", [{ type: "HEADER", format: "GIF" }, body]],
    ["button of type FLOW", [body, { type: "BUTTONS", buttons: [{ type: "FLOW", text: "x" }] }]],
    ["button of type CATALOG", [body, { type: "BUTTONS", buttons: [{ type: "CATALOG" }] }]],
    ["without a body", []],
    ["with a component of no kind", [body, 7]],
  ];
  for (const [why, components] of skipped) {
    assert.deepEqual(readTemplate({ ...LISTED, components }), {
      kind: "skipped",
      name: "order_ready",
      why,
    });
  }
  assert.equal(readTemplate(null).kind, "skipped");
  assert.equal(readTemplate({ ...LISTED, category: "GENERAL" }).kind, "skipped");
});

it("only what sends is approved, and a state that we do not know does not send", () => {
  const sends = Object.keys(TEMPLATE_STATUSES).filter((word) => foldStatus(word) === "approved");
  assert.deepEqual(sends.sort(), ["APPROVED", "FLAGGED", "REINSTATED", "UNARCHIVED"]);
  const read = readTemplate({ ...LISTED, status: "HIBERNATED" });
  assert.equal(read.kind === "template" && read.template.status, "pending");
});
