import { link, readFile, rm, stat, unlink, writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { formatIdentity, isRunning, ownIdentity, parseIdentity } from "./process-identity.ts";

/**
 * Runs `work` while this process alone holds the lock file, and gives back what it gave.
 *
 * Waits for a holder that runs; takes the lock of one that has died. Not reentrant, and calls within one process wait for each
 * other too. Refuses with an error that names the holder when the lock was not free within `waitMsMax`.
 *
 * Node offers no `flock`, so the lock is a file that only one can create, with its holder's identity inside. It appears with
 * its content in one step (written aside, then linked), so that it is never seen half written.
 */
export async function withFileLock<T>(
  path: string,
  waitMsMax: number,
  work: () => Promise<T>,
): Promise<T> {
  counter += 1;
  const mark = `${path}.${process.pid}.${counter}`;
  await writeFile(mark, formatIdentity(ownIdentity()), { mode: 0o600 });
  try {
    await acquire({ path, mark, waitMsMax });
  } finally {
    await rm(mark, { force: true });
  }
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

let counter = 0;

async function acquire(lock: { path: string; mark: string; waitMsMax: number }): Promise<void> {
  const deadline = performance.now() + lock.waitMsMax;
  while (!(await linked(lock.mark, lock.path))) {
    const holder = await readHolder(lock.path);
    if (holder !== "gone" && !isHeld(holder)) {
      await breakStale(lock.path);
      continue;
    }
    if (performance.now() > deadline) {
      throw new Error(
        `${lock.path} has been held for more than ${lock.waitMsMax} ms (by process ${holder.trim()}); end that process, or remove the file if it is none of ours.`,
      );
    }
    await sleep(20);
  }
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") {
      return false;
    }
    throw error;
  }
}

async function readHolder(path: string): Promise<string> {
  return readFile(path, "utf8").catch(() => "gone");
}

function isHeld(content: string): boolean {
  const holder = parseIdentity(content);
  return holder !== undefined && isRunning(holder);
}

/**
 * Removes the lock of a dead holder. Two who find the same corpse must not remove the second one's fresh lock, so the removal
 * has a lock of its own. That one is held for three system calls; it is believed to be left over when older than five seconds.
 */
async function breakStale(path: string): Promise<void> {
  const breaking = `${path}.breaking`;
  try {
    await writeFile(breaking, "", { flag: "wx", mode: 0o600 });
  } catch {
    const age = await stat(breaking).then(
      (found) => Date.now() - found.mtimeMs,
      () => 0,
    );
    await (age > 5_000 ? rm(breaking, { force: true }) : sleep(5));
    return;
  }
  try {
    const holder = await readHolder(path);
    if (holder !== "gone" && !isHeld(holder)) {
      await unlink(path);
    }
  } finally {
    await rm(breaking, { force: true });
  }
}
