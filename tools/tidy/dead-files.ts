/**
 * Modules that nobody uses. A module is used when another file names it: an import, `new URL(…)`, a path
 * in a script or a page. Being named only by its own test is not enough: that is code which only its test keeps alive.
 */
import { posix } from "node:path";
import { type FileTree, isTesting, isTypeScript } from "../tree/file-tree.ts";
import type { TidyRule } from "./tidy-rule.ts";

/** Started by people or by tools, not by an import. */
const isEntry = (path: string): boolean =>
  isTesting(path) || /(^|\/)main\.tsx?$|\/vite\.config\.ts$|^bench\/[^/]+\.ts$/.test(path);
/** Files whose every mention of a path counts, quoted or not. */
const isScript = (path: string): boolean =>
  /\.(mjs|cjs|json|html|sh|ya?ml)$|^\.ci\/|(^|\/)Dockerfile$/.test(path) &&
  !/\/fixtures\/|^package-lock\.json$/.test(path);
const quoted = /["'`]([^"'`\s]+)["'`]/g;
const mention = /[\w@./-]+\.tsx?\b/g;

/** See {@link TidyRule}. */
export const deadFileRule: TidyRule = {
  name: "no-dead-files",
  reason:
    "Nothing names this module but, at most, its own test. Use it or delete it; git keeps it.",
  check: (tree) => {
    const used = findUsed(tree);
    return tree.paths
      .filter((path) => isTypeScript(path) && !isEntry(path) && !used.has(path))
      .map((path) => ({ path, line: null, found: "unused" }));
  },
  passes: [
    { "packages/cli/src/main.ts": 'import { a } from "./a.ts";', "packages/cli/src/a.ts": "" },
    {
      "packages/cli/src/main.ts": 'import type { Demo } from "@recado/contract/demo";',
      "packages/contract/src/demo.ts": "",
    },
    { "package.json": '{ "scripts": { "x": "node tools/x.ts" } }', "tools/x.ts": "" },
    { "tools/main.ts": 'new URL("./worker.ts", import.meta.url)', "tools/worker.ts": "" },
    { "packages/web/index.html": '<script src="/src/app.tsx">', "packages/web/src/app.tsx": "" },
  ],
  fails: [
    { "packages/cli/src/main.ts": 'import "./b.ts";', "packages/cli/src/a.ts": "" },
    { "packages/cli/src/a.ts": "", "packages/cli/src/a.test.ts": 'import { a } from "./a.ts";' },
  ],
};

function findUsed(tree: FileTree): Set<string> {
  const known = new Set(tree.paths.filter(isTypeScript));
  const used = new Set<string>();
  for (const path of tree.paths) {
    for (const name of namesIn(path, tree)) {
      const target = candidates(path, name).find((candidate) => known.has(candidate));
      if (target !== undefined && target !== path && !isOwnTest(path, target)) used.add(target);
    }
  }
  return used;
}

function namesIn(path: string, tree: FileTree): string[] {
  if (isTypeScript(path))
    return [...tree.read(path).matchAll(quoted)].map((match) => match[1] ?? "");
  return isScript(path) ? (tree.read(path).match(mention) ?? []) : [];
}

function candidates(path: string, name: string): string[] {
  const folder = posix.dirname(path);
  const shared = /^@recado\/([^/]+)\/(.+)$/.exec(name);
  if (shared !== null) return [`packages/${shared[1]}/src/${shared[2]}.ts`];
  const beside = posix.join(folder, name);
  return name.startsWith(".")
    ? [beside, `${beside}.ts`, `${beside}.tsx`]
    : [posix.join(folder, name), posix.join(".", name)];
}

function isOwnTest(path: string, target: string): boolean {
  return path.replace(/(\.\w+)?\.test\.tsx?$/, "") === target.replace(/\.tsx?$/, "");
}
