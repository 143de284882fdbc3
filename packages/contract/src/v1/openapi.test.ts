import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { makeOpenApi } from "./openapi.ts";
import type { V1Operation } from "./operation.ts";
import { V1_OPERATIONS } from "./operations.ts";

const FILE = new URL("../../../../docs/openapi-v1.json", import.meta.url);
const operations: [string, V1Operation][] = Object.entries(V1_OPERATIONS);

test("docs/openapi-v1.json is what the schemas make (node tools/openapi/main.ts writes it anew)", () => {
  assert.deepEqual(JSON.parse(readFileSync(FILE, "utf8")), makeOpenApi());
});

test("every reference of the document leads to a component, and every component is referred to", () => {
  const document = makeOpenApi() as { components: { schemas: Record<string, unknown> } };
  const text = JSON.stringify(document);
  const named = [...text.matchAll(/"#\/components\/schemas\/(\w+)"/gu)].map(([, name]) => name);
  const known = Object.keys(document.components.schemas);
  assert.deepEqual([...new Set(named)].toSorted(), known.toSorted());
});

test("every call is named once, asks for a scope, and names what its address holds", () => {
  const places = operations.map(([, { method, path }]) => `${method} ${path}`);
  assert.equal(new Set(places).size, places.length);
  for (const [name, { id, path, params }] of operations) {
    assert.equal(id, name);
    const named = [...path.matchAll(/:(\w+)/gu)].map(([, place]) => place);
    assert.deepEqual(Object.keys(params?.shape ?? {}), named, path);
  }
});

test("every answer and every body has a name, for whoever makes a client of the document", () => {
  const { paths } = makeOpenApi() as { paths: Record<string, Record<string, unknown>> };
  for (const [path, methods] of Object.entries(paths)) {
    const bodies = [
      ...JSON.stringify(methods).matchAll(/"application\/json":\{"schema":(\{[^{]*)/gu),
    ];
    for (const [, schema = ""] of bodies) assert.match(schema, /^\{"\$ref"/u, path);
  }
});

test("every parameter of a call's query is in the document", () => {
  const { paths } = makeOpenApi() as {
    paths: Record<string, Record<string, { parameters?: { name: string; in: string }[] }>>;
  };
  for (const [, { id, method, path, query }] of operations) {
    const place = `/v1${path.replace(/:(\w+)/gu, "{$1}")}`;
    const { parameters = [] } = paths[place]?.[method.toLowerCase()] ?? {};
    const shown = parameters.filter((one) => one.in === "query").map(({ name }) => name);
    assert.deepEqual(shown, Object.keys(query?.shape ?? {}), id);
  }
});
