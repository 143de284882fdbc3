import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { makeOpenApi } from "@recado/contract/v1/openapi";

/* Writes docs/openapi-v1.json anew, so that a review sees what a change means for callers. A test fails while it is stale. */

const target = fileURLToPath(new URL("../../docs/openapi-v1.json", import.meta.url));
writeFileSync(target, `${JSON.stringify(makeOpenApi(), null, 2)}\n`);
console.log("Written: docs/openapi-v1.json");
