import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

/*
 * A backup is a folder:
 *
 *   manifest.json            what is in it, with SHA-256 of everything; written last, so that half a backup has none
 *   database/<table>.gz      a line of JSON for each row, as PostgreSQL writes it, gzip
 *   files.gz                 a line for each file: key, bytes, SHA-256
 *   files/ab/cd/<key>        the files, as in the blob store
 *   KEY.txt                  that the key is not in here, and how to tell whether one fits
 */

/** Thrown for what an operator can put right; the message says how. */
export class BackupError extends Error {
  override name = "BackupError";
}

const partSchema = z.object({ bytes: z.number().int(), sha256: z.string() });

const manifestSchema = z.object({
  format: z.literal(1),
  madeAt: z.iso.datetime(),
  /** Tells whether a key opens the secrets in here, without telling the key. */
  keyFingerprint: z.string(),
  migrations: z.array(z.string().regex(/^\d{4}-[a-z0-9-]+$/u)),
  /** The first days of the months that tables are partitioned by. */
  months: z.array(z.iso.date()),
  sequences: z.array(z.object({ name: z.string(), lastValue: z.string(), isCalled: z.boolean() })),
  tables: z.array(
    partSchema.extend({
      name: z.string().regex(/^[a-z_]+$/u),
      columns: z.array(z.string().regex(/^[a-z0-9_]+$/u)),
      rows: z.number().int(),
    }),
  ),
  fileList: partSchema,
  files: z.object({ count: z.number().int(), bytes: z.number().int() }),
});

/** What a backup says of itself. */
export type Manifest = z.infer<typeof manifestSchema>;

/** A file of a backup: its size and SHA-256 in hex. */
export type Part = z.infer<typeof partSchema>;

/** The file of a table's rows. */
export function tablePath(folder: string, table: string): string {
  return join(folder, "database", `${table}.gz`);
}

/** The list of files. */
export function fileListPath(folder: string): string {
  return join(folder, "files.gz");
}

/** Writes the manifest: from now on the folder is a backup. */
export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  const half = join(folder, "manifest.json.half");
  const file = await open(half, "w", 0o600);
  try {
    await file.writeFile(`${JSON.stringify(manifest, null, 2)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(half, join(folder, "manifest.json"));
}

/** Reads the manifest and compares every part of the database with it, before anything is changed. */
export async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, "manifest.json"), "utf8").catch(() => {
    throw new BackupError(
      `${folder} has no manifest.json: it is no backup, or one that was cut short.`,
    );
  });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new BackupError(`${folder}/manifest.json cannot be read.`);
  }
  const parsed = manifestSchema.safeParse(json);
  if (!parsed.success) {
    throw new BackupError(`${folder}/manifest.json is of another version, or damaged.`);
  }
  const manifest = parsed.data;
  for (const table of manifest.tables) await checkPart(tablePath(folder, table.name), table);
  await checkPart(fileListPath(folder), manifest.fileList);
  return manifest;
}

async function checkPart(path: string, part: Part): Promise<void> {
  const found = await hashFile(path).catch(() => null);
  if (found?.sha256 === part.sha256 && found.bytes === part.bytes) return;
  throw new BackupError(`${path} is ${found ? "not as it was written" : "missing"}.`);
}

/** Size and SHA-256 of a file. */
export async function hashFile(path: string): Promise<Part> {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const chunk of createReadStream(path)) {
    hash.update(chunk as Buffer);
    bytes += (chunk as Buffer).length;
  }
  return { bytes, sha256: hash.digest("hex") };
}
