/**
 * The stages of the continuous integration. All of them run whatever becomes of the others, each within its
 * time, and their numbers are added up. A stage that leaves no numbers, or says that nothing failed and ends badly, is one failure
 * more: a crash must never look like success.
 */
import { spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";

/** A command of ours that leaves `{"passed","failed"}` in a file. */
export interface Stage {
  name: string;
  args: string[];
  countsPath: string;
  limitMs: number;
}

/** Sums over all stages. */
export interface Totals {
  passed: number;
  failed: number;
  skipped: number;
}

interface StageOptions {
  cwd: string;
  say: (text: string) => void;
}

const graceMs = 20_000;

/** Runs the stages one after the other with the Node that runs us, those of a list beside each other; their output is ours. */
export async function runStages(
  stages: readonly (Stage | readonly Stage[])[],
  options: StageOptions,
): Promise<Totals> {
  const totals: Totals = { passed: 0, failed: 0, skipped: 0 };
  for (const group of stages) {
    const together = [group].flat();
    for (const counts of await Promise.all(together.map((stage) => runStage(stage, options)))) {
      totals.passed += counts.passed;
      totals.failed += counts.failed;
      totals.skipped += counts.skipped;
    }
  }
  return totals;
}

async function runStage(stage: Stage, { cwd, say }: StageOptions): Promise<Totals> {
  say(`\n=== ${stage.name}`);
  rmSync(stage.countsPath, { force: true });
  const startedAtMs = performance.now();
  const problem = await run(stage, cwd);
  const counts = readCounts(stage.countsPath);
  if (problem !== null) say(`${stage.name}: ${problem}`);
  if (counts === null) say(`${stage.name}: left no numbers`);
  say(`=== ${stage.name}: ${Math.round((performance.now() - startedAtMs) / 1000)} s`);
  const { passed = 0, failed = 0, skipped = 0 } = counts ?? {};
  const isUntold = counts === null || (problem !== null && failed === 0);
  return { passed, failed: failed + (isUntold ? 1 : 0), skipped };
}

/** The line that ends a run; plain, for whoever reads it by machine. */
export function formatTotals({ passed, failed }: Totals): string {
  return `${passed} passed, ${failed} failed`;
}

/** Good when something ran and nothing failed. */
export function exitCodeOf({ passed, failed }: Totals): number {
  return failed === 0 && passed > 0 ? 0 : 1;
}

/** Null when the command ended with 0 in time, else what happened. */
function run({ args, limitMs }: Stage, cwd: string): Promise<string | null> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd,
      detached: true,
      stdio: ["ignore", "inherit", "inherit"],
    });
    let late = false;
    // First the chance to stop what it has started elsewhere, a database say; then no more patience.
    const limit = setTimeout(() => {
      late = true;
      child.kill("SIGTERM");
    }, limitMs);
    const end = setTimeout(() => killGroup(child.pid), limitMs + graceMs);
    const finish = (problem: string | null): void => {
      clearTimeout(limit);
      clearTimeout(end);
      if (late) killGroup(child.pid);
      resolve(late ? `stopped after ${limitMs / 1000} s` : problem);
    };
    child.on("error", (error) => finish(error.message));
    child.on("exit", (code, signal) => finish(code === 0 ? null : `ended with ${code ?? signal}`));
  });
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It ended at this very moment.
  }
}

function readCounts(path: string): Partial<Totals> | null {
  try {
    return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : null;
  } catch {
    return null;
  }
}
