import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { runSteps } from "./run-steps.ts";

test("a step that fails is shown with its output, and the ones after it still run", async () => {
  const said: string[] = [];
  const counts = await runSteps(
    [
      { name: "good", args: ["-e", 'console.log("chatter")'] },
      { name: "bad", args: ["-e", 'console.log("why"); console.error("where"); process.exit(4)'] },
      { name: "killed", args: ["-e", 'process.kill(process.pid, "SIGKILL")'] },
      { name: "last", args: ["-e", ""] },
    ],
    { cwd: tmpdir(), say: (text) => said.push(text.replace(/ +[\d.]+ s$/, "")) },
  );
  assert.deepEqual(counts, { passed: 2, failed: 2 });
  assert.deepEqual(said.slice(0, 2), ["✔ good", "✖ bad"]);
  assert.match(said[2] ?? "", /^ {4}(why|where)\n {4}(why|where)$/);
  assert.deepEqual([said[3], said[4]?.trim(), said[5]], ["✖ killed", "SIGKILL", "✔ last"]);
});

test("two run at once, and are told in the order in which they were given", async () => {
  const said: string[] = [];
  const folder = mkdtempSync(join(tmpdir(), "recado-steps-"));
  const made = JSON.stringify(join(folder, "made"));
  const wait = `const { existsSync } = require("node:fs"); (function look() { if (!existsSync(${made})) setTimeout(look, 10); })()`;
  const counts = await runSteps(
    [
      { name: "waits for the second", args: ["-e", wait] },
      { name: "lets it go on", args: ["-e", `require("node:fs").writeFileSync(${made}, "")`] },
    ],
    { cwd: folder, say: (text) => said.push(text.slice(0, 5)) },
  );
  rmSync(folder, { recursive: true });
  assert.deepEqual(counts, { passed: 2, failed: 0 });
  assert.deepEqual(said, ["✔ wai", "✔ let"]);
});
