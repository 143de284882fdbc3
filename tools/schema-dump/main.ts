import { writeFile } from "node:fs/promises";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { dumpSchema } from "../../packages/server/src/storage/schema-dump.ts";
import { openTestDatabase, stopTestCluster } from "../../packages/server/src/testkit/database.ts";

/*
 * Writes packages/server/src/storage/schema.sql anew: the schema that the migrations make, on one page, so that a review sees
 * what a migration changes and nobody has to add twenty files up in the head. A test fails while the page is stale.
 */

const target = fileURLToPath(
  new URL("../../packages/server/src/storage/schema.sql", import.meta.url),
);
const database = await openTestDatabase();
try {
  await writeFile(target, await dumpSchema(database.pool));
  console.log(`Written: ${relative(process.cwd(), target)}`);
} finally {
  await database.close();
  await stopTestCluster();
}
