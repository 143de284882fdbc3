import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** What the environment says about a simulator that runs as a program. */
export interface SimulatorSettings {
  host: string;
  port: number;
  dataDir: string;
  webDir: string | undefined;
  pairBurst: number;
}

const builtPage = fileURLToPath(new URL("../../simulator-web/dist", import.meta.url));

/** Reads `HOST`, `SIMULATOR_PORT`, `DATA_DIR`, `SIMULATOR_WEB_DIR`, `SIMULATOR_PAIR_BURST`; a string is what is wrong. */
export function readSettings(env: NodeJS.ProcessEnv): SimulatorSettings | string {
  const port = Number(env.SIMULATOR_PORT || 8090);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    return "SIMULATOR_PORT must be a port, 0 to 65535";
  }
  const pairBurst = Number(env.SIMULATOR_PAIR_BURST || 45);
  if (!Number.isInteger(pairBurst) || pairBurst < 1) {
    return "SIMULATOR_PAIR_BURST must be a whole number of at least 1";
  }
  return {
    host: env.HOST || "127.0.0.1",
    port,
    dataDir: env.DATA_DIR || "./data",
    webDir: env.SIMULATOR_WEB_DIR || (existsSync(builtPage) ? builtPage : undefined),
    pairBurst,
  };
}
