import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { parse } from "yaml";
import {
  startTestSimulator,
  type TestSimulator,
  testNumber,
  until,
} from "../../testkit/start-test-simulator.ts";

// Meta's file is Meta's: it is read from where the machine has it, and is not part of this repository.
const file = process.env.META_OPENAPI;
const options = file === undefined ? { skip: "META_OPENAPI names no file" } : {};

const webhookSchema = [
  ...[
    "paths",
    "/whatsapp/webhooks",
    "post",
    "requestBody",
    "content",
    "application/json",
    "schema",
  ],
];

interface Document {
  paths: Record<string, Record<string, { responses: Record<string, unknown> }>>;
  components: { responses: Record<string, unknown>; schemas: Record<string, unknown> };
}

let simulator: TestSimulator;
let document: Document;
let ajv: Ajv2020;

before(async () => {
  if (file === undefined) return;
  document = parse(readFileSync(file, "utf8"), { maxAliasCount: -1 }) as Document;
  ajv = new Ajv2020({ strict: false, validateFormats: false });
  formats.default(ajv);
  ajv.addSchema(document, "meta");
  simulator = await startTestSimulator();
});
after(() => simulator?.close());

/** Where in the document the schema of that answer stands, as a reference. */
function referTo(path: string, method: string, status: string): string {
  const whole = `/{Version}/${path}`;
  let at = ["paths", whole, method, "responses", status];
  const response = document.paths[whole]?.[method]?.responses[status] as
    | { $ref?: string; content?: Record<string, unknown> }
    | undefined;
  assert.ok(response, `${method} ${whole} ${status} is not in Meta's file`);
  if (response.$ref !== undefined) at = response.$ref.replace("#/", "").split("/");
  const content = at.reduce<unknown>(
    (value, key) => (value as Record<string, unknown>)[key],
    document,
  ) as { content?: Record<string, unknown> };
  // Meta's file writes some answers as a bare reference to a schema.
  const rest =
    content.content === undefined ? [] : ["content", Object.keys(content.content)[0], "schema"];
  const pointer = [...at, ...rest].map((key) =>
    encodeURIComponent(String(key).replace(/~/g, "~0").replace(/\//g, "~1")),
  );
  return `meta#/${pointer.join("/")}`;
}

function check(path: string, method: string, answer: { status: number; body: unknown }): void {
  const validate = ajv.compile({ $ref: referTo(path, method, String(answer.status)) });
  assert.ok(
    validate(answer.body),
    `${method} ${path}: ${JSON.stringify(validate.errors)}\n${JSON.stringify(answer.body)}`,
  );
}

test("the answer to a send is as Meta's file has it", options, async () => {
  const answer = await simulator.send("573001112233");
  assert.equal(answer.status, 200);
  check("{Phone-Number-ID}/messages", "post", answer);
});

test("a refusal is as Meta's file has it", options, async () => {
  const answer = await simulator.send("573009132015");
  const validate = ajv.compile({ $ref: "meta#/components/schemas/GraphAPIError" });
  assert.ok(validate(answer.body), JSON.stringify(validate.errors));
});

test("upload, look-up and deletion of media answer as Meta's file has it", options, async () => {
  const form = new FormData();
  form.set("messaging_product", "whatsapp");
  form.set("type", "application/pdf");
  form.set("file", new File(["%PDF-1.4\n%%EOF\n"], "a.pdf", { type: "application/pdf" }));
  const response = await fetch(`${simulator.url}/meta/v23.0/${testNumber.id}/media`, {
    method: "POST",
    headers: { authorization: "Bearer test-token" },
    body: form,
  });
  const body = (await response.json()) as { id: string };
  check("{Phone-Number-ID}/media", "post", { status: response.status, body });
  const path = `/meta/v23.0/${body.id}`;
  check("{Media-ID}", "get", await simulator.call("GET", path));
  check("{Media-ID}", "delete", await simulator.call("DELETE", path));
});

test("templates answer as Meta's file has it", options, async () => {
  const path = `/meta/v23.0/${testNumber.wabaId}/message_templates`;
  const definition = {
    name: "checked",
    language: "es_CO",
    category: "MARKETING",
    components: [{ type: "BODY", text: "Hola." }],
  };
  const created = await simulator.call("POST", path, definition);
  check("{WABA-ID}/message_templates", "post", created);
  check("{WABA-ID}/message_templates", "get", await simulator.call("GET", path));
  const one = `/meta/v23.0/${created.body.id}`;
  check("{TEMPLATE_ID}", "get", await simulator.call("GET", one));
  await simulator.call("POST", `/sim/templates/${created.body.id}`, { status: "APPROVED" });
  check("{TEMPLATE_ID}", "post", await simulator.call("POST", one, definition));
  const gone = await simulator.call("DELETE", `${path}?name=checked`);
  check("{WABA-ID}/message_templates", "delete", gone);
});

test("numbers, the WABA and its subscription answer as Meta's file has it", options, async () => {
  const waba = `/meta/v23.0/${testNumber.wabaId}`;
  check("{Phone-Number-ID}", "get", await simulator.call("GET", `/meta/v23.0/${testNumber.id}`));
  check("{WABA-ID}", "get", await simulator.call("GET", waba));
  // Not the list of numbers: the file's states of a number are others than the documentation's.
  for (const method of ["GET", "DELETE", "POST"]) {
    const answer = await simulator.call(method, `${waba}/subscribed_apps`);
    check("{WABA-ID}/subscribed_apps", method.toLowerCase(), answer);
  }
});

// Only statuses: of inbound messages the file asks for keys that its own examples lack.
test("webhooks of statuses are as Meta's file has them", options, async () => {
  await simulator.send("573001112233");
  await simulator.send("573009131048");
  await until(() => simulator.statuses().length >= 4);
  const pointer = webhookSchema.map((key) => encodeURIComponent(key.replace(/\//g, "~1")));
  const validate = ajv.compile({ $ref: `meta#/${pointer.join("/")}` });
  const posts = simulator.callback.posts.filter((post) => post.raw.includes('"statuses":'));
  assert.ok(posts.length > 0);
  for (const post of posts) {
    assert.ok(validate(post.body), `${JSON.stringify(validate.errors)}\n${post.raw}`);
  }
});
