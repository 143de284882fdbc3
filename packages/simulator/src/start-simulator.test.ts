import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { readSettings } from "./settings.ts";
import { startSimulator } from "./start-simulator.ts";
import { startTestSimulator, until } from "./testkit/start-test-simulator.ts";

test("the built page is served, and without one a line says how to build it", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "simulator-page-"));
  writeFileSync(join(dataDir, "index.html"), "<h1>telephones</h1>");
  for (const [webDir, expected] of [
    [dataDir, /telephones/],
    [undefined, /not built/],
    [join(dataDir, "nowhere"), /not built/],
  ] as const) {
    const simulator = await startSimulator({ port: 0, dataDir, webDir });
    const page = await fetch(simulator.url);
    assert.match(await page.text(), expected);
    await Promise.all([simulator.close(), simulator.close()]);
  }
  rmSync(dataDir, { recursive: true });
});

test("events that the callback refused before a restart are told after it", async () => {
  const simulator = await startTestSimulator();
  simulator.callback.status = 500;
  const id = (await simulator.send("573001112233")).body.messages[0].id as string;
  await until(() => new Set(simulator.statuses(id).map((one) => one.status)).size === 3);
  await simulator.running.close();
  simulator.callback.status = 200;
  simulator.callback.posts.length = 0;
  simulator.running = await startSimulator({ port: 0, dataDir: simulator.dataDir });
  await until(() => new Set(simulator.statuses(id).map((one) => one.status)).size === 3);
  await simulator.close();
});

test("settings have defaults, and what is wrong is said", () => {
  const settings = readSettings({});
  assert.ok(typeof settings !== "string");
  assert.deepEqual(
    [settings.host, settings.port, settings.dataDir, settings.pairBurst],
    ["127.0.0.1", 8090, "./data", 45],
  );
  assert.match(String(readSettings({ SIMULATOR_PORT: "x" })), /SIMULATOR_PORT/);
  assert.match(String(readSettings({ SIMULATOR_PAIR_BURST: "0" })), /SIMULATOR_PAIR_BURST/);
});
