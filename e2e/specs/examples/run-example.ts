import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { ROOT } from "../../product/processes.ts";

const RUN_MS_MAX = 120_000;
const LISTEN_MS_MAX = 60_000;

/** How a program ended. */
export interface Ended {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** Runs a program to its end with these settings, and nothing of ours besides the PATH; kills it after two minutes. */
export async function runExample(
  [command, ...args]: readonly [string, ...string[]],
  settings: Record<string, string>,
  input: Buffer = Buffer.alloc(0),
): Promise<Ended> {
  const child = spawn(command, args, {
    cwd: ROOT,
    env: environment(settings),
    timeout: RUN_MS_MAX,
  });
  const texts = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk) => {
    texts.stdout += String(chunk);
  });
  child.stderr.on("data", (chunk) => {
    texts.stderr += String(chunk);
  });
  // A program that has seen enough of its input may end before it is all written.
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  return { status, ...texts };
}

/** A program that listens. */
export interface Receiver {
  /** What it has printed so far. */
  output(): string;
  stop(): Promise<void>;
}

/** Starts a program that listens on a port and waits until it answers there. */
export async function startReceiver(
  [command, ...args]: readonly [string, ...string[]],
  settings: Record<string, string>,
  port: number,
): Promise<Receiver> {
  // A group of its own: `dotnet run` starts another process.
  const child = spawn(command, args, { cwd: ROOT, env: environment(settings), detached: true });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output += String(chunk);
    });
  }
  const ended = new Promise<void>((resolve) => {
    child.once("close", () => resolve());
    child.once("error", () => resolve());
  });
  const receiver = {
    output: () => output,
    async stop() {
      kill(child);
      await ended;
    },
  };
  const deadlineMs = Date.now() + LISTEN_MS_MAX;
  while (!(await answers(port))) {
    if (child.exitCode !== null || Date.now() > deadlineMs) {
      await receiver.stop();
      throw new Error(`${command} ${args.join(" ")} does not listen: ${output}`);
    }
    await sleep(50);
  }
  return receiver;
}

function kill(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
  } catch {
    // It has ended already.
  }
}

async function answers(port: number): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/`, { method: "POST" });
    await response.arrayBuffer();
    return true;
  } catch {
    return false;
  }
}

function environment(settings: Record<string, string>): NodeJS.ProcessEnv {
  const { PATH, HOME, LANG, TMPDIR } = process.env;
  return { PATH, HOME, LANG, TMPDIR, ...settings };
}
