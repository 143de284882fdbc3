import { spawn } from "node:child_process";

/** One command of a check. */
export interface Step {
  /** What it holds, in a word. */
  name: string;
  args: string[];
}

/** How many steps ended well and how many did not. */
export interface StepCounts {
  passed: number;
  failed: number;
}

interface StepOptions {
  cwd: string;
  say: (text: string) => void;
}

const outputCharsMax = 1_000_000;

/**
 * Runs each step with the Node that runs us, one after the other, all of them whatever happens. A line for each,
 * and its output only when it fails.
 */
export async function runSteps(steps: Step[], { cwd, say }: StepOptions): Promise<StepCounts> {
  const counts: StepCounts = { passed: 0, failed: 0 };
  const width = Math.max(...steps.map(({ name }) => name.length));
  for (const { name, args } of steps) {
    const startedAtMs = performance.now();
    const { code, output } = await run(args, cwd);
    const seconds = ((performance.now() - startedAtMs) / 1000).toFixed(1);
    say(`${code === 0 ? "✔" : "✖"} ${name.padEnd(width)}  ${seconds.padStart(5)} s`);
    if (code === 0) {
      counts.passed++;
    } else {
      counts.failed++;
      say(output.trimEnd().replace(/^/gm, "    "));
    }
  }
  return counts;
}

function run(args: string[], cwd: string): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    const collect = (chunk: string): void => {
      output = (output + chunk).slice(-outputCharsMax);
    };
    child.stdout.setEncoding("utf8").on("data", collect);
    child.stderr.setEncoding("utf8").on("data", collect);
    child.on("error", (error) => resolve({ code: 1, output: error.message }));
    child.on("close", (code, signal) =>
      resolve({ code: code ?? 1, output: signal === null ? output : `${output}\n${signal}` }),
    );
  });
}
