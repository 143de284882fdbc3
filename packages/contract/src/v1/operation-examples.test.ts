import assert from "node:assert/strict";
import { test } from "node:test";
import { DYNAMIC_VARIABLES, EXAMPLE_VARIABLES } from "./example-variables.ts";
import { fillExample, findVariables } from "./fill-example.ts";
import type { V1Operation } from "./operation.ts";
import type { OperationExample } from "./operation-example.ts";
import { OPERATION_EXAMPLES } from "./operation-examples.ts";
import { V1_OPERATIONS } from "./operations.ts";
import { V1_TAGS } from "./tags.ts";

const operations: V1Operation[] = Object.values(V1_OPERATIONS);
const examples: [string, OperationExample][] = Object.entries(OPERATION_EXAMPLES);
const FOLDER = "packages/contract/src/v1/examples";
const exampleOf = (id: string): OperationExample => OPERATION_EXAMPLES[id] ?? { es: "" };

test("every call has an example, and every example a call", () => {
  const lacking = operations.filter(({ id }) => !OPERATION_EXAMPLES[id]);
  const rows = lacking.map(
    ({ id, body, path }) =>
      `${id}: { es: "…"${body ? ", body: {…}" : ""}${path.includes(":") ? ", params: {…}" : ""} }`,
  );
  assert.deepEqual(rows, [], `Add to a table in ${FOLDER}: ${rows.join("; ")}.`);
  const known = new Set(operations.map(({ id }) => id));
  const stale = examples.map(([id]) => id).filter((id) => !known.has(id));
  assert.deepEqual(stale, [], `There is no such call any more; take it out of ${FOLDER}.`);
});

test("every tag has a heading and a description in both languages", () => {
  const lacking = [...new Set(operations.map(({ tag }) => tag))].filter((tag) => !V1_TAGS[tag]);
  assert.deepEqual(lacking, [], "Add a row, in its place, to packages/contract/src/v1/tags.ts.");
  for (const [tag, { title, description }] of Object.entries(V1_TAGS)) {
    for (const text of [title.es, title.en, description.es, description.en]) {
      assert.ok(text.length > 2, tag);
    }
  }
});

test("an example names what its address holds, and what it sends is what the call accepts", () => {
  for (const { id, path, params, query, body } of operations) {
    const example = exampleOf(id);
    const names = [...path.matchAll(/:(\w+)/gu)].map(([, name = ""]) => name);
    assert.deepEqual(Object.keys(example.params ?? {}), names, `${id}: params, in ${FOLDER}`);
    assert.ok(example.es.length > 5, `${id}: es, in ${FOLDER}`);
    assert.equal(example.body !== undefined, body !== undefined, `${id}: body, in ${FOLDER}`);
    if (example.body !== undefined) accept(id, body, fillExample(example.body));
    if (example.params) accept(id, params, fillTexts(example.params));
    if (example.query || query) accept(id, query, fillTexts(example.query ?? {}));
  }
});

test("every variable of an example is in the table, and only captured ones are captured", () => {
  const captured = new Set(examples.flatMap(([, { captures }]) => Object.keys(captures ?? {})));
  for (const [id, example] of examples) {
    for (const name of findVariables(example)) {
      assert.ok(
        name in EXAMPLE_VARIABLES || name in DYNAMIC_VARIABLES,
        `${id}: {{${name}}} is not in packages/contract/src/v1/example-variables.ts`,
      );
    }
  }
  for (const name of captured) assert.equal(EXAMPLE_VARIABLES[name]?.from, "captured", name);
});

function accept(id: string, schema: V1Operation["body"], value: unknown): void {
  const result = schema?.safeParse(value);
  assert.ok(result?.success, `${id}: ${JSON.stringify(value)}: ${result?.error?.message}`);
}

function fillTexts(texts: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [name, `${fillExample(text)}`]),
  );
}
