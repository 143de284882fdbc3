/**
 * `npm run check`: all that a reviewer would ask for and a program can see. Ends with 1 if a step fails.
 * With `--counts <file>` it also leaves `{"passed","failed"}` there.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { runSteps } from "./run-steps.ts";

const root = join(import.meta.dirname, "..", "..");
const biome = "node_modules/@biomejs/biome/bin/biome";
const tsc = "node_modules/typescript/bin/tsc";
const ownTool = (name: string): string[] => [
  "--disable-warning=ExperimentalWarning",
  `tools/${name}/main.ts`,
];

const { values } = parseArgs({ options: { counts: { type: "string" } } });
const counts = await runSteps(
  [
    // What takes longest begins first.
    { name: "types", args: [tsc, "-p", "tsconfig.json"] },
    { name: "types of the console", args: [tsc, "-p", "packages/console"] },
    { name: "style", args: [biome, "ci", "--colors=off", "."] },
    { name: "types of the telephones", args: [tsc, "-p", "packages/simulator-web"] },
    { name: "imports", args: ownTool("imports") },
    { name: "tidy", args: ownTool("tidy") },
    { name: "licences", args: ownTool("licences") },
  ],
  { cwd: root, say: console.log },
);
if (values.counts !== undefined) writeFileSync(values.counts, JSON.stringify(counts));
process.exitCode = counts.failed === 0 ? 0 : 1;
