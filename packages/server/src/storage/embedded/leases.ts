import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { formatIdentity, isRunning, ownIdentity, parseIdentity } from "./process-identity.ts";

/** Gives the lease back. A second call does nothing. */
export type EndLease = () => void;

/**
 * Says in `folder` that this process uses what the folder stands for, until the lease is ended or the process has ended, however
 * it ends: a lease names its process, and that of a dead one does not count. A process may hold several.
 */
export function takeLease(folder: string): EndLease {
  taken += 1;
  const path = join(folder, `${process.pid}.${taken}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, formatIdentity(ownIdentity()));
  return () => rmSync(path, { force: true });
}

/** How many leases are held by processes that run. Removes the others. */
export function countLeases(folder: string): number {
  let held = 0;
  for (const name of listIfThere(folder)) {
    const path = join(folder, name);
    const holder = parseIdentity(readIfThere(path));
    if (holder !== undefined && isRunning(holder)) {
      held += 1;
    } else {
      rmSync(path, { force: true });
    }
  }
  return held;
}

let taken = 0;

function listIfThere(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
