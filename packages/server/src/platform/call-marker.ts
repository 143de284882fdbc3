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
import { idTimeMs } from "./ids.ts";

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
  /** Throws when the call could not be marked; then it must not be made. */
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
  let closed = false;
  const path = (of: number) => join(folder, `${name.bootId}.${name.instanceId}.${of}`);
  let file = openSync(path(0), "a", 0o600);
  return {
    mark(attemptId) {
      // The number of a closed file may be somebody else's by now.
      if (closed) throw new Error("the marker is closed: no more calls are made");
      const written = writeSync(file, `${attemptId}\n`);
      bytes += written;
      if (written !== LINE_BYTES) throw new Error("the call could not be marked: the disk is full");
    },
    rotate() {
      if (closed || bytes < FILE_BYTES_MAX) return;
      const before = file;
      file = openSync(path(generation + 1), "a", 0o600);
      generation += 1;
      bytes = 0;
      closeSync(before);
      rmSync(path(generation - 2), { force: true });
    },
    close() {
      if (closed) return;
      closed = true;
      closeSync(file);
    },
  };
}

/** What an instance has marked. */
export interface MarkedCalls {
  attemptIds: ReadonlySet<string>;
  /** Attempts older than this (the moment in their ids, milliseconds) may have been marked and forgotten. */
  completeSinceMs: number;
}

/** Longest time from an attempt's id to its mark, with much to spare: its lease is shorter. */
const MARK_DELAY_MS_MAX = 120_000;

/**
 * The attempts that an instance has marked as made; null when its files prove nothing: they are not here,
 * are of another boot, or are not whole.
 */
export function findMarkedCalls(
  folder: string,
  name: { bootId: string; instanceId: string },
): MarkedCalls | null {
  const prefix = `${name.bootId}.${name.instanceId}.`;
  const generations = listFiles(folder, prefix)
    .map((file) => Number(file.slice(prefix.length)))
    .sort((left, right) => left - right);
  const [oldest] = generations;
  if (oldest === undefined) return null;
  const marked = new Set<string>();
  let first: string | undefined;
  for (const generation of generations) {
    const lines = readFileSync(join(folder, prefix + generation), "utf8").split("\n");
    // Every line is whole, and the text ends with one: what was cut short was followed by no call.
    if (lines.slice(0, -1).some((line) => line.length !== LINE_BYTES - 1)) return null;
    for (const line of lines) if (line.length === LINE_BYTES - 1) marked.add(line);
    first ??= lines[0] === "" ? undefined : lines[0];
  }
  if (oldest > 0 && first === undefined) return null;
  const completeSinceMs = oldest > 0 ? idTimeMs(first ?? "") + MARK_DELAY_MS_MAX : 0;
  return { attemptIds: marked, completeSinceMs };
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
