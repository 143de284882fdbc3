import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { openSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";

/** The folder of the whole repository. */
export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Where the product keeps its compiled sources; programs that are started often start twice as fast. */
export const COMPILED = { NODE_COMPILE_CACHE: `${ROOT}node_modules/.cache/recado` };

/** A program that was started, in a process group of its own. */
export interface Program {
  pid: number;
  /** Null while it runs; afterwards its exit code, or the signal that ended it. */
  ended(): number | NodeJS.Signals | null;
  /** Signals it, not its group. */
  signal(signal: NodeJS.Signals): void;
  /** Resolves with how it ended; throws when it has not after `limitMs`. */
  waitForEnd(limitMs: number): Promise<number | NodeJS.Signals>;
}

/** Starts a script of ours with this Node; what it says goes to the end of the file `log`. */
export function startProgram(
  args: readonly string[],
  { env, log }: { env: Record<string, string>; log: string },
): Program {
  const out = openSync(log, "a");
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", ...args], {
    cwd: ROOT,
    env: { ...withoutSettings(process.env), ...COMPILED, ...env },
    detached: true,
    stdio: ["ignore", out, out],
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${args.join(" ")} could not be started`);
  endWithUs(child);
  const ended = () => child.exitCode ?? child.signalCode;
  return {
    pid,
    ended,
    signal: (signal) => void child.kill(signal),
    waitForEnd: (limitMs) => waitForEnd(child, limitMs),
  };
}

/** The processes that work in or for `folder`: by their command line, environment or working directory. Linux only. */
export function findProcessesOf(folder: string): { pid: number; command: string }[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc")
    .filter((name) => /^\d+$/u.test(name) && Number(name) !== process.pid)
    .map((name) => ({ pid: Number(name), command: read(name, "cmdline") }))
    .filter(({ command }) => command !== "")
    .filter(({ pid, command }) =>
      [command, read(`${pid}`, "environ"), workingDirectory(`${pid}`)].some((text) =>
        text.includes(folder),
      ),
    );
}

/** A test that is cut short must not leave a product behind. */
function endWithUs(child: ChildProcess): void {
  const end = () => void child.kill("SIGTERM");
  process.once("exit", end);
  child.once("exit", () => process.off("exit", end));
  if (process.listenerCount("SIGTERM") === 0) process.once("SIGTERM", () => process.exit(143));
  if (process.listenerCount("SIGINT") === 0) process.once("SIGINT", () => process.exit(130));
}

async function waitForEnd(child: ChildProcess, limitMs: number): Promise<number | NodeJS.Signals> {
  const known = child.exitCode ?? child.signalCode;
  if (known !== null) return known;
  const limit = new AbortController();
  const late = delay(limitMs, "late" as const, { signal: limit.signal }).catch(
    () => "over" as const,
  );
  const end = once(child, "exit").then(() => "ended" as const);
  const first = await Promise.race([end, late]);
  limit.abort();
  const outcome = child.exitCode ?? child.signalCode;
  if (first === "late" || outcome === null) throw new Error(`did not end within ${limitMs} ms`);
  return outcome;
}

/** What whoever runs the tests has set for a product of their own is not meant for ours. */
function withoutSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = /^(PATH|HOME|USER|LANG|LC_\w+|TMPDIR|TZ|NODE_EXTRA_CA_CERTS|npm_\w+)$/u;
  return Object.fromEntries(Object.entries(env).filter(([name]) => kept.test(name)));
}

function read(pid: string, file: string): string {
  try {
    return readFileSync(join("/proc", pid, file), "utf8")
      .replaceAll("\0", " ")
      .trim();
  } catch {
    return ""; // It ended, or is somebody else's.
  }
}

function workingDirectory(pid: string): string {
  try {
    return readlinkSync(join("/proc", pid, "cwd"));
  } catch {
    return "";
  }
}
