import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";

/*
 * Between "we wrote down that we call" and "the first byte left" a process can be killed. The database
 * cannot tell whether the call was made, and in doubt nothing is sent twice. This file tells: a line is
 * written to it in the same turn in which the request is written to its socket. Bytes given to the kernel
 * survive the death of the process, so a call without a line was certainly not made and may be made
 * by another process. They do not survive the death of the machine: files of another boot prove nothing
 * and are not used, nor are those of another host.
 */

/** Notes calls at the moment they are made. */
export interface CallMarker {
  mark(attemptId: string): void;
  /** Starts a new file when the present one is large; keeps the one before. */
  rotate(): void;
  close(): void;
}

const FILE_BYTES_MAX = 4_194_304;
const LINE_BYTES = 37;

/** Opens the marker of this instance in `folder`. */
export function openCallMarker(
  folder: string,
  name: { bootId: string; instanceId: string },
): CallMarker {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  let generation = 0;
  let bytes = 0;
  const path = (of: number) => join(folder, `${name.bootId}.${name.instanceId}.${of}`);
  let file = openSync(path(0), "a", 0o600);
  return {
    mark(attemptId) {
      writeSync(file, `${attemptId}\n`);
      bytes += LINE_BYTES;
    },
    rotate() {
      if (bytes < FILE_BYTES_MAX) return;
      closeSync(file);
      generation += 1;
      bytes = 0;
      file = openSync(path(generation), "a", 0o600);
      rmSync(path(generation - 2), { force: true });
    },
    close: () => closeSync(file),
  };
}

/**
 * The attempts that a dead instance has marked as made; null when its files are not here or are of
 * another boot, and so prove nothing.
 */
export function findMarkedCalls(
  folder: string,
  name: { bootId: string; instanceId: string },
): Set<string> | null {
  const files = listFiles(folder, `${name.bootId}.${name.instanceId}.`);
  if (files.length === 0) return null;
  const lines = files.flatMap((file) => readFileSync(join(folder, file), "utf8").split("\n"));
  return new Set(lines.filter((line) => line.length === LINE_BYTES - 1));
}

/** Removes the files of an instance that nothing needs any more, or of every other boot. */
export function removeMarks(folder: string, of: { bootId: string; instanceId: string }): void {
  for (const file of listFiles(folder, "")) {
    const foreign = !file.startsWith(`${of.bootId}.`);
    if (foreign || file.startsWith(`${of.bootId}.${of.instanceId}.`)) {
      rmSync(join(folder, file), { force: true });
    }
  }
}

function listFiles(folder: string, prefix: string): string[] {
  try {
    return readdirSync(folder).filter((file) => file.startsWith(prefix));
  } catch {
    return [];
  }
}
