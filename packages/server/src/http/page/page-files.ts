import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { extname, join, relative } from "node:path";

/** A file of the built console, and its packed twins. */
export interface PageFile {
  path: string;
  bytes: number;
  type: string;
  /** Its name holds a hash of its content, so it never changes. */
  immutable: boolean;
  etag: string;
  packed: { encoding: "br" | "gzip"; path: string; bytes: number }[];
}

/** The built console: the page with a gap for its nonce, and all other files by their address. */
export interface BuiltPage {
  index: string;
  files: ReadonlyMap<string, PageFile>;
}

const TYPES: Record<string, string | undefined> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".json": "application/json; charset=utf-8",
  ".webmanifest": "application/manifest+json; charset=utf-8",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
};

/**
 * Lists what was built, once; contents stay on disk. Null when nothing was. Only what is listed can be asked for, so no address
 * leads out of the folder; the bundler's own notes (`.vite`) are not listed.
 */
export function listPageFiles(folder: string): BuiltPage | null {
  let index: string;
  try {
    index = readFileSync(join(folder, "index.html"), "utf8");
  } catch {
    return null;
  }
  const files = new Map<string, PageFile>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const type = TYPES[extname(entry.name)];
    const address = `/${relative(folder, path)}`;
    if (!entry.isFile() || type === undefined || address.startsWith("/.")) continue;
    files.set(address, describeFile(path, type, address.startsWith("/assets/")));
  }
  return { index, files };
}

function describeFile(path: string, type: string, immutable: boolean): PageFile {
  const { size } = statSync(path);
  const hash = createHash("sha256").update(readFileSync(path)).digest("base64url").slice(0, 22);
  const packed = (
    [
      ["br", ".br"],
      ["gzip", ".gz"],
    ] as const
  ).flatMap(([encoding, suffix]) => {
    const twin = statSync(path + suffix, { throwIfNoEntry: false });
    return twin === undefined ? [] : [{ encoding, path: path + suffix, bytes: twin.size }];
  });
  return { path, bytes: size, type, immutable, etag: `"${hash}"`, packed };
}
