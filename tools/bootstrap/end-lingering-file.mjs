/**
 * `node --test --import=./tools/bootstrap/end-lingering-file.mjs`: a test file whose tests have all ended, and that still runs a while
 * later, is ended and fails, and says what kept it. `--test-timeout` ends tests, not files: one timer that nobody cancelled would
 * keep the whole run from its end, and from saying why.
 */
import { writeSync } from "node:fs";
import { after } from "node:test";

/** What a file's own hooks need at its end on a slow machine, and more. */
const graceMs = Number(process.env.RECADO_TEST_LINGER_MS ?? 30_000);

// Node loads this into the runner itself as well, and into programs that a test starts as it was started.
const isTestFile = /\.test\.(ts|mjs)$/.test(process.argv[1] ?? "");
if (process.env.NODE_TEST_CONTEXT !== undefined && isTestFile) after(startCountdown);

function startCountdown() {
  // Keeps nothing alive itself: it only fires where something else does.
  setTimeout(end, graceMs).unref();
}

function end() {
  const resources = process.getActiveResourcesInfo();
  const counts = Object.entries(Object.groupBy(resources, (name) => name));
  const kept = counts.map(([name, all]) => `${all.length} ${name}`).join(", ");
  const after = `${graceMs / 1000} s after its last test`;
  writeSync(2, `recado: ${process.argv[1]} was still running ${after} and was ended: ${kept}\n`);
  process.exit(1);
}
