import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { listFiles } from "./list-files.ts";

/** The repository's files as the rules see them; paths are below the root and use `/`. */
export interface FileTree {
  paths: string[];
  /** The text of a file of `paths`. */
  read: (path: string) => string;
  sizeBytes: (path: string) => number;
  /** Whether there is such a file or folder. */
  has: (path: string) => boolean;
}

/** The tree on disk below `root`. Texts are read once. */
export function openFileTree(root: string): FileTree {
  const texts = new Map<string, string>();
  const read = (path: string): string => {
    const text = texts.get(path) ?? readFileSync(join(root, path), "utf8");
    texts.set(path, text);
    return text;
  };
  return {
    paths: listFiles(root),
    read,
    sizeBytes: (path) => statSync(join(root, path)).size,
    has: (path) => existsSync(join(root, path)),
  };
}

/** A tree in memory, for examples. */
export function makeFileTree(files: Record<string, string>): FileTree {
  const paths = Object.keys(files).sort();
  return {
    paths,
    read: (path) => files[path] ?? "",
    sizeBytes: (path) => Buffer.byteLength(files[path] ?? ""),
    has: (path) => paths.some((file) => file === path || file.startsWith(`${path}/`)),
  };
}

/** A module in TypeScript, tests included. */
export function isTypeScript(path: string): boolean {
  return /\.tsx?$/.test(path) && !/\.d\.ts$/.test(path);
}

/** A test or what only tests use. */
export function isTesting(path: string): boolean {
  return /\.test\.(tsx?|mjs)$|\/testkit\/|^e2e\/|\/fixtures\//.test(path);
}
