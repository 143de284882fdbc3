import { randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { Readable } from "node:stream";
import { noteBufferPassed } from "../platform/passing-buffers.ts";

/**
 * Where files are kept: those that callers sent, those that recipients answered with. Nothing outside this
 * interface knows that it is a folder, so that a second driver can keep them in S3. A file exists under
 * its key only once it is whole and on the disk; what was not committed is swept.
 */
export interface BlobStore {
  /** Begins a file. */
  create(): Promise<BlobWriter>;
  /**
   * A file's bytes, or those from `start` up to, not including, `end`. A file that is not there is an
   * `error` of the stream (`ENOENT`); a key that this store cannot have made is thrown at once.
   */
  open(storageKey: string, range?: { start: number; end: number }): Readable;
  /** In bytes; null when there is no such file. */
  size(storageKey: string): Promise<number | null>;
  /** Safe to repeat. */
  delete(storageKey: string): Promise<void>;
  /** Removes what nobody needs; answers how many files that were. */
  sweep(options: SweepOptions): Promise<number>;
}

/** What a sweep may take. */
export interface SweepOptions {
  /** Only files last written longer ago than this. */
  olderThanMs: number;
  /** Of these keys, those that are still needed; asked for a few hundred at a time. */
  keep(storageKeys: string[]): Promise<ReadonlySet<string>>;
}

/** A file that is being written. One call at a time; it ends with `commit` or `abort`. */
export interface BlobWriter {
  /** Resolves when more may come. The bytes may be used again then. */
  write(bytes: Uint8Array): Promise<void>;
  /** Makes the file durable and gives it its key. */
  commit(): Promise<{ storageKey: string }>;
  /** Removes what was written. Safe to repeat, and after a `commit` without effect. */
  abort(): Promise<void>;
}

const KEY = /^[0-9a-f]{32}$/u;
const SWEEP_BATCH = 500;
const INCOMING = "incoming";

/**
 * A {@link BlobStore} in a folder: `ab/cd/<key>` for what is committed, `incoming/<key>` for what is being
 * written. Folders are made when needed, 0700; files are 0600. Any number of processes may share it.
 */
export function createFolderBlobStore({ root }: { root: string }): BlobStore {
  return {
    create: () => createWriter(root),
    open: (storageKey, range) => {
      const part = range === undefined ? {} : { start: range.start, end: range.end - 1 };
      const file = createReadStream(pathOf(root, storageKey), part);
      return Readable.from(countPassing(file), { objectMode: false });
    },
    size: async (storageKey) => (await statIfThere(pathOf(root, storageKey)))?.size ?? null,
    delete: async (storageKey) => rm(pathOf(root, storageKey), { force: true }),
    sweep: (options) => sweepFolder(root, options),
  };
}

async function createWriter(root: string): Promise<BlobWriter> {
  const storageKey = randomBytes(16).toString("hex");
  const incoming = join(root, INCOMING, storageKey);
  await mkdir(dirname(incoming), { recursive: true, mode: 0o700 });
  const file = await open(incoming, "wx", 0o600);
  let state: "open" | "closed" = "open";
  return {
    write: (bytes) => writeWhole(file, bytes),
    async commit() {
      await file.sync();
      await file.close();
      state = "closed";
      await moveDurably(root, incoming, pathOf(root, storageKey));
      return { storageKey };
    },
    async abort() {
      if (state === "open") await file.close();
      state = "closed";
      await rm(incoming, { force: true });
    },
  };
}

async function writeWhole(file: FileHandle, bytes: Uint8Array): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    written += (await file.write(bytes, written)).bytesWritten;
  }
  noteBufferPassed(bytes.length);
}

async function* countPassing(file: Readable): AsyncGenerator<Buffer> {
  for await (const chunk of file as AsyncIterable<Buffer>) {
    yield chunk;
    noteBufferPassed(chunk.length);
  }
}

/** A rename survives a power cut only when the folders that changed are synced as well. */
async function moveDurably(root: string, from: string, to: string): Promise<void> {
  const folder = dirname(to);
  const firstMade = await mkdir(folder, { recursive: true, mode: 0o700 });
  await rename(from, to);
  await syncFolder(folder);
  if (firstMade === undefined) return;
  for (let above = dirname(folder); isWithin(root, above); above = dirname(above)) {
    await syncFolder(above);
  }
}

function isWithin(root: string, folder: string): boolean {
  const path = relative(root, folder);
  return path !== ".." && !path.startsWith(`..${sep}`);
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function pathOf(root: string, storageKey: string): string {
  // Keys come back from the database and from addresses: none may lead out of the folder.
  if (!KEY.test(storageKey)) throw new RangeError("This is not a key of the blob store");
  return join(root, storageKey.slice(0, 2), storageKey.slice(2, 4), storageKey);
}

async function statIfThere(path: string): Promise<{ size: number; mtimeMs: number } | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if (isAbsence(error)) return undefined;
    throw error;
  }
}

function isAbsence(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

async function sweepFolder(root: string, options: SweepOptions): Promise<number> {
  const writtenBeforeMs = Date.now() - options.olderThanMs;
  let removed = 0;
  for (const name of await namesIn(join(root, INCOMING))) {
    removed += await removeIfOlder(join(root, INCOMING, name), writtenBeforeMs);
  }
  for await (const keys of oldKeys(root, writtenBeforeMs)) {
    const kept = await options.keep(keys);
    for (const key of keys) {
      if (!kept.has(key)) removed += await removeIfOlder(pathOf(root, key), writtenBeforeMs);
    }
  }
  return removed;
}

async function* oldKeys(root: string, writtenBeforeMs: number): AsyncGenerator<string[]> {
  let batch: string[] = [];
  for (const first of await namesIn(root)) {
    if (first.length !== 2) continue;
    for (const second of await namesIn(join(root, first))) {
      for (const key of await namesIn(join(root, first, second))) {
        const found = KEY.test(key) ? await statIfThere(pathOf(root, key)) : undefined;
        if (found !== undefined && found.mtimeMs < writtenBeforeMs) batch.push(key);
        if (batch.length < SWEEP_BATCH) continue;
        yield batch;
        batch = [];
      }
    }
  }
  if (batch.length > 0) yield batch;
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isAbsence(error)) return [];
    throw error;
  }
}

async function removeIfOlder(path: string, writtenBeforeMs: number): Promise<number> {
  const found = await statIfThere(path);
  if (found === undefined || found.mtimeMs >= writtenBeforeMs) return 0;
  await rm(path, { force: true });
  return 1;
}
