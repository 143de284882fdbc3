import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { EXAMPLE_VARIABLES } from "@recado/contract/v1/example-variables";
import { findVariables } from "@recado/contract/v1/fill-example";
import { V1_OPERATIONS } from "@recado/contract/v1/operations";
import { GIVEN_VARIABLES } from "./given-variables.ts";
import { makeCollection } from "./make-collection.ts";
import { makeEnvironment } from "./make-environment.ts";
import type { PostmanFolder, PostmanRequest } from "./postman-format.ts";

const FOLDER = join(import.meta.dirname, "..", "..", "docs", "postman");
const STALE = "node tools/postman/main.ts writes it anew";
const readJson = (name: string): unknown => JSON.parse(readFileSync(join(FOLDER, name), "utf8"));
const collection = makeCollection();

test("docs/postman holds what the tables of calls and examples make", () => {
  assert.deepEqual(readJson("recado.postman_collection.json"), collection, STALE);
  assert.deepEqual(readJson("recado.postman_environment.json"), makeEnvironment(), STALE);
});

test("every call of /v1 is there, once in the folder of its tag, and every request has an id of its own", () => {
  const ids = collection.item.flatMap(listRequests).map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
  for (const id of Object.keys(V1_OPERATIONS)) assert.ok(ids.includes(`v1-${id}`), id);
});

test("every request is judged by a script, and uses no variable that nobody fills", () => {
  const known = new Set([
    ...Object.keys(GIVEN_VARIABLES),
    ...collection.variable.map(({ key }) => key),
    ...Object.keys(EXAMPLE_VARIABLES).filter(
      (name) => EXAMPLE_VARIABLES[name]?.from === "reckoned",
    ),
  ]);
  for (const { id, request, event } of collection.item.flatMap(listRequests)) {
    assert.ok(
      event.some(({ listen }) => listen === "test"),
      id,
    );
    for (const name of findVariables(request)) {
      assert.ok(known.has(name) || name.startsWith("$"), `${id}: {{${name}}}`);
    }
  }
  for (const [name, { from }] of Object.entries(EXAMPLE_VARIABLES)) {
    if (from === "given") {
      assert.ok(name in GIVEN_VARIABLES, `Add ${name} to tools/postman/given-variables.ts.`);
    }
  }
});

test("every variable that an answer should fill is filled by one", () => {
  const scripts = JSON.stringify(collection.item);
  for (const [name, { from }] of Object.entries(EXAMPLE_VARIABLES)) {
    if (from === "captured") assert.ok(scripts.includes(`set(\\"${name}\\"`), name);
  }
});

test("the committed environment holds no secret", () => {
  const secrets = makeEnvironment().values.filter(({ type }) => type === "secret");
  assert.deepEqual(
    secrets.map(({ key, value }) => [key, value]),
    [
      ["token", ""],
      ["api_token", ""],
    ],
  );
});

function listRequests(item: PostmanFolder | PostmanRequest): PostmanRequest[] {
  return "item" in item ? item.item.flatMap(listRequests) : [item];
}
