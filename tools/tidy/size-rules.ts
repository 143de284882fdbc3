/** Rules about how big a file may be. */
import { isTypeScript } from "../tree/file-tree.ts";
import type { TidyRule } from "./tidy-rule.ts";

const fileLinesMax = 400;
const blobBytesMax = 1024 * 1024;
const isLimited = (path: string): boolean =>
  (isTypeScript(path) || /\.(mjs|css)$/.test(path)) &&
  !/\.test\.\w+$|\/fixtures\/|\.gen\.\w+$/.test(path);

/** See {@link TidyRule}. */
export const sizeRules: TidyRule[] = [
  {
    name: "one-idea-per-file",
    reason: `A file of more than ${fileLinesMax} lines holds two ideas; give each its file.`,
    check: (tree) =>
      tree.paths
        .filter(isLimited)
        .map((path) => ({ path, lines: tree.read(path).trimEnd().split("\n").length }))
        .filter(({ lines }) => lines > fileLinesMax)
        .map(({ path, lines }) => ({ path, line: null, found: `${lines} lines` })),
    passes: [
      { "packages/server/src/domain/phone.ts": "x\n".repeat(fileLinesMax) },
      { "packages/server/src/domain/phone.test.ts": "x\n".repeat(fileLinesMax + 1) },
      { "packages/server/src/storage/schema.gen.ts": "x\n".repeat(fileLinesMax + 1) },
    ],
    fails: [{ "packages/server/src/domain/phone.ts": "x\n".repeat(fileLinesMax + 1) }],
  },
  {
    name: "no-large-blobs",
    reason: "A clone carries every version for ever. Make it smaller, or make it at build time.",
    check: (tree) =>
      tree.paths
        .filter((path) => tree.sizeBytes(path) > blobBytesMax)
        .map((path) => ({ path, line: null, found: `${tree.sizeBytes(path)} bytes` })),
    passes: [{ "docs/picture.png": "x".repeat(blobBytesMax) }],
    fails: [{ "docs/picture.png": "x".repeat(blobBytesMax + 1) }],
  },
];
