import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Demo, demoSchema } from "@recado/contract/demo";
import { ROOT } from "./run-example.ts";

const START_MS_MAX = 180_000;

/** A running product with its demonstration data. */
export interface OpenProduct {
  demo: Demo;
  close(): Promise<void>;
}

/** The product that `RECADO_DEMO_JSON` tells of, left running; else one of our own, in a folder of its own. */
export async function openProduct(): Promise<OpenProduct> {
  const given = process.env.RECADO_DEMO_JSON;
  if (given) return { demo: readDemo(given), close: async () => {} };
  const dataDir = mkdtempSync(join(tmpdir(), "recado-examples-"));
  const [port, simulatorPort] = [await findFreePort(), await findFreePort()];
  const child = spawn(process.execPath, ["tools/bootstrap/start.mjs"], {
    cwd: ROOT,
    env: {
      ...process.env,
      PORT: String(port),
      SIMULATOR_PORT: String(simulatorPort),
      DATA_DIR: dataDir,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output = (output + String(chunk)).slice(-10_000);
    });
  }
  const close = async () => {
    await stop(child);
    rmSync(dataDir, { recursive: true, force: true });
  };
  const deadlineMs = Date.now() + START_MS_MAX;
  while (!(await isReady(port))) {
    if (child.exitCode !== null || Date.now() > deadlineMs) {
      await close();
      throw new Error(`The product did not start:\n${output}`);
    }
    await sleep(200);
  }
  return { demo: readDemo(join(dataDir, "demo.json")), close };
}

/** A port that nobody listens on at this moment. */
export async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("there is no free port");
  return address.port;
}

function readDemo(path: string): Demo {
  return demoSchema.parse(JSON.parse(readFileSync(path, "utf8")));
}

async function isReady(port: number): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/health/ready`);
    await response.arrayBuffer();
    return response.status === 200;
  } catch {
    return false;
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("close", resolve));
  child.kill("SIGTERM");
  await ended;
}
