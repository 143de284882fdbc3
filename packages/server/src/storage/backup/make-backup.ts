import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { copyDatabase } from "./copy-database.ts";
import { copyFiles } from "./copy-files.ts";
import { BackupError, type Manifest, writeManifest } from "./manifest.ts";

/** What is copied, and to where. */
export interface BackupOptions {
  databaseUrl: string;
  /** The blob store's folder. */
  store: string;
  /** Must not exist, or be empty. */
  folder: string;
  keyFingerprint: string;
  now: Date;
}

/**
 * Copies database and files while everything runs; nobody waits for it. The folder is for the owner's eyes
 * alone (0700). What was accepted after the copy began is not in it.
 */
export async function makeBackup(options: BackupOptions): Promise<Manifest> {
  const { folder } = options;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if ((await readdir(folder)).length > 0) {
    throw new BackupError(`${folder} is not empty: give a backup a folder of its own.`);
  }
  const database = await copyDatabase(options.databaseUrl, folder);
  const files = await copyFiles(options.store, folder);
  await writeFile(join(folder, "KEY.txt"), keyNote(options.keyFingerprint), { mode: 0o600 });
  const manifest: Manifest = {
    format: 1,
    madeAt: options.now.toISOString(),
    keyFingerprint: options.keyFingerprint,
    ...database,
    ...files,
  };
  await writeManifest(folder, manifest);
  return manifest;
}

const keyNote = (
  fingerprint: string,
) => `La clave NO está en esta copia. Guárdela aparte: SECRET_KEY, o el archivo secret.key de DATA_DIR.
Sin ella los tokens y secretos de esta copia no se pueden abrir, y hay que ingresarlos de nuevo.

The key is NOT in this backup. Keep it apart: SECRET_KEY, or the file secret.key of DATA_DIR.
Without it the tokens and secrets in here cannot be opened, and have to be entered anew.

Huella de la clave / fingerprint of the key: ${fingerprint}
`;
