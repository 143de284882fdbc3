import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { CommandFailure } from "./command-failure.ts";

/** Where the server is and who we are. */
export interface Settings {
  /** Without a slash at its end. */
  url: string;
  token: string;
}

/**
 * Reads `RECADO_URL` (default http://127.0.0.1:8080) and the administrator's token: `RECADO_TOKEN`, or
 * else the file `admin-token` in `DATA_DIR` (default ./data), which the server writes.
 */
export async function readSettings(env: NodeJS.ProcessEnv): Promise<Settings> {
  const url = env.RECADO_URL || "http://127.0.0.1:8080";
  if (!/^https?:\/\//u.test(url) || !URL.canParse(url)) {
    throw new CommandFailure(`RECADO_URL is not an http(s) address: ${url}`);
  }
  return { url: url.replace(/\/+$/u, ""), token: env.RECADO_TOKEN || (await readTokenFile(env)) };
}

async function readTokenFile(env: NodeJS.ProcessEnv): Promise<string> {
  const file = join(env.DATA_DIR || "data", "admin-token");
  try {
    return (await readFile(file, "utf8")).trim();
  } catch {
    throw new CommandFailure(
      `There is no administrator's token. Set RECADO_TOKEN, or DATA_DIR to the server's folder (${file} cannot be read).`,
    );
  }
}
