/**
 * Builds the browser pages whose sources have changed since their last build. "Changed" is judged by content:
 * a checkout touches every file, and a warm start must cost nothing.
 */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { withLock } from "./process-lock.mjs";
import { runQuietly } from "./quiet-command.mjs";

const pages = ["packages/simulator-web", "packages/console"];
const alsoFrom = ["packages/contract/src", "package-lock.json"];
const notSources = new Set(["node_modules", "dist"]);
const buildMsMax = 5 * 60_000;

/** Brings `dist/` of every page up to date; does nothing for a page that has no `index.html`. */
export async function ensurePagesBuilt(
  root,
  { node, say = console.log, signal, build = viteBuild },
) {
  for (const page of pages) {
    const folder = join(root, page);
    if (!existsSync(join(folder, "index.html")) || isBuilt(root, folder)) continue;
    const lock = join(root, ".cache", "build.lock");
    await withLock(lock, () => buildUnlessDone(root, folder, { node, say, signal, build }), {
      signal,
    });
  }
}

async function buildUnlessDone(root, folder, { node, say, signal, build }) {
  if (isBuilt(root, folder)) return;
  const startedAtMs = Date.now();
  say(`recado: building ${relative(root, folder)} …`);
  const before = fingerprint(root, folder);
  // Without this, a build that is cut short would leave half a page that looks whole.
  rmSync(stampPath(folder), { force: true });
  await build(folder, { root, node, signal });
  writeFileSync(stampPath(folder), before);
  say(`recado: built in ${((Date.now() - startedAtMs) / 1000).toFixed(1)} s`);
}

function viteBuild(folder, { root, node, signal }) {
  const vite = join(root, "node_modules", "vite", "bin", "vite.js");
  return runQuietly(node, [vite, "build"], { cwd: folder, signal, limitMs: buildMsMax });
}

function isBuilt(root, folder) {
  const stamp = stampPath(folder);
  return existsSync(stamp) && readFileSync(stamp, "utf8") === fingerprint(root, folder);
}

function fingerprint(root, folder) {
  const hash = createHash("sha256");
  const sources = [folder, ...alsoFrom.map((path) => join(root, path))].flatMap(filesBelow);
  for (const file of sources) {
    hash
      .update(`${relative(root, file)}\0`)
      .update(readFileSync(file))
      .update("\0");
  }
  return hash.digest("hex");
}

function filesBelow(path) {
  if (!existsSync(path)) return [];
  let entries;
  try {
    entries = readdirSync(path, { withFileTypes: true });
  } catch (error) {
    if (error.code === "ENOTDIR") return [path];
    throw error;
  }
  return entries
    .filter((entry) => !notSources.has(entry.name) && !/\.test\.tsx?$/.test(entry.name))
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      const inner = join(path, entry.name);
      return entry.isDirectory() ? filesBelow(inner) : [inner];
    });
}

function stampPath(folder) {
  return join(folder, "dist", ".recado-sources");
}
