import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { listFirstPage } from "./first-page.ts";

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
  const pages = [...routes.matchAll(/import\("\.\/([^"]+)"\)/gu)].map(
    ([, file]) => `src/features/inbox/${file}`,
  );
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
