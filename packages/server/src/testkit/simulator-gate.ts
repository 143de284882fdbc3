import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { buffer } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { programEnv } from "./program-env.ts";

/** What a provider was asked. */
export interface GateCall {
  method: string;
  /** With what stands behind the `?`. */
  path: string;
  /** The token or key that came along. */
  token: string;
  body: string;
}

/** What the gate itself answers; null: the simulator does. */
export type GateAnswer = { status: number; body: unknown } | "cut" | null;

/** The simulator as a program of its own, behind a gate that sees each call and may hold it, cut it or answer it. */
export interface SimulatorGate {
  /** Of the gate: `/meta` and `/gupshup` lead to the simulator. */
  readonly url: string;
  /** Oldest first; neither posts of the simulator's nor what {@link SimulatorGate.control} asks. */
  readonly calls: GateCall[];
  /** The calls, each as `POST /meta/…`. */
  asked(): string[];
  /** Empties the list of calls. */
  forget(): void;
  /** Asked about each call before the simulator is. */
  answer(call: GateCall): GateAnswer | Promise<GateAnswer>;
  /** Asks the simulator's own `/sim`: a POST with a body, else a GET. */
  control(path: string, body?: unknown): Promise<unknown>;
  close(): Promise<void>;
}

const SIMULATOR = fileURLToPath(new URL("../../../simulator/src/main.ts", import.meta.url));
/** Where the simulator posts its webhooks: what comes is taken and forgotten. */
export const GATE_HOOK = "/hook";

/** Starts both; `close` ends them. */
export async function openSimulatorGate(): Promise<SimulatorGate> {
  const dataDir = mkdtempSync(join(tmpdir(), "recado-gate-"));
  const simulator = spawn(process.execPath, [SIMULATOR], {
    env: { ...programEnv(), SIMULATOR_PORT: "0", DATA_DIR: dataDir, HOST: "127.0.0.1" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const simulatorUrl = await readUrl(simulator);
  const server = createServer((request, response) => {
    serve(gate, simulatorUrl, { request, response }).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const gate: SimulatorGate = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls: [],
    asked: () => gate.calls.map(({ method, path }) => `${method} ${path}`),
    forget: () => void gate.calls.splice(0),
    answer: () => null,
    async control(path, body) {
      const init = { method: "POST", headers: { "content-type": "application/json" } };
      const post = body === undefined ? {} : { ...init, body: JSON.stringify(body) };
      const answer = await fetch(`${simulatorUrl}/sim${path}`, post);
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
      return JSON.parse(text);
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      if (simulator.exitCode === null) {
        simulator.kill("SIGTERM");
        await once(simulator, "exit");
      }
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
  await gate.control("/behaviour", { statusDelayMs: 0 });
  return gate;
}

async function serve(
  gate: SimulatorGate,
  simulatorUrl: string,
  { request, response }: { request: IncomingMessage; response: ServerResponse },
): Promise<void> {
  const body = await buffer(request);
  const { method = "", url: path = "", headers } = request;
  if (path.startsWith(GATE_HOOK)) {
    response.end();
    return;
  }
  const token = headers.authorization?.replace(/^\S+ /u, "") ?? String(headers.apikey);
  const call = { method, path, token, body: body.toString() };
  gate.calls.push(call);
  const own = await gate.answer(call);
  if (own === "cut") {
    request.socket.destroy();
  } else if (own !== null) {
    response.writeHead(own.status, { "content-type": "application/json" });
    response.end(JSON.stringify(own.body));
  } else {
    const kept = ["authorization", "apikey", "content-type", "file_offset"];
    const passed = kept.flatMap((name) => (headers[name] ? [[name, String(headers[name])]] : []));
    const answer = await fetch(simulatorUrl + path, {
      method,
      headers: Object.fromEntries(passed),
      ...(body.length > 0 && { body }),
    });
    const type = answer.headers.get("content-type") ?? "text/plain";
    response.writeHead(answer.status, { "content-type": type });
    response.end(Buffer.from(await answer.arrayBuffer()));
  }
}

/** The simulator says in one line of its log where it listens. */
async function readUrl(simulator: ChildProcess): Promise<string> {
  if (!simulator.stdout) throw new Error("the simulator has no output");
  for await (const line of createInterface({ input: simulator.stdout })) {
    const url = /"url":"(http:[^"]+)"/u.exec(line)?.[1];
    if (url === undefined) continue;
    simulator.stdout.resume();
    return url;
  }
  throw new Error("the simulator ended before it was ready");
}
