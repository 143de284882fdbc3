import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const numberSchema = z.object({
  numberId: z.string(),
  businessId: z.string(),
  officialNumber: z.string(),
  name: z.string(),
  accessToken: z.string(),
  appSecret: z.string(),
  verifyToken: z.string(),
});

const stateSchema = z.object({
  /** Of the demonstration's wallet: a database that does not know it is another one. */
  accountId: z.string(),
  numbers: z.record(z.string(), numberSchema),
  tokens: z.record(z.string(), z.string()),
  password: z.string(),
  endpointId: z.string(),
  webhookSecret: z.string(),
});

/**
 * What the demonstration must remember of itself, since the database keeps tokens and secrets only as
 * hashes or sealed: the file `demo-secrets.json`, mode 0600.
 */
export type DemoState = z.infer<typeof stateSchema>;

/** Reads it; null when there is none, or one that cannot be read. */
export function readDemoState(dataDir: string): DemoState | null {
  const path = join(dataDir, "demo-secrets.json");
  if (!existsSync(path)) return null;
  const parsed = stateSchema.safeParse(JSON.parse(readFileSync(path, "utf8")));
  return parsed.success ? parsed.data : null;
}

/** Writes it, whole or not at all. */
export function writeDemoState(dataDir: string, state: DemoState): void {
  writeWhole(join(dataDir, "demo-secrets.json"), state);
}

/** Writes JSON so that a reader never sees half of it; mode 0600. */
export function writeWhole(path: string, content: unknown): void {
  writeFileSync(`${path}.new`, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
