/** Files that repeat what is said elsewhere are compared with it. */
import type { FileTree } from "../tree/file-tree.ts";
import { checkDocTable } from "./doc-table.ts";
import type { TidyRule } from "./tidy-rule.ts";

const config = "packages/server/src/config.ts";
const lockFile = "package-lock.json";
const settings = "docs/settings.md";
const settingName =
  /^\s*["']?([A-Z][A-Z0-9_]{2,})["']?\s*:|\bname: "([A-Z][A-Z0-9_]{2,})"|\benv\.([A-Z][A-Z0-9_]{2,})/gm;

/** See {@link TidyRule}. As long as there is no config.ts there is nothing to compare. */
export const referenceRules: TidyRule[] = [
  {
    name: "every-setting-is-documented",
    reason: `Each setting of ${config} has a row in a table of ${settings}, its name in backticks first.`,
    check: (tree) =>
      tree.paths.includes(config)
        ? checkDocTable(tree, { path: settings, names: settingNames(tree) })
        : [],
    passes: [
      {},
      { [config]: "  PORT: integer(8080),\n", [settings]: "| `PORT` | 8080 |\n" },
      { [config]: 'port(env.PORT), { name: "HOST" }', [settings]: "| `HOST` | |\n| `PORT` | |\n" },
    ],
    fails: [
      { [config]: "  PORT: integer(8080),\n" },
      { [config]: "  PORT: integer(8080),\n", [settings]: "| `x` in prose\n" },
      { [config]: "", [settings]: "| `GONE` | 1 |\n" },
      { [config]: "  PORT: 1,\n", [settings]: "| `PORT` | 1 |\n| `PORT` | 2 |\n" },
    ],
  },
  {
    name: "lock-file-is-whole",
    reason:
      "npm ci refuses a lock file without an entry for each optional package, other machines' included; npm leaves out those that its registry did not have.",
    check: (tree) =>
      tree.paths.includes(lockFile)
        ? missingPackages(tree.read(lockFile)).map((found) => ({
            path: lockFile,
            line: null,
            found,
          }))
        : [],
    passes: [
      {},
      { [lockFile]: '{"packages":{"node_modules/a":{"optionalDependencies":{}}}}' },
      {
        [lockFile]:
          '{"packages":{"x":{"optionalDependencies":{"b":"1"}},"x/node_modules/b":{"version":"1"}}}',
      },
    ],
    fails: [{ [lockFile]: '{"packages":{"node_modules/a":{"optionalDependencies":{"b":"1"}}}}' }],
  },
];

interface LockFile {
  packages: Record<string, { optionalDependencies?: Record<string, string> }>;
}

function missingPackages(text: string): string[] {
  const { packages }: LockFile = JSON.parse(text);
  const present = new Set(Object.keys(packages).map((key) => key.replace(/^.*node_modules\//, "")));
  const wanted = Object.values(packages).flatMap((one) =>
    Object.keys(one.optionalDependencies ?? {}),
  );
  return [...new Set(wanted)].filter((name) => !present.has(name)).sort();
}

function settingNames(tree: FileTree): string[] {
  const matches = [...tree.read(config).matchAll(settingName)];
  return [...new Set(matches.map((match) => match[1] ?? match[2] ?? match[3] ?? ""))];
}
