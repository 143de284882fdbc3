import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { demoSchema } from "@recado/contract/demo";
import { makeCollection, SAMPLE_PDF } from "./make-collection.ts";
import { makeEnvironment } from "./make-environment.ts";
import { SAMPLE_FILE } from "./ws-requests.ts";

/*
 * Writes docs/postman anew; a test fails while it is stale. With `--demo data/demo.json --out <file>` it writes an
 * environment for that demonstration instead, tokens included, readable by its owner only.
 */

const { demo, out } = parseArgs({
  options: { demo: { type: "string" }, out: { type: "string" } },
}).values;

if ((demo === undefined) !== (out === undefined)) {
  throw new Error("--demo <demo.json> and --out <file> go together.");
}
if (demo !== undefined && out !== undefined) {
  const environment = makeEnvironment(demoSchema.parse(JSON.parse(readFileSync(demo, "utf8"))));
  writeFileSync(out, `${JSON.stringify(environment, null, 2)}\n`, { mode: 0o600 });
  // A file that was there keeps its mode otherwise.
  chmodSync(out, 0o600);
  console.log(`Written: ${out}. It holds tokens.`);
} else {
  const folder = join(import.meta.dirname, "..", "..", "docs", "postman");
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of [
    ["recado.postman_collection.json", makeCollection()],
    ["recado.postman_environment.json", makeEnvironment()],
  ] as const) {
    writeFileSync(join(folder, name), `${JSON.stringify(content, null, 2)}\n`);
  }
  writeFileSync(join(folder, SAMPLE_FILE), SAMPLE_PDF);
  console.log("Written: docs/postman");
}
