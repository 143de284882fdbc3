import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import type { ArrivedMessage } from "@recado/contract/simulator-api";
import {
  startCallback,
  type TestCallback,
  TestSimulator,
  testNumber,
  until,
} from "./testkit/start-test-simulator.ts";

const main = fileURLToPath(new URL("./main.ts", import.meta.url));

let dataDir: string;
let callback: TestCallback;
const children = new Set<ChildProcess>();

before(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "simulator-main-"));
  callback = await startCallback();
});
after(async () => {
  for (const child of children) child.kill("SIGKILL");
  await callback.close();
  rmSync(dataDir, { recursive: true, force: true });
});

async function start(): Promise<{ child: ChildProcess; simulator: TestSimulator }> {
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", main], {
    env: { ...process.env, SIMULATOR_PORT: "0", DATA_DIR: dataDir, HOST: "127.0.0.1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.add(child);
  for await (const line of createInterface({ input: child.stdout ?? process.stdin })) {
    const { msg, url } = JSON.parse(line) as { msg: string; url: string };
    if (msg !== "simulator.ready") continue;
    const running = { url, close: async () => {} };
    return { child, simulator: new TestSimulator(running, callback, dataDir) };
  }
  throw new Error("the simulator ended before it was ready");
}

async function end(child: ChildProcess, signals: NodeJS.Signals[]): Promise<number | null> {
  const exited = once(child, "exit");
  for (const signal of signals) child.kill(signal);
  const [code] = await exited;
  children.delete(child);
  return code as number | null;
}

test("after kill -9 in mid-sending, what was accepted is listed and every event is still told", async () => {
  const first = await start();
  await first.simulator.call("POST", "/sim/numbers", { ...testNumber, callbackUrl: callback.url });
  await first.simulator.addTemplate({
    name: "plain",
    language: "es_CO",
    category: "UTILITY",
    components: [{ type: "BODY", text: "Tu pedido está listo." }],
  });
  await first.simulator.behave({ statusDelayMs: 40 });
  const accepted: string[] = [];
  const sends = Array.from({ length: 200 }, async (_, index) => {
    const answer = await first.simulator.send(`57301${1_000_000 + index}`);
    accepted.push(answer.body.messages[0].id as string);
  });
  const settled = Promise.allSettled(sends);
  await until(() => accepted.length >= 100);
  await end(first.child, ["SIGKILL"]);
  await settled;

  const second = await start();
  const list = await second.simulator.call("GET", "/sim/messages");
  const listed = new Set((list.body as ArrivedMessage[]).map((message) => message.id));
  assert.equal(listed.size, list.body.length);
  for (const id of accepted) assert.ok(listed.has(id), `${id} is lost`);
  const reached = () => {
    const read = second.simulator.statuses().filter((status) => status.status === "read");
    return new Set(read.map((status) => status.id)).size;
  };
  await until(() => reached() === listed.size);
  const byMessage = Map.groupBy(second.simulator.statuses(), (status) => status.id);
  for (const id of listed) {
    const kinds = new Set(byMessage.get(id)?.map((status) => status.status));
    assert.deepEqual([...kinds].toSorted(), ["delivered", "read", "sent"]);
  }
  assert.equal(await end(second.child, ["SIGTERM", "SIGTERM"]), 0);
});

test("a call that is never answered does not keep the simulator from ending with 0", async () => {
  const { child, simulator } = await start();
  const hanging = simulator.send("573008000006").catch(() => "cut");
  await until(
    async () => (await simulator.call("GET", "/sim/messages?to=573008000006")).body.length === 1,
  );
  assert.equal(await end(child, ["SIGINT", "SIGINT"]), 0);
  assert.equal(await hanging, "cut");
});
