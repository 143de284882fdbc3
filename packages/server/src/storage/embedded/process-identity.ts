import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/**
 * One process, told apart from a later one that was given the same number.
 *
 * A process id alone is not enough to ask "is it still there?": ids are used again, soon in a container, so a file that says
 * "17 holds this" would be believed for ever. The moment of the start, as the kernel counts it, settles the question.
 */
export interface ProcessIdentity {
  readonly pid: number;
  /** Opaque; equal only for the same process of the same boot. */
  readonly started: string;
}

/** This process. */
export function ownIdentity(): ProcessIdentity {
  own ??= { pid: process.pid, started: findStart(process.pid) ?? "unknown" };
  return own;
}

/** The process that has this id now; undefined when there is none, or when only its unreaped corpse (a zombie) is left. */
export function findProcess(pid: number): ProcessIdentity | undefined {
  const started = findStart(pid);
  return started === undefined ? undefined : { pid, started };
}

/** True while that very process runs. A zombie does not run. */
export function isRunning(identity: ProcessIdentity): boolean {
  return findStart(identity.pid) === identity.started;
}

/** The way to keep an identity in a file; `parseIdentity` reads it. */
export function formatIdentity(identity: ProcessIdentity): string {
  return `${identity.pid} ${identity.started}\n`;
}

/** Undefined when the text is not an identity, for instance because its writer died before it had written anything. */
export function parseIdentity(text: string): ProcessIdentity | undefined {
  const match = /^([1-9]\d*) (.+)\n$/.exec(text);
  const [, pid, started] = match ?? [];
  return pid === undefined || started === undefined ? undefined : { pid: Number(pid), started };
}

let own: ProcessIdentity | undefined;

function findStart(pid: number): string | undefined {
  return process.platform === "linux" ? findLinuxStart(pid) : findStartByPs(pid);
}

function findLinuxStart(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // proc_pid_stat(5): the second field is the name in brackets and may hold blanks and brackets itself, so count from its end.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const [state] = fields;
    const ticks = fields[19];
    return state === "Z" || state === "X" || ticks === undefined
      ? undefined
      : `${readBootId()}.${ticks}`;
  } catch {
    return undefined;
  }
}

let bootId: string | undefined;

function readBootId(): string {
  try {
    bootId ??= readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim().slice(0, 8);
  } catch {
    bootId = "boot";
  }
  return bootId;
}

function findStartByPs(pid: number): string | undefined {
  try {
    const line = execFileSync("ps", ["-o", "state=,lstart=", "-p", String(pid)], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
    return line === "" || line.startsWith("Z") ? undefined : line.replace(/^\S+\s+/, "");
  } catch {
    return undefined;
  }
}
