import { hkdfSync, randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AppError } from "./app-error.ts";

/**
 * The master secret: `given` (64 hex digits), or the file `secret.key` in the data folder, which is made
 * with mode 0600 when it is missing. Two processes that make it at once end up with the same.
 */
export function loadMasterSecret(given: string, dataDir: string): Buffer {
  if (given !== "") return parseKey(given, "SECRET_KEY");
  const path = join(dataDir, "secret.key");
  mkdirSync(dataDir, { recursive: true });
  try {
    writeFileSync(path, `${randomBytes(32).toString("hex")}\n`, { flag: "wx", mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  return parseKey(readFileSync(path, "utf8").trim(), path);
}

/** A key for one purpose, from which neither the master nor another purpose's key can be found. */
export function deriveKey(master: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync("sha256", master, "recado", purpose, 32));
}

function parseKey(text: string, where: string): Buffer {
  if (!/^[0-9a-f]{64}$/iu.test(text)) {
    throw new AppError("invalid_request", `${where} must be 64 hex digits: openssl rand -hex 32`);
  }
  return Buffer.from(text, "hex");
}
