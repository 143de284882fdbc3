import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { newMessage } from "@recado/contract/v1/messages";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import fc from "fast-check";
import { parse } from "yaml";
import { formatSendBody } from "../cloud-wire/send-body.ts";
import { formatTemplateBody } from "../cloud-wire/template-body.ts";
import { type JsonRecord, recordOf } from "../cloud-wire/untrusted-json.ts";
import { sendCases } from "./conformance-sends.ts";

/**
 * Our requests against Meta's own OpenAPI file (v23), whose place `META_OPENAPI` names. The file is
 * applied as strictly as it can be; where it contradicts itself or Meta's documents, {@link loosen}
 * changes it before use, and this is the whole list:
 *
 * 1. Each message is `allOf` [common fields, own fields with `additionalProperties: false`], which no
 *    message can satisfy. Unknown fields are refused for both together instead.
 * 2. `biz_opaque_callback_data` is missing from the common fields.
 * 3. A button's `index` has the pattern `^[2-6, 11-14]$` (one character, never 0). Two digits at most.
 * 4. `copy_code` buttons and `coupon_code` parameters are missing.
 * 5. Discriminators mean nothing to a JSON Schema validator: a reference to the general component or
 *    parameter stands for exactly one of its kinds.
 * 6. A media object's `id` and `link` are taken to be all it may hold, besides `caption` and `filename`.
 * 7. The interactive kinds `cta_url` and `location_request_message` are missing, and their actions.
 * 8. Location parameters of a template's header are missing; they hold what a location message holds.
 */
const path = process.env.META_OPENAPI;
const skip = path === undefined ? "META_OPENAPI does not name Meta's OpenAPI file" : false;

/** What is checked of a new template: the file has no schema worth the name, but it has examples. */
const TEMPLATES = "/{Version}/{WABA-ID}/message_templates";

describe("requests against Meta's OpenAPI file", { skip }, () => {
  const api = path === undefined ? {} : loosen(parse(readFileSync(path, "utf8")));
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
  ajv.addSchema({ $id: "meta", ...api });
  const pointer = (...keys: string[]) =>
    `meta#/${keys.map((key) => key.replaceAll("/", "~1")).join("/")}`;
  const compile = (reference: string) => ajv.compile({ $ref: encodeURI(reference) });
  const checkMessage = compile(pointer("components", "schemas", "Message"));
  const content = ["requestBody", "content", "application/json", "schema"];
  const checkTemplate = compile(pointer("paths", TEMPLATES, "post", ...content));

  for (const { shows, content } of sendCases) {
    it(`${shows.join(", ")} is a message by Meta's file`, () => {
      accept(checkMessage, formatSendBody({ to: "573001234567", opaque: "019a", content }));
    });
  }

  it("whatever buttons and lists /v1 takes are messages by Meta's file", () => {
    fc.assert(
      fc.property(INTERACTIVE, (interactive) => {
        const taken = newMessage.safeParse({ mobile: "573001234567", interactive });
        assert.ok(taken.success, JSON.stringify(taken.error?.issues));
        const content = {
          ...({ type: "interactive", interactive: taken.data.interactive ?? NOTHING } as const),
          ...{ media: null, replyTo: null },
        };
        accept(checkMessage, formatSendBody({ to: "573001234567", opaque: "019a", content }));
      }),
      { numRuns: 50 },
    );
  });

  it("what is no message by Meta's file is refused, or these tests prove nothing", () => {
    const good = formatSendBody({
      to: "573001234567",
      opaque: "019a",
      content: { type: "text", body: "hola", replyTo: null },
    });
    accept(checkMessage, good);
    const template = { name: "a", language: { code: "es", policy: "deterministic" } };
    const withComponent = (component: unknown) => ({
      ...good,
      text: undefined,
      type: "template",
      template: { ...template, components: [component] },
    });
    const url = { type: "button", sub_type: "url", index: "0" };
    const suffix = { type: "text", text: "x" };
    accept(checkMessage, plain(withComponent({ ...url, parameters: [suffix] })));
    for (const body of [
      { ...good, to: 573001234567 },
      { ...good, bodytext: "x" },
      { ...good, type: "image" },
      { ...good, type: "image", text: undefined, image: { id: "1", link: "https://x.co" } },
      withComponent({ type: "header", parameters: [{ type: "image", image: {} }] }),
      withComponent({ type: "body", parameters: [{ type: "text" }] }),
      withComponent({ ...url, parameters: [] }),
      withComponent({ ...url, index: 0, parameters: [suffix] }),
      withComponent({ type: "header", parameters: [{ type: "location", location: {} }] }),
      { ...good, type: "interactive", text: undefined, interactive: { type: "button" } },
      {
        ...good,
        type: "interactive",
        text: undefined,
        interactive: { type: "cta_url", body: { text: "x" }, action: { name: "cta_url" } },
      },
    ]) {
      assert.equal(checkMessage(plain(body)), false, JSON.stringify(body));
    }
  });

  it("a new template fits Meta's file and uses no name that its examples do not", () => {
    const known = namesIn(recordOf(recordOf(recordOf(api.paths)?.[TEMPLATES])?.post)?.requestBody);
    // Documented since (fact sheet §5.4); the file is of v23.
    for (const name of ["parameter_format", "body_text_named_params", "param_name"])
      known.add(name);
    for (const { content } of sendCases) {
      if (content.type !== "template") continue;
      const media = ["image", "video", "document"].includes(
        content.definition.header?.format ?? "",
      );
      const body = formatTemplateBody({
        ...content,
        examples: content.variables,
        headerHandle: media ? "4::aW1h" : null,
      });
      accept(checkTemplate, body);
      for (const name of namesIn(body)) {
        assert.ok(known.has(name) || name === "header_text_named_params", name);
      }
    }
  });
});

const NOTHING = { type: "location_request", body: "" } as const;

/** A text of 1 to `max` characters of one code point each, none of them blank. */
const line = (max: number) =>
  fc
    .array(fc.constantFrom("a", "ñ", "字", "👍", "*"), { minLength: 1, maxLength: max })
    .map((parts) => parts.join(""));
const around = { body: line(1_024), header: line(60), footer: line(60) };

/** Buttons and lists at and below their limits. */
const INTERACTIVE = fc.oneof(
  fc.record({
    ...around,
    type: fc.constant("buttons"),
    buttons: fc
      .array(fc.record({ id: line(250), title: line(19) }), { minLength: 1, maxLength: 3 })
      .map((all) => all.map(({ id, title }, at) => ({ id: id + at, title: title + at }))),
  }),
  fc.record({
    ...around,
    type: fc.constant("list"),
    button: line(20),
    sections: fc
      .array(fc.record({ title: line(24), row: line(24), description: line(72), id: line(190) }), {
        minLength: 1,
        maxLength: 10,
      })
      .map((all) =>
        all.map(({ title, row, description, id }, at) => ({
          title,
          rows: [{ id: id + at, title: row, description }],
        })),
      ),
  }),
);

/** As it goes over the wire. */
function plain(body: unknown): unknown {
  return JSON.parse(JSON.stringify(body));
}

function accept(check: ValidateFunction, body: unknown): void {
  assert.ok(check(body), JSON.stringify({ body, errors: check.errors }, null, 2));
}

function loosen(document: unknown): JsonRecord {
  const api = recordOf(document) ?? {};
  const schemas = recordOf(recordOf(api.components)?.schemas) ?? {};
  const kinds = generalSchemas(schemas);
  const common = recordOf(recordOf(schemas.BaseMessageProperties)?.properties) ?? {};
  common.biz_opaque_callback_data = { type: "string", maxLength: 512 };
  const media = recordOf(schemas.MediaObject) ?? {};
  media.properties = {
    id: {},
    link: {},
    caption: { type: "string" },
    filename: { type: "string" },
  };
  media.additionalProperties = false;
  for (const name of ["TemplateComponent", "ButtonComponent"]) {
    walk(schemas[name], (schema) => {
      if (schema.pattern === "^[2-6, 11-14]$") schema.pattern = "^[0-9]{1,2}$";
      if (Array.isArray(schema.enum) && schema.enum.includes("url")) schema.enum.push("copy_code");
    });
  }
  addCouponCode(schemas);
  addActions(schemas);
  addLocationParameter(schemas);
  for (const schema of Object.values(schemas)) {
    walk(schema, (part) => refuseUnknown(part));
    walk(schema, (part) => pointToKinds(part, kinds));
  }
  for (const [name, mapping] of kinds) schemas[`${name}Kind`] = { oneOf: mapping };
  return api;
}

/** Schemas that are but the common part of several kinds, and these kinds. */
function generalSchemas(schemas: JsonRecord): Map<string, { $ref: string }[]> {
  return new Map(
    Object.entries(schemas).flatMap(([name, schema]) => {
      const mapping = recordOf(recordOf(recordOf(schema)?.discriminator)?.mapping);
      if (mapping === null || recordOf(schema)?.oneOf !== undefined) return [];
      const kinds = [...new Set(Object.values(mapping))].map(($ref) => ({ $ref: String($ref) }));
      if (name === "ParameterObject") {
        kinds.push({ $ref: "#/components/schemas/LocationParameter" });
      }
      if (name === "ButtonParameterObject") {
        kinds.push({ $ref: "#/components/schemas/CouponCodeParameter" });
      }
      return [[name, kinds] as const];
    }),
  );
}

function addCouponCode(schemas: JsonRecord): void {
  walk(schemas.ButtonParameterObject, (schema) => {
    if (Array.isArray(schema.enum)) schema.enum.push("coupon_code");
  });
  schemas.CouponCodeParameter = {
    type: "object",
    required: ["type", "coupon_code"],
    properties: { type: { const: "coupon_code" }, coupon_code: { type: "string", maxLength: 20 } },
  };
}

function addActions(schemas: JsonRecord): void {
  const interactive = recordOf(recordOf(schemas.InteractiveObject)?.properties);
  const types = recordOf(interactive?.type)?.enum;
  if (Array.isArray(types)) types.push("cta_url", "location_request_message");
  const actions = recordOf(schemas.ActionObject)?.oneOf;
  if (!Array.isArray(actions)) return;
  const text = { type: "string" };
  const parameters = {
    type: "object",
    required: ["display_text", "url"],
    additionalProperties: false,
    properties: { display_text: { ...text, maxLength: 20 }, url: text },
  };
  actions.push(
    { required: ["name", "parameters"], properties: { name: { const: "cta_url" }, parameters } },
    {
      required: ["name"],
      additionalProperties: false,
      properties: { name: { const: "send_location" } },
    },
  );
}

function addLocationParameter(schemas: JsonRecord): void {
  const message = recordOf(schemas.LocationMessage)?.allOf;
  const own = recordOf(Array.isArray(message) ? message[1] : null);
  schemas.LocationParameter = {
    type: "object",
    required: ["type", "location"],
    properties: {
      type: { const: "location" },
      location: {
        ...recordOf(recordOf(own?.properties)?.location),
        required: ["latitude", "longitude", "name", "address"],
      },
    },
  };
}

/** `additionalProperties: false` inside `allOf` becomes `unevaluatedProperties: false` outside. */
function refuseUnknown(schema: JsonRecord): void {
  if (!Array.isArray(schema.allOf)) return;
  for (const part of schema.allOf.map(recordOf)) {
    if (part?.additionalProperties !== false) continue;
    delete part.additionalProperties;
    schema.unevaluatedProperties = false;
  }
}

/** References to a general schema, except as the common part of a kind, mean one of the kinds. */
function pointToKinds(schema: JsonRecord, kinds: Map<string, unknown>): void {
  for (const key of ["items", "properties"]) {
    walk(schema[key], (part) => {
      const name = String(part.$ref ?? "").replace("#/components/schemas/", "");
      if (kinds.has(name)) part.$ref = `#/components/schemas/${name}Kind`;
    });
  }
}

function walk(value: unknown, visit: (schema: JsonRecord) => void): void {
  if (Array.isArray(value)) for (const item of value) walk(item, visit);
  const record = recordOf(value);
  if (record === null) return;
  visit(record);
  for (const inner of Object.values(record)) walk(inner, visit);
}

function namesIn(value: unknown): Set<string> {
  const names = new Set<string>();
  walk(value, (record) => {
    for (const name of Object.keys(record)) names.add(name);
  });
  return names;
}
