/**
 * `node tools/audit/main.ts [--counts <file>]`: asks the registry for advisories on what is shipped. Ends with 1 if one is
 * high or critical. A registry without advisories is said, and counts as skipped.
 */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { readAudit } from "./read-audit.ts";

const limitMs = 60_000;
const { values } = parseArgs({ options: { counts: { type: "string" } } });
const { stdout } = spawnSync("npm", ["audit", "--omit=dev", "--json"], {
  cwd: join(import.meta.dirname, "..", ".."),
  encoding: "utf8",
  timeout: limitMs,
});
const outcome = readAudit(stdout ?? "");
switch (outcome.kind) {
  case "clean":
    console.log(`no high or critical advisory (${outcome.lesser} lesser)`);
    break;
  case "unavailable":
    console.log(`dependencies were NOT audited: ${outcome.why}`);
    break;
  case "vulnerable":
    for (const { name, severity, titles } of outcome.findings) {
      console.log(`${name}: ${severity}\n    ${titles.join("\n    ")}`);
    }
}
const counts = {
  passed: outcome.kind === "clean" ? 1 : 0,
  failed: outcome.kind === "vulnerable" ? 1 : 0,
  skipped: outcome.kind === "unavailable" ? 1 : 0,
};
if (values.counts !== undefined) writeFileSync(values.counts, JSON.stringify(counts));
process.exitCode = counts.failed;
