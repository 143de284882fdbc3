import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, readdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { BackupError, fileListPath, hashFile, type Manifest, type Part } from "./manifest.ts";
import { readLines, writeLines } from "./write-lines.ts";

const KEY = /^[0-9a-f]{32}$/u;
const LINES_PER_GROUP = 500;

/** A line of the list of files. */
interface ListedFile extends Part {
  key: string;
}

/** Copies every file of the blob store; call it after the database, so that whatever a row names is there. */
export async function copyFiles(
  store: string,
  folder: string,
): Promise<Pick<Manifest, "fileList" | "files">> {
  const files = { count: 0, bytes: 0 };
  const lines = async function* () {
    for await (const key of keysIn(store)) {
      const part = await copyFile(pathOf(store, key), pathOf(join(folder, "files"), key));
      // Swept since we saw its name: nobody needs it any more.
      if (part === null) continue;
      files.count += 1;
      files.bytes += part.bytes;
      yield JSON.stringify({ key, ...part });
    }
  };
  const fileList = await writeLines(fileListPath(folder), lines());
  return { fileList, files };
}

/** Puts a backup's files into a blob store. Refuses one that is not as it was written. Safe to repeat. */
export async function restoreFiles(folder: string, store: string): Promise<void> {
  for await (const file of listFiles(folder)) {
    const from = pathOf(join(folder, "files"), file.key);
    const to = pathOf(store, file.key);
    const there = await hashFile(to).catch(() => null);
    if (there?.sha256 === file.sha256) continue;
    // Half of it, from a restore that was cut short: keys are random, so it can be nothing else.
    if (there !== null) await rm(to);
    const part = await copyFile(from, to);
    if (part?.sha256 !== file.sha256) throw damaged(from);
  }
}

/** Whether every file of a backup is as it was written; answers their keys. */
export async function checkFiles(folder: string): Promise<Set<string>> {
  const keys = new Set<string>();
  for await (const file of listFiles(folder)) {
    const path = pathOf(join(folder, "files"), file.key);
    const found = await hashFile(path).catch(() => null);
    if (found?.sha256 !== file.sha256) throw damaged(path);
    keys.add(file.key);
  }
  return keys;
}

function damaged(path: string): BackupError {
  return new BackupError(`${path} is missing, or not as it was written.`);
}

async function* listFiles(folder: string): AsyncGenerator<ListedFile> {
  for await (const lines of readLines(fileListPath(folder), LINES_PER_GROUP)) {
    for (const line of lines) {
      const file = JSON.parse(line) as ListedFile;
      if (!KEY.test(file.key)) throw new BackupError(`${file.key} is no key of a file.`);
      yield file;
    }
  }
}

async function* keysIn(store: string): AsyncGenerator<string> {
  for (const first of await namesIn(store)) {
    if (first.length !== 2) continue;
    for (const second of await namesIn(join(store, first))) {
      for (const key of await namesIn(join(store, first, second))) if (KEY.test(key)) yield key;
    }
  }
}

async function namesIn(folder: string): Promise<string[]> {
  return (await readdir(folder).catch(() => [])).sort();
}

function pathOf(root: string, key: string): string {
  return join(root, key.slice(0, 2), key.slice(2, 4), key);
}

/** Null when there is no such file. */
async function copyFile(from: string, to: string): Promise<Part | null> {
  const hash = createHash("sha256");
  let bytes = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  const sink = createWriteStream(to, { flags: "wx", mode: 0o600, flush: true });
  try {
    await pipeline(createReadStream(from), measure, sink);
  } catch (error) {
    await rm(to, { force: true });
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  return { bytes, sha256: hash.digest("hex") };
}
