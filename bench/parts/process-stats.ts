import { readdirSync, readFileSync, writeFileSync } from "node:fs";

/* What Linux says of a process, in /proc (proc(5)). */

/** A tick of /proc/<pid>/stat; USER_HZ is 100 on every Linux of today. */
const TICK_MS = 10;

/** Milliseconds of CPU that a process and, where asked, all its descendants have used so far. */
export function readCpuMs(pid: number, { withChildren = false } = {}): number {
  const pids = withChildren ? [pid, ...findDescendants(pid)] : [pid];
  return pids.reduce((sum, each) => sum + readOwnCpuMs(each), 0);
}

/** Kilobytes of a field of /proc/<pid>/status: VmRSS, VmHWM, RssAnon. */
export function readStatusKb(pid: number, field: string): number {
  const text = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB`, "mu").exec(text)?.[1] ?? Number.NaN);
}

/** Kilobytes of a field of /proc/<pid>/smaps_rollup: Rss, Pss, Anonymous. */
export function readMapsKb(pid: number, field: string): number {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB`, "mu").exec(text)?.[1] ?? Number.NaN);
}

/** Lets VmHWM begin anew from the present VmRSS (proc(5), clear_refs 5). */
export function resetPeak(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, "5");
}

/** A process below `pid` whose command line holds `text`; undefined when there is none. */
export function findDescendant(pid: number, text: string): number | undefined {
  return findDescendants(pid).find((each) => read(each, "cmdline").includes(text));
}

function findDescendants(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync("/proc")) {
    const fields = /^\d+$/u.test(name) ? readStat(Number(name)) : [];
    if (fields[1] !== undefined) parents.set(Number(name), Number(fields[1]));
  }
  const found: number[] = [];
  const queue = [pid];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const children = [...parents].flatMap(([child, parent]) => (parent === next ? [child] : []));
    found.push(...children);
    queue.push(...children);
  }
  return found;
}

function readOwnCpuMs(pid: number): number {
  const fields = readStat(pid);
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * TICK_MS;
}

/** The fields after the name, which may hold spaces and brackets itself: state is 0, parent 1. */
function readStat(pid: number): string[] {
  const text = read(pid, "stat");
  return text.slice(text.lastIndexOf(")") + 2).split(" ");
}

function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}
