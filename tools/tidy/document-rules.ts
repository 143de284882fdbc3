/** Rules about the documents: what they point to exists, and each is one document. */
import { posix } from "node:path";
import type { FileTree } from "../tree/file-tree.ts";
import type { Finding, TidyRule } from "./tidy-rule.ts";

const isDocument = (path: string): boolean => /\.md$/.test(path) && !/\/fixtures\//.test(path);
const link = /\[[^\]]*\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)/g;
const inBackticks = /`([^`\n]+)`/g;
const ownPath = /^(packages|docs|tools|e2e|bench|\.ci)\/[^\s]*$/;
/** Made by installing, building or running: not there in a fresh clone. */
const isMade = /\/(dist|node_modules|data)(\/|$)/;
const placeholder = /[<*{…]|NNNN/;

/** See {@link TidyRule}. */
export const documentRules: TidyRule[] = [
  {
    name: "links-lead-somewhere",
    reason: "The file that the link names does not exist.",
    check: (tree) =>
      findInProse(tree, (path, text) =>
        [...text.replace(inBackticks, "").matchAll(link)]
          .map((match) => match[1] ?? "")
          .filter((target) => !/^([a-z][a-z0-9+.-]*:|#)/i.test(target))
          .filter((target) => !tree.has(resolveLink(path, target))),
      ),
    passes: [
      { "README.md": "[map](docs/map.md#parts) [x](https://a.b/c) [y](#here)", "docs/map.md": "" },
      { "docs/a.md": "[up](../README.md)", "README.md": "" },
      { "docs/a.md": "```\n[x](absent.md)\n```\nWrite `[text](target)`.\n" },
    ],
    fails: [{ "README.md": "[map](docs/absent.md)" }, { "docs/a.md": "![p](picture.png)" }],
  },
  {
    name: "paths-in-documents-exist",
    reason: "A document that names files which are gone teaches the wrong house.",
    check: (tree) =>
      findInProse(tree, (_path, text) =>
        [...text.matchAll(inBackticks)]
          .map((match) => (match[1] ?? "").replace(/[:#].*$/, ""))
          .filter((name) => ownPath.test(name) && !isMade.test(name))
          .filter((name) => !tree.has(knownPart(name))),
      ),
    passes: [
      { "docs/how-to/a.md": "Edit `packages/cli/src/main.ts`.", "packages/cli/src/main.ts": "" },
      { "docs/how-to/a.md": "In `packages/cli/src/<name>/x.ts`", "packages/cli/src/main.ts": "" },
      { "docs/how-to/a.md": "See `packages/cli/dist/` after `npm test`." },
    ],
    fails: [
      { "docs/how-to/a.md": "Edit `packages/cli/src/gone.ts`." },
      { "docs/how-to/a.md": "Make `packages/absent/<name>.ts`." },
    ],
  },
  {
    name: "one-title-per-document",
    reason: "A document has one subject and begins with its name: one `# ` line.",
    check: (tree) =>
      tree.paths.filter(isDocument).flatMap((path) =>
        proseLines(tree.read(path))
          .filter(({ text }) => text.startsWith("# "))
          .slice(1)
          .map(({ text, line }) => ({ path, line, found: text })),
      ),
    passes: [{ "docs/a.md": "# A\n\n## B\n\n```sh\n# a comment\n```\n" }],
    fails: [{ "docs/a.md": "# A\n\n# B\n" }],
  },
];

function findInProse(tree: FileTree, find: (path: string, text: string) => string[]): Finding[] {
  return tree.paths
    .filter(isDocument)
    .flatMap((path) =>
      proseLines(tree.read(path)).flatMap(({ text, line }) =>
        find(path, text).map((found) => ({ path, line, found })),
      ),
    );
}

/** The lines of a document outside of fenced code, with their numbers. */
function proseLines(text: string): { text: string; line: number }[] {
  let fence: string | null = null;
  return text.split("\n").flatMap((line, index) => {
    const mark = /^\s*(```+|~~~+)/.exec(line)?.[1] ?? null;
    if (mark !== null && fence === null) fence = mark;
    else if (mark !== null && fence !== null && mark.startsWith(fence)) fence = null;
    else if (fence === null) return [{ text: line, line: index + 1 }];
    return [];
  });
}

function resolveLink(path: string, target: string): string {
  const file = decodeURIComponent(target.replace(/[#?].*$/, ""));
  const joined = file.startsWith("/") ? file.slice(1) : posix.join(posix.dirname(path), file);
  return joined.replace(/\/$/, "");
}

/** A path up to its first placeholder: of `packages/x/<name>.ts` that is `packages/x`. */
function knownPart(name: string): string {
  const segments = name.replace(/\/$/, "").split("/");
  const first = segments.findIndex((segment) => placeholder.test(segment));
  return (first === -1 ? segments : segments.slice(0, first)).join("/");
}
