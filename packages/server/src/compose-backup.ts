import { createHash } from "node:crypto";
import { join, resolve } from "node:path";
import type { Logger } from "pino";
import { composeFoundation } from "./compose-foundation.ts";
import type { Config } from "./config.ts";
import { findRestored, settleRestored } from "./gateway/restored-messages.ts";
import { systemClock } from "./platform/clock.ts";
import { deriveKey, loadMasterSecret } from "./platform/keys.ts";
import { checkFiles, restoreFiles } from "./storage/backup/copy-files.ts";
import { makeBackup } from "./storage/backup/make-backup.ts";
import { BackupError, type Manifest, readManifest } from "./storage/backup/manifest.ts";
import { restoreDatabase } from "./storage/backup/restore-database.ts";
import { withTemporaryDatabase } from "./storage/backup/temporary-database.ts";
import { createPool, type Database, type Queryable } from "./storage/connect.ts";
import { findStorageKeys } from "./storage/media.ts";
import { migrate } from "./storage/migrate.ts";
import { holdRestored } from "./storage/restored-messages.ts";
import { verifyWallets } from "./wallet/verify.ts";

/** What the commands of backup and restore are handed. */
export interface BackupDeps {
  config: Config;
  logger: Logger;
  databaseUrl: string;
  /** Words for the person at the terminal. */
  say(line: string): void;
}

/** Held messages that nobody decides about are failed and refunded after this. */
const HOLD_MS = 30 * 86_400_000;

/** `backup <folder>`: copies everything while it runs. */
export async function runBackup(deps: BackupDeps, folder: string): Promise<void> {
  const { config, databaseUrl } = deps;
  const manifest = await makeBackup({
    databaseUrl,
    store: join(config.DATA_DIR, "files"),
    folder: resolve(folder),
    keyFingerprint: fingerprint(config),
    now: new Date(),
  });
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
  deps.say(
    `Done: ${rows} rows of ${manifest.tables.length} tables, ${manifest.files.count} files.`,
  );
  deps.say(
    `The key is not in ${folder}: keep it apart (see KEY.txt). Rehearse: recado restore ${folder} --verify`,
  );
}

/**
 * `restore <folder>`: into an empty database and data folder. What waited when the backup was made is held
 * until `restored --release` or `--fail`: it may have been sent since.
 */
export async function runRestore(deps: BackupDeps, folder: string): Promise<void> {
  const { config, databaseUrl } = deps;
  const from = resolve(folder);
  const manifest = await readManifest(from);
  const fits = checkKey(deps, manifest);
  await restoreFiles(from, join(config.DATA_DIR, "files"));
  const held = await restoreAndHold(databaseUrl, { folder: from, manifest, config });
  await migrate(databaseUrl);
  await checkRestored(deps, databaseUrl);
  deps.say(
    `Restored as of ${manifest.madeAt}. Held: ${held.held} messages; unknown: ${held.unknown}.`,
  );
  if (held.held > 0) {
    deps.say("Held messages may have been sent since the backup. Look: recado restored");
    deps.say("Send them: recado restored --release · end and refund them: recado restored --fail");
  }
  if (!fits) deps.say("The key is another one: enter tokens and secrets anew.");
}

/** `restore <folder> --verify`: restores into a temporary database, checks the books, and removes it. */
export async function rehearseRestore(deps: BackupDeps, folder: string): Promise<void> {
  const from = resolve(folder);
  const manifest = await readManifest(from);
  checkKey(deps, manifest);
  const keys = await checkFiles(from);
  await withTemporaryDatabase(deps.databaseUrl, async (url) => {
    await restoreAndHold(url, { folder: from, manifest, config: deps.config });
    await migrate(url);
    await withPool(url, async (pool) => {
      const missing = (await findStorageKeys(pool)).filter((key) => !keys.has(key));
      if (missing.length > 0)
        throw new BackupError(`${missing.length} files are not in the backup.`);
    });
    await checkRestored(deps, url);
  });
  deps.say(`The backup of ${manifest.madeAt} can be restored: rows, files and books are whole.`);
}

/** `restored`: what is held since a restore; `--release` sends it, `--fail` ends and refunds it. */
export async function runRestored(
  deps: BackupDeps,
  choice: { release: boolean; fail: boolean; account: string | null },
): Promise<void> {
  if (choice.release && choice.fail) throw new BackupError("Say --release or --fail, not both.");
  const base = composeFoundation(deps.config, deps);
  try {
    const held = await findRestored(base.shared);
    for (const { accountId, name, count, oldest } of held) {
      deps.say(`${accountId}  ${name}: ${count} messages since ${oldest.toISOString()}`);
    }
    if (held.length === 0) deps.say("Nothing is held.");
    if (!choice.release && !choice.fail) return;
    const action = choice.release ? "release" : "fail";
    const settled = await settleRestored(base.shared, { accountId: choice.account, action });
    deps.say(
      `${settled} messages ${action === "release" ? "wait to be sent again" : "ended and refunded"}.`,
    );
  } finally {
    await base.close();
  }
}

async function restoreAndHold(
  url: string,
  { folder, manifest, config }: { folder: string; manifest: Manifest; config: Config },
): Promise<{ held: number; unknown: number }> {
  let held = { held: 0, unknown: 0 };
  const hold = async (sql: Queryable) => {
    const nowMs = systemClock.now();
    held = await holdRestored(sql, {
      at: new Date(nowMs),
      until: new Date(nowMs + HOLD_MS),
      giveUpCallsAt: new Date(nowMs + config.UNKNOWN_OUTCOME_AFTER_S * 1000),
    });
  };
  // In the transaction of the rows: at no moment is there a message that a worker would send.
  await restoreDatabase(url, { folder, manifest }, hold);
  return held;
}

async function checkRestored(deps: BackupDeps, url: string): Promise<void> {
  await withPool(url, async (pool) => {
    const report = await verifyWallets(pool);
    const wrong = report.wallets.length + report.messages.length;
    if (wrong === 0) return;
    deps.logger.error({ report }, "wallet.differs");
    throw new BackupError(`${wrong} balances or charges do not add up: see the log.`);
  });
}

async function withPool(url: string, work: (pool: Database) => Promise<void>): Promise<void> {
  const pool = createPool(url, { applicationName: "recado-restore", statementTimeoutMs: 0 });
  try {
    await work(pool);
  } finally {
    await pool.end();
  }
}

function checkKey({ config, say }: BackupDeps, manifest: Manifest): boolean {
  const fits = fingerprint(config) === manifest.keyFingerprint;
  if (!fits) {
    say(`The key of this installation is not the backup's (${manifest.keyFingerprint}).`);
    say(
      "Put the right one into SECRET_KEY or DATA_DIR/secret.key, or enter tokens and secrets anew.",
    );
  }
  return fits;
}

function fingerprint(config: Config): string {
  const master = loadMasterSecret(config.SECRET_KEY, config.DATA_DIR);
  const derived = deriveKey(master, "fingerprint of backups");
  return createHash("sha256").update(derived).digest("hex").slice(0, 16);
}
