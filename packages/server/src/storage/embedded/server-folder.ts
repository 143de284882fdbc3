import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chownSync,
  closeSync,
  existsSync,
  fchownSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EmbeddedPostgresError } from "./embedded-postgres-error.ts";
import { findNativeFiles, type NativeFiles, placeNativeFiles } from "./native-files.ts";
import { canReach, chooseServerUser, type ServerUser } from "./server-user.ts";

/** Where a server keeps its things, and as whom and with which files it runs. */
export interface ServerFolder {
  /** PostgreSQL's data, `<dataDir>/postgres`, of 0700 and the server user's. */
  readonly data: string;
  /** Held by whoever starts or stops the server. */
  readonly lock: string;
  /** A file for every process that uses the server (leases.ts). */
  readonly users: string;
  /** Password and port, of 0600. */
  readonly access: string;
  /** What PostgreSQL says. Set aside as `postgres.log.1` when it has grown, at the next start. */
  readonly log: string;
  /** Undefined: the user of this process. */
  readonly user: ServerUser | undefined;
  readonly native: NativeFiles;
}

/** How to reach the server; kept in a file so that the next process can attach to it. */
export interface ServerAccess {
  readonly password: string;
  /** 0 until the first start has chosen one. */
  readonly port: number;
}

/** The one role of an embedded server, and its database. */
export const SERVER_NAME = "recado";

/** Makes what is missing around the data and refuses a folder that cannot be used, saying what to do. */
export function openServerFolder(dataDir: string): ServerFolder {
  mkdirSync(dataDir, { recursive: true });
  const root = realpathSync(dataDir);
  const data = join(root, "postgres");
  const user = chooseServerUser(data);
  const found = findNativeFiles();
  const native = placeNativeFiles(found, user, [
    join(root, "postgres-native"),
    "/var/lib/recado",
    join(tmpdir(), "recado-native"),
  ]);
  checkOwner(data, user);
  checkVersion(data, native);
  return {
    data,
    lock: join(root, "postgres.lock"),
    users: join(root, "postgres-users"),
    access: join(root, "postgres-access.json"),
    log: join(root, "postgres.log"),
    user,
    native,
  };
}

/** Password and port of an existing server; for a new one a new password, written down before anything uses it. */
export function readAccess(folder: ServerFolder): ServerAccess {
  if (existsSync(folder.access)) {
    const access: ServerAccess = JSON.parse(readFileSync(folder.access, "utf8"));
    return access;
  }
  if (existsSync(folder.data)) {
    throw new EmbeddedPostgresError(
      "folder-not-usable",
      `${folder.access}, which holds the password of the database in ${folder.data}, is missing. Restore it from the backup that the data came from.`,
    );
  }
  const access = { password: randomBytes(24).toString("base64url"), port: 0 };
  writeAccess(folder, access);
  return access;
}

/** Replaces the file in one step. */
export function writeAccess(folder: ServerFolder, access: ServerAccess): void {
  const half = `${folder.access}.half`;
  writeFileSync(half, JSON.stringify(access), { mode: 0o600, flush: true });
  renameSync(half, folder.access);
}

/**
 * Runs initdb unless the data is there already. True when it did.
 *
 * It works aside and gives the folder its name at the end, so that a crash leaves no half of a database. Text is ordered by code
 * point everywhere (the built-in locale C.UTF-8), so an upgrade of the system's libraries cannot spoil an index.
 */
export async function initialise(folder: ServerFolder, password: string): Promise<boolean> {
  if (existsSync(folder.data)) {
    return false;
  }
  const half = `${folder.data}.new`;
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half, { mode: 0o700 });
  const passwordFd = openPassword(folder, password);
  if (folder.user !== undefined) {
    chownSync(half, folder.user.uid, folder.user.gid);
  }
  try {
    await runInitdb(folder, half, passwordFd);
  } finally {
    closeSync(passwordFd);
  }
  renameSync(half, folder.data);
  syncFolder(join(folder.data, ".."));
  return true;
}

/** How to run one of PostgreSQL's programs on a data folder. */
export interface ServerCommand {
  readonly file: string;
  /** The data folder as the program is told it. */
  readonly dataArgument: string;
  readonly options: {
    readonly cwd: string;
    readonly env: NodeJS.ProcessEnv;
    readonly uid?: number;
    readonly gid?: number;
  };
}

/**
 * The program runs inside the data folder, as the server's user, and sees none of our environment.
 *
 * A checkout in root's home (0700) has its data where the server's user may not even look. The folder itself is that user's,
 * though, and a process may stay in a folder that it could not have walked to: node enters it while it is root still, and the
 * program is told "the folder that I am in", which Linux resolves without walking. PostgreSQL never leaves its data folder.
 */
export function commandOf(folder: ServerFolder, program: string, data: string): ServerCommand {
  const { user } = folder;
  const walkable = user === undefined || canReach(data, user);
  return {
    file: join(folder.native.folder, "bin", program),
    dataArgument: walkable ? data : "/proc/self/cwd",
    options: {
      cwd: data,
      env: { PATH: process.env.PATH, LC_ALL: "C", TZ: "UTC" },
      ...(user === undefined ? {} : { uid: user.uid, gid: user.gid }),
    },
  };
}

/** The failure behind what PostgreSQL said, with what to do about it. */
export function explainFailure(said: string, dataDir: string): EmbeddedPostgresError {
  if (/No space left on device|Disk quota exceeded/i.test(said)) {
    return new EmbeddedPostgresError(
      "disk-full",
      `There is no room left for the database in ${dataDir}. Make room and start again: nothing that was acknowledged is lost.`,
    );
  }
  if (/Address already in use/i.test(said)) {
    return new EmbeddedPostgresError(
      "port-in-use",
      "Another program has taken the port of the database. Choose another port, or none.",
    );
  }
  return new EmbeddedPostgresError(
    "start-failed",
    `PostgreSQL did not start in ${dataDir}. It said:\n${said.trim().split("\n").slice(-20).join("\n")}`,
  );
}

/** A failure of the file system while the folder was made ready, with what to do about it; anything else as it came. */
export function explainFileError(error: unknown, dataDir: string): unknown {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOSPC" || code === "EDQUOT") {
    return explainFailure("No space left on device", dataDir);
  }
  if (code === "EACCES" || code === "EPERM" || code === "EROFS") {
    return new EmbeddedPostgresError(
      "folder-not-ours",
      `This process may not write to ${dataDir}, or not to all of it (${code}). Start it as the user to whom the folder belongs, or choose another data folder.`,
      { cause: error },
    );
  }
  return error;
}

function checkOwner(data: string, user: ServerUser | undefined): void {
  const uid = user?.uid ?? process.getuid?.();
  const owner = statSync(data, { throwIfNoEntry: false })?.uid;
  if (owner !== undefined && uid !== undefined && owner !== uid) {
    throw new EmbeddedPostgresError(
      "folder-not-ours",
      `${data} belongs to user ${owner}, and PostgreSQL would run as user ${uid}. Start as that user (or as root), give the folder away with "chown -R ${uid} ${data}", or choose another data folder.`,
    );
  }
}

function checkVersion(data: string, native: NativeFiles): void {
  if (!existsSync(data)) {
    return;
  }
  const versionFile = join(data, "PG_VERSION");
  const made = existsSync(versionFile) ? readFileSync(versionFile, "utf8").trim() : undefined;
  const [major] = native.version.split(".");
  if (made === undefined) {
    throw new EmbeddedPostgresError(
      "folder-not-usable",
      `${data} is not a PostgreSQL data folder. Move it away or choose another data folder.`,
    );
  }
  if (made !== major) {
    throw new EmbeddedPostgresError(
      "folder-not-usable",
      `${data} was made by PostgreSQL ${made}, and this is ${major}. Start the version of Recado that made it and move the data by pg_dump, or run it on a PostgreSQL ${made} of your own with DATABASE_URL.`,
    );
  }
}

/**
 * The password as a file without a name, which initdb opens a second time by /dev/stdin. For that it must belong to the server's
 * user; that rules out a pipe, which would be root's.
 */
function openPassword(folder: ServerFolder, password: string): number {
  const path = `${folder.access}.initdb`;
  writeFileSync(path, password, { mode: 0o600 });
  const fd = openSync(path, "r");
  rmSync(path);
  if (folder.user !== undefined) {
    fchownSync(fd, folder.user.uid, folder.user.gid);
  }
  return fd;
}

async function runInitdb(folder: ServerFolder, data: string, passwordFd: number): Promise<void> {
  const { file, dataArgument, options } = commandOf(folder, "initdb", data);
  const locale = [
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
    "-E",
    "UTF8",
  ];
  const access = ["-U", SERVER_NAME, "-A", "scram-sha-256", "--pwfile=/dev/stdin"];
  const child = spawn(file, ["-D", dataArgument, ...access, ...locale], {
    ...options,
    stdio: [passwordFd, "pipe", "pipe"],
  });
  let said = "";
  const listen = (chunk: Buffer): void => {
    said = (said + chunk.toString()).slice(-10_000);
  };
  child.stdout?.on("data", listen);
  child.stderr?.on("data", listen);
  const code = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (code !== 0) {
    throw explainFailure(said, data);
  }
}

function syncFolder(path: string): void {
  const fd = openSync(path, "r");
  fsyncSync(fd);
  closeSync(fd);
}
