/**
 * Keeps the sources compiled. Node strips their types by a tool that takes time and some 25 MB which a process never
 * gives back; with everything in Node's compile cache it is not even loaded. Without the cache all works the same, so a
 * failure here is no failure.
 */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runQuietly } from "./quiet-command.mjs";

const sources = ["packages/contract/src", "packages/server/src", "packages/simulator/src"];
/** Together they import everything that the product imports when it runs. */
const entries = [
  "packages/server/src/compose.ts",
  "packages/server/src/demo/run-demo.ts",
  "packages/simulator/src/start-simulator.ts",
];
const warmUpMsMax = 60_000;

/** The environment that makes Node use the cache. */
export function compileCacheOf(root) {
  return { NODE_COMPILE_CACHE: join(root, "node_modules", ".cache", "recado") };
}

/** Compiles what has changed since the last time. */
export async function ensureCompiled(root, { node, signal, warmUp = importAll }) {
  const stamp = join(compileCacheOf(root).NODE_COMPILE_CACHE, "sources");
  const now = fingerprint(root);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === now) return;
  try {
    await warmUp(root, { node, signal });
    writeFileSync(stamp, now);
  } catch (error) {
    if (signal?.aborted) throw error;
  }
}

function importAll(root, { node, signal }) {
  const env = { ...process.env, ...compileCacheOf(root) };
  const imports = entries.map((path) => `await import(${JSON.stringify(join(root, path))});`);
  const code = `${imports.join("")} process.exit(0);`;
  const args = ["--disable-warning=ExperimentalWarning", "--input-type=module", "--eval", code];
  return runQuietly(node, args, { cwd: root, env, signal, limitMs: warmUpMsMax });
}

function fingerprint(root) {
  const hash = createHash("sha256").update(process.version);
  for (const folder of sources) {
    for (const name of readdirSync(join(root, folder), { recursive: true }).sort()) {
      if (!name.endsWith(".ts")) continue;
      const { size, mtimeMs } = statSync(join(root, folder, name));
      hash.update(`${name} ${size} ${mtimeMs}\n`);
    }
  }
  return hash.digest("hex");
}
