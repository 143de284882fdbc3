import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

/** A process, so that another on the same machine can tell whether it still lives. */
export interface Instance {
  id: string;
  /** Host and process namespace: pids mean nothing outside of it. */
  host: string;
  /** Changes with every boot; "" where the system does not tell. */
  bootId: string;
  pid: number;
  /** When the process started, in the kernel's ticks: a pid is used again, the pair is not. */
  pidStart: string;
}

/** This process under an id. */
export function describeInstance(id: string): Instance {
  const bootId = readText("/proc/sys/kernel/random/boot_id");
  const host = `${hostname()} ${readText("/etc/machine-id")} ${readNamespace()}`;
  return { id, host, bootId, pid: process.pid, pidStart: findPidStart(process.pid) };
}

/**
 * Whether an instance is certainly dead. Only said of processes of this host (an earlier boot, or no
 * process of that pid and start); of others, and where the system does not tell, it is never certain.
 */
export function isCertainlyDead(instance: Instance, self: Instance): boolean {
  if (instance.host !== self.host || self.bootId === "" || instance.bootId === "") return false;
  if (instance.bootId !== self.bootId) return true;
  return instance.pidStart !== "" && findPidStart(instance.pid) !== instance.pidStart;
}

/** Field 22 of /proc/<pid>/stat (proc(5)); "" when there is no such process. A zombie is dead. */
function findPidStart(pid: number): string {
  const stat = readText(`/proc/${pid}/stat`);
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return fields[0] === "Z" ? "" : (fields[19] ?? "");
}

function readNamespace(): string {
  try {
    return readlinkSync("/proc/self/ns/pid");
  } catch {
    return "";
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8").trim();
  } catch {
    return "";
  }
}
