/** What `npm start` and `npm run dev` have in common: prepare the clone, run server and simulator, say where they are. */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { announceWhenReady } from "./announce-when-ready.mjs";
import { compileCacheOf, ensureCompiled } from "./ensure-compiled.mjs";
import { ensureInstalled } from "./ensure-installed.mjs";
import { ensurePagesBuilt } from "./ensure-pages-built.mjs";
import { runChildren } from "./run-children.mjs";
import { stopOnSignals } from "./stop-signal.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const simulatorRestartsMax = 5;

/**
 * Runs the product in demonstration mode until it is told to stop, and gives the exit code. With `watch` the server
 * starts anew whenever one of its files changes, and its crashes end nothing.
 */
export async function runProduct({ watch = false } = {}) {
  const stop = stopOnSignals();
  try {
    const node = await ensureInstalled(root, { signal: stop });
    await ensurePagesBuilt(root, { node, signal: stop });
    await ensureCompiled(root, { node, signal: stop });
    console.log("recado: starting …");
    const over = new AbortController();
    stop.addEventListener("abort", () => over.abort(), { once: true });
    const announced = announceWhenReady(root, { env: process.env, stop: over.signal });
    const code = await runChildren(childrenOf(node, watch), { stop });
    over.abort();
    await announced;
    return code;
  } catch (error) {
    // Stopped while still preparing: not a failure.
    if (stop.aborted) return 0;
    console.error(`recado: ${error.message}`);
    return 1;
  }
}

/** In the order in which they are stopped: the server drains first, while there still is somebody to call. */
function childrenOf(node, watch) {
  const quiet = "--disable-warning=ExperimentalWarning";
  const env = compileCacheOf(root);
  // V8 lets 60 MB of used-up network buffers lie before it collects them; with this it collects sooner.
  const smallNursery = "--max-semi-space-size=2";
  // glibc keeps what was freed, for each thread and by its own growing measure; so it gives large pieces back at once.
  const givesBack = {
    MALLOC_ARENA_MAX: "2",
    MALLOC_MMAP_THRESHOLD_: "131072",
    MALLOC_TRIM_THRESHOLD_: "131072",
  };
  const watcher = watch ? ["tools/bootstrap/watch-server.mjs"] : [];
  return [
    {
      name: "server",
      command: node,
      args: [quiet, smallNursery, ...watcher, "packages/server/src/main.ts", "demo"],
      cwd: root,
      env: { ...env, ...givesBack },
      restartsMax: 0,
    },
    {
      name: "simulator",
      command: node,
      args: [quiet, "packages/simulator/src/main.ts"],
      cwd: root,
      env,
      restartsMax: simulatorRestartsMax,
    },
  ];
}
