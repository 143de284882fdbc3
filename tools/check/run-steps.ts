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

/** Each of them uses one processor. */
const AT_ONCE = 2;

/**
 * Runs each step with the Node that runs us, two at a time, all of them whatever happens. A line for each, in the order in which
 * they were given, and its output only when it fails.
 */
export async function runSteps(steps: Step[], { cwd, say }: StepOptions): Promise<StepCounts> {
  const counts: StepCounts = { passed: 0, failed: 0 };
  const width = Math.max(...steps.map(({ name }) => name.length));
  const turns = steps.map((step) => ({ step, ending: Promise.withResolvers<Ending>() }));
  const waiting = turns.values();
  const hand = async () => {
    for (const { step, ending } of waiting) ending.resolve(await run(step.args, cwd));
  };
  const hands = Array.from({ length: AT_ONCE }, hand);
  for (const { step, ending } of turns) {
    const { code, output, seconds } = await ending.promise;
    const time = seconds.toFixed(1).padStart(5);
    say(`${code === 0 ? "✔" : "✖"} ${step.name.padEnd(width)}  ${time} s`);
    if (code === 0) {
      counts.passed++;
    } else {
      counts.failed++;
      say(output.trimEnd().replace(/^/gm, "    "));
    }
  }
  await Promise.all(hands);
  return counts;
}

interface Ending {
  code: number;
  output: string;
  seconds: number;
}

function run(args: string[], cwd: string): Promise<Ending> {
  const startedAtMs = performance.now();
  return new Promise((resolve) => {
    const end = (code: number, output: string) =>
      resolve({ code, output, seconds: (performance.now() - startedAtMs) / 1000 });
    const child = spawn(process.execPath, args, { cwd, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    const collect = (chunk: string): void => {
      output = (output + chunk).slice(-outputCharsMax);
    };
    child.stdout.setEncoding("utf8").on("data", collect);
    child.stderr.setEncoding("utf8").on("data", collect);
    child.on("error", (error) => end(1, error.message));
    child.on("close", (code, signal) =>
      end(code ?? 1, signal === null ? output : `${output}\n${signal}`),
    );
  });
}
