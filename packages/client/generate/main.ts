import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { generateSchema } from "./generate-schema.ts";

/* Writes src/v1-schema.gen.ts anew. A test fails while it is stale. */

const target = fileURLToPath(new URL("../src/v1-schema.gen.ts", import.meta.url));
writeFileSync(target, await generateSchema());
process.stdout.write("Written: packages/client/src/v1-schema.gen.ts\n");
