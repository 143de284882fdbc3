import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";

/** How much JavaScript the first page may have, packed by gzip; in bytes. */
const FIRST_PAGE_BYTES_MAX = 250_000;

/** What the routes of a stranger's way to the inbox fetch, the words of one language among it. */
const PAGES = [
  "src/features/sign-in/sign-in-page.tsx",
  "src/features/inbox/inbox-page.tsx",
  "src/i18n/es.ts",
  "src/features/sign-in/i18n/es.ts",
  "src/features/inbox/i18n/es.ts",
];

/** Holds the live stream for all tabs. */
const WORKER = /live-worker-[^/]+\.js$/u;

const dist = join(import.meta.dirname, "..", "dist");
const built = existsSync(join(dist, ".vite", "manifest.json"));

test("the first page's JavaScript is below 250 KB, packed by gzip", {
  skip: !built && "not built",
}, (t) => {
  const files = listFirstPage(dist);
  const sum = files.reduce((total, { bytes }) => total + bytes, 0);
  t.diagnostic(`${Math.round(sum / 1000)} KB in ${files.length} files`);
  const list = files.map(({ path, bytes }) => `${bytes} ${path}`).join("\n");
  assert.ok(files.length > 5 && sum > 100_000, `the list is not believable:\n${list}`);
  assert.ok(sum < FIRST_PAGE_BYTES_MAX, `${sum} bytes:\n${list}`);
});

/** A file of the first page, and how many bytes of it go over the wire. */
interface FirstPageFile {
  /** As browsers ask for it: `/assets/…`. */
  path: string;
  bytes: number;
}

interface ManifestChunk {
  file: string;
  isEntry?: boolean;
  imports?: string[];
}

/**
 * The JavaScript that a browser fetches until somebody who was not signed in can use the inbox, of the console that was built
 * into `dist`: entry, sign-in and inbox with all that they import, and what the page names itself. Sizes are packed by gzip, as
 * browsers get them over plain http. An end-to-end test measures what a browser really asks for.
 */
function listFirstPage(dist: string): FirstPageFile[] {
  const manifest: Record<string, ManifestChunk | undefined> = JSON.parse(
    readFileSync(join(dist, ".vite", "manifest.json"), "utf8"),
  );
  const files = new Set(scriptsOf(readFileSync(join(dist, "index.html"), "utf8")));
  const seen = new Set<string>();
  const walk = (name: string) => {
    const chunk = manifest[name];
    if (chunk === undefined) throw new Error(`the build has no ${name}`);
    if (seen.has(name)) return;
    seen.add(name);
    if (chunk.file.endsWith(".js")) files.add(`/${chunk.file}`);
    for (const next of chunk.imports ?? []) walk(next);
  };
  const entries = Object.keys(manifest).filter((name) => manifest[name]?.isEntry === true);
  for (const name of [...entries, ...PAGES]) walk(name);
  // The shared worker is a page of its own for the build, so no chunk names it.
  for (const file of readdirSync(join(dist, "assets"))) {
    if (WORKER.test(file)) files.add(`/assets/${file}`);
  }
  return [...files].map((path) => ({
    path,
    bytes: gzipSync(readFileSync(join(dist, path)), { level: 9 }).length,
  }));
}

function scriptsOf(page: string): string[] {
  return [...page.matchAll(/<script[^>]+src="(\/[^"]+)"/gu)].flatMap(([, path]) => path ?? []);
}
