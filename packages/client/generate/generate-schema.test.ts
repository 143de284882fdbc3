import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { generateSchema } from "./generate-schema.ts";

test("the client's types are those of today's calls (node packages/client/generate/main.ts makes them anew)", async () => {
  const written = readFileSync(new URL("../src/v1-schema.gen.ts", import.meta.url), "utf8");
  assert.ok(written === (await generateSchema()), "packages/client/src/v1-schema.gen.ts is stale");
});
