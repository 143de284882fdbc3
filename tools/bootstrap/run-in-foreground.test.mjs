import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { runInForeground } from "./run-in-foreground.mjs";

const node = (script) => runInForeground(process.execPath, ["-e", script], {});

test("the exit code is the command's, or what a shell makes of its signal", async () => {
  assert.equal(await node("process.exit(5)"), 5);
  assert.equal(await node('process.kill(process.pid, "SIGKILL")'), 137);
  await assert.rejects(runInForeground("/absent/program", [], {}), /ENOENT/);
});

test("a signal is passed on, and we stay until the command has ended", async () => {
  const inner = `
    process.on("SIGTERM", () => setTimeout(() => process.exit(9), 50));
    setInterval(() => {}, 1000);
    console.log("up");
  `;
  const outer = `
    import { runInForeground } from ${JSON.stringify(new URL("./run-in-foreground.mjs", import.meta.url).href)};
    process.exit(await runInForeground(process.execPath, ["-e", ${JSON.stringify(inner)}], {}));
  `;
  const parent = spawn(process.execPath, ["--input-type=module", "-e", outer], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(parent.stdout, "data");
  parent.kill("SIGTERM");
  assert.deepEqual(await once(parent, "exit"), [9, null]);
});
