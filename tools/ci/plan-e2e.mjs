import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** They kill programs and count seconds: beside another product they would try the machine, not ours. */
const ALONE = ["api/kill.test.ts", "api/operations.test.ts"];
const DESTINATION = "--test-reporter-destination=";

/**
 * The runs of `node --test` for these files: one at a time, then three at a time, since they wait for a third of their time.
 * Each leaves its numbers in a file of its own, `counts`, which is to become `wanted` together with the others'; null where
 * nobody asked for any.
 */
export function planRuns(files, flags, folder) {
  const isAlone = (file) => ALONE.some((name) => file.endsWith(name));
  const groups = [
    { files: files.filter(isAlone), concurrency: 1 },
    { files: files.filter((file) => !isAlone(file)), concurrency: 3 },
  ];
  const wanted = flags.map(readDestination).find((path) => path !== null) ?? null;
  return groups
    .filter((group) => group.files.length > 0)
    .map((group) => {
      const counts = wanted === null ? null : join(folder, `counts-${group.concurrency}.json`);
      const own = flags.map((flag) => (readDestination(flag) ? `${DESTINATION}${counts}` : flag));
      const args = [`--test-concurrency=${group.concurrency}`, ...own, ...group.files];
      return { args, counts, wanted };
    });
}

/** Adds up what the runs left. Where one left nothing there is no sum: whoever asked for it takes that for a failure. */
export function sumCounts(runs) {
  const [{ wanted }] = runs;
  if (wanted === null || !runs.every(({ counts }) => existsSync(counts))) return;
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const { counts } of runs) {
    const own = JSON.parse(readFileSync(counts, "utf8"));
    for (const key of Object.keys(sum)) sum[key] += own[key];
  }
  writeFileSync(wanted, JSON.stringify(sum));
}

function readDestination(flag) {
  const path = flag.startsWith(DESTINATION) ? flag.slice(DESTINATION.length) : "stdout";
  return path === "stdout" || path === "stderr" ? null : path;
}
