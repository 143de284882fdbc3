/**
 * `node tools/bootstrap/run.mjs [<node flag>…] <file> [<argument>…]`: runs one of our programs, from a bare clone if need be: installs
 * what is missing, then hands over to the Node that can run it. Signals are passed on; ends with its exit code.
 */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureInstalled } from "./ensure-installed.mjs";
import { runInForeground } from "./run-in-foreground.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
try {
  const node = await ensureInstalled(root, { say: console.error });
  const args = ["--disable-warning=ExperimentalWarning", ...process.argv.slice(2)];
  process.exit(await runInForeground(node, args, {}));
} catch (error) {
  console.error(`recado: ${error.message}`);
  process.exit(1);
}
