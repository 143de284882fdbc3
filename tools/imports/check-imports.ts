/**
 * Holds the import rules of `.dependency-cruiser.cjs`.
 *
 * The tool behind it can pass in silence: with a compiler that it does not know, or a pattern gone wrong, it sees no modules
 * and finds nothing to complain of. So every source file that it has not looked at is an offence too.
 */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { listFiles } from "../tree/list-files.ts";

/** One import that may not be, or one file that was not looked at (rule `seen-by-the-checker`, no `to`). */
export interface ImportOffence {
  rule: string;
  /** Path below the root. */
  from: string;
  to: string | null;
  /** What to do about it. */
  advice: string;
}

interface Report {
  modules: { source: string }[];
  summary: { violations: { from: string; to: string; rule: { name: string } }[] };
}

const folders = ["packages", "tools", "e2e", "bench"];
const isSource = /^(packages|tools|e2e|bench)\/.*\.(ts|tsx|mjs)$/;
const notLookedAt = /\.d\.m?ts$|(^|\/)(dist|fixtures|node_modules)\//;
const reportBytesMax = 256 * 1024 * 1024;

/** The offences in the tree below `root`, by the rules in the file `config`. */
export async function checkImports(root: string, config: string): Promise<ImportOffence[]> {
  const report = await cruise(root, config);
  const seen = new Set(report.modules.map((module) => module.source));
  const advice = adviceByRule(config);
  const forbidden = report.summary.violations.map(({ rule, from, to }) => ({
    rule: rule.name,
    from,
    to,
    advice: advice.get(rule.name) ?? "",
  }));
  const unseen = listFiles(root)
    .filter((path) => isSource.test(path) && !notLookedAt.test(path) && !seen.has(path))
    .map((from) => ({
      rule: "seen-by-the-checker",
      from,
      to: null,
      advice: "dependency-cruiser did not look at this file, so no rule holds in it.",
    }));
  return [...forbidden, ...unseen];
}

/** The names of all rules in the file `config`. */
export function ruleNames(config: string): string[] {
  return [...adviceByRule(config).keys()];
}

async function cruise(root: string, config: string): Promise<Report> {
  const library = import.meta.resolve("dependency-cruiser");
  const cli = fileURLToPath(new URL("../../bin/dependency-cruiser.mjs", library));
  const present = folders.filter((folder) => existsSync(join(root, folder)));
  const args = [cli, "--config", config, "--output-type", "json", "--no-progress", ...present];
  const options = { cwd: root, maxBuffer: reportBytesMax };
  // With `json` it ends with 0 whatever it finds; anything else is a failure of the tool itself.
  const { stdout } = await promisify(execFile)(process.execPath, args, options);
  return JSON.parse(stdout);
}

function adviceByRule(config: string): Map<string, string> {
  const rules: { forbidden: { name: string; comment: string }[] } = createRequire(import.meta.url)(
    config,
  );
  return new Map(rules.forbidden.map(({ name, comment }) => [name, comment]));
}
