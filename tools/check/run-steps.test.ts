import assert from "node:assert/strict";
import { tmpdir } from "node:os";
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
