/**
 * One piece of work at a time among all processes of this machine that share a folder: two `npm start`
 * in one clone must not install into the same node_modules.
 *
 * A lock is a file that names its holder (`<host> <pid>`) and is touched while the work goes on. It is free
 * for the taking when its holder on this host is dead, or when nobody has touched it for half a minute
 * (the holder was in another container, or its pid now belongs to somebody else).
 *
 * Plain JavaScript without dependencies, like everything in this folder: it runs before anything is
 * installed, on Node 18 or later.
 */
import {
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

const heartbeatMs = 5_000;
const staleAfterMs = 30_000;
const pollMs = 100;
const waitMsMax = 20 * 60_000;
let serial = 0;

/**
 * Runs `work` while holding the lock at `path`, and gives its result. Waits for another holder (calling
 * `onWait` once), at most twenty minutes; rejects when `signal` aborts during the wait.
 */
export async function withLock(path, work, { signal, onWait = () => {} } = {}) {
  mkdirSync(dirname(path), { recursive: true });
  const mine = `${hostname()} ${process.pid} ${++serial}`;
  const startedAtMs = Date.now();
  for (let told = false; !take(path, mine); ) {
    if (removeIfAbandoned(path)) continue;
    if (Date.now() - startedAtMs > waitMsMax) {
      throw new Error(
        `Somebody has held ${path} for too long; remove the file if nobody is at work.`,
      );
    }
    if (!told) onWait();
    told = true;
    await delay(pollMs, undefined, { signal });
  }
  const heartbeat = setInterval(() => touch(path), heartbeatMs);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    if (read(path) === mine) rmSync(path, { force: true });
  }
}

/** The link appears with its content or not at all, so nobody ever reads half a lock. */
function take(path, mine) {
  const draft = `${path}.${process.pid}.${serial}.draft`;
  writeFileSync(draft, mine);
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function removeIfAbandoned(path) {
  const holder = read(path);
  if (holder === null) return true;
  if (!isAbandoned(path, holder)) return false;
  const taken = `${path}.${process.pid}.${serial}.stale`;
  try {
    renameSync(path, taken);
    // Between reading and renaming, another waiter may have cleared the dead lock and taken it: give that back.
    if (read(taken) !== holder) linkSync(taken, path);
  } catch (error) {
    if (error.code !== "ENOENT" && error.code !== "EEXIST") throw error;
  } finally {
    rmSync(taken, { force: true });
  }
  return true;
}

function isAbandoned(path, holder) {
  const [host, pid] = holder.split(" ");
  if (host === hostname() && !isAlive(Number(pid))) return true;
  try {
    return Date.now() - statSync(path).mtimeMs > staleAfterMs;
  } catch {
    return false;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

function read(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

function touch(path) {
  try {
    utimesSync(path, new Date(), new Date());
  } catch {
    // The folder was removed under us; the work itself will notice.
  }
}
