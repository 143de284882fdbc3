/** The last step of a test run: the tests share one PostgreSQL, and somebody has to put out the light. */
import { existsSync } from "node:fs";

const testkit = new URL("../../packages/server/src/testkit/database.ts", import.meta.url);

if (existsSync(testkit)) {
  const { stopTestCluster } = await import(testkit.href);
  await stopTestCluster?.();
}
