import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { brotliCompressSync } from "node:zlib";

const BYTES_MAX = 250 * 1024;
const root = join(import.meta.dirname, "..");
const dist = join(root, "dist");
const built = existsSync(join(dist, ".vite", "manifest.json"));

/** What the inbox's routes fetch when it is opened, the words of one language among it. */
function inboxModules(): string[] {
  const manifest: Record<string, unknown> = JSON.parse(
    readFileSync(join(dist, ".vite", "manifest.json"), "utf8"),
  );
  const routes = readFileSync(join(root, "src/features/inbox/routes.tsx"), "utf8");
  const page = /path: "\/",[^}]*?import\("\.\/([^"]+)"\)/su.exec(routes)?.[1];
  assert.ok(page, "the inbox's route is not found");
  const pages = [`src/features/inbox/${page}`];
  const words = ["src/i18n/es.ts", "src/features/inbox/i18n/es.ts"].filter(
    (name) => name in manifest,
  );
  return [...pages, ...words];
}

test("the first page's JavaScript is below 250 KB, packed", {
  skip: !built && "not built",
}, (t) => {
  const files = listFirstPage(dist, inboxModules());
  const sum = files.reduce((total, { bytes }) => total + bytes, 0);
  t.diagnostic(`${Math.round(sum / 1024)} KB in ${files.length} files`);
  const list = files.map(({ file, bytes }) => `${bytes} ${file}`).join("\n");
  assert.ok(files.length > 1 && sum > 50_000, `the list is not believable:\n${list}`);
  assert.ok(sum <= BYTES_MAX, `${sum} bytes:\n${list}`);
});

interface ManifestChunk {
  file: string;
  isEntry?: boolean;
  imports?: string[];
  dynamicImports?: string[];
}

/** A part of the first page, and how many bytes of it go over the wire. */
interface FirstPageFile {
  file: string;
  bytes: number;
}

/**
 * The JavaScript that a browser needs until it shows the inbox, of a built console: entry, the inbox's page with all that they
 * import, and the words of one language. `inbox` are modules as the manifest names them. Sizes are packed by Brotli, as
 * browsers get them over https.
 */
function listFirstPage(dist: string, inbox: readonly string[]): FirstPageFile[] {
  const manifest: Record<string, ManifestChunk | undefined> = JSON.parse(
    readFileSync(join(dist, ".vite", "manifest.json"), "utf8"),
  );
  const seen = new Map<string, ManifestChunk>();
  const walk = (name: string) => {
    const chunk = manifest[name];
    if (chunk === undefined) throw new Error(`the build has no ${name}`);
    if (seen.has(name)) return;
    seen.set(name, chunk);
    for (const next of chunk.imports ?? []) walk(next);
  };
  const entries = Object.keys(manifest).filter((name) => manifest[name]?.isEntry === true);
  for (const name of [...entries, ...inbox]) walk(name);
  return [...seen.values()]
    .filter(({ file }) => file.endsWith(".js"))
    .map(({ file }) => ({
      file,
      bytes: brotliCompressSync(readFileSync(join(dist, file))).length,
    }));
}
