import { execFileSync } from "node:child_process";
import { readFileSync, realpathSync, type Stats, statSync } from "node:fs";
import { dirname } from "node:path";

/** The ordinary user as whom a server runs that root starts. PostgreSQL refuses to be run by root. */
export interface ServerUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/**
 * Who runs PostgreSQL: undefined means the user of this process.
 *
 * For root it is, in this order: whoever owns `folder` already (so that a data folder keeps its owner for ever), the user
 * `postgres`, a `postgres` made now, and where no user can be made (a container with a read-only root) `nobody`. It must be
 * somebody with a line in `/etc/passwd`, since initdb looks its own name up.
 */
export function chooseServerUser(folder: string): ServerUser | undefined {
  if (process.getuid?.() !== 0) {
    return undefined;
  }
  const owner = statIfThere(folder)?.uid ?? 0;
  return (
    (owner === 0 ? undefined : findUser((user) => user.uid === owner)) ??
    findUser((user) => user.name === "postgres") ??
    makePostgresUser() ??
    findUser((user) => user.name === "nobody")
  );
}

/**
 * True when `user` may enter every folder on the way to `path`, and enter or run `path` itself. Access lists are not read.
 */
export function canReach(path: string, user: ServerUser): boolean {
  let step = path;
  for (;;) {
    const found = statIfThere(step);
    if (found === undefined) {
      return false;
    }
    if (!mayEnter(found, user)) {
      return false;
    }
    const real = realpathSync(step);
    const above = dirname(real);
    if (above === real) {
      return true;
    }
    step = above;
  }
}

function mayEnter(found: Stats, user: ServerUser): boolean {
  if (found.uid === user.uid) {
    return (found.mode & 0o100) !== 0;
  }
  return (found.mode & (found.gid === user.gid ? 0o010 : 0o001)) !== 0;
}

function findUser(wanted: (user: ServerUser) => boolean): ServerUser | undefined {
  for (const line of readFileSync("/etc/passwd", "utf8").split("\n")) {
    const [name, , uid, gid] = line.split(":");
    const user = { name: name ?? "", uid: Number(uid), gid: Number(gid) };
    if (user.name !== "" && user.uid > 0 && wanted(user)) {
      return user;
    }
  }
  return undefined;
}

function makePostgresUser(): ServerUser | undefined {
  try {
    const options = [
      "--system",
      "--user-group",
      "--no-create-home",
      "--shell",
      "/usr/sbin/nologin",
    ];
    execFileSync("useradd", [...options, "postgres"], { stdio: "ignore" });
  } catch {
    return undefined;
  }
  return findUser((user) => user.name === "postgres");
}

function statIfThere(path: string): Stats | undefined {
  return statSync(path, { throwIfNoEntry: false });
}
