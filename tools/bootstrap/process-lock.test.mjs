import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { withLock } from "./process-lock.mjs";

const folder = mkdtempSync(join(tmpdir(), "recado-lock-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const deadPid = () => spawnSync(process.execPath, ["-e", ""]).pid;

test("processes that want the same lock work one after the other, even over a dead holder's lock", async () => {
  const lock = join(folder, "shared.lock");
  const journal = join(folder, "shared.txt");
  writeFileSync(lock, `${hostname()} ${deadPid()} 1`);
  const script = `
    import { appendFileSync } from "node:fs";
    import { setTimeout as delay } from "node:timers/promises";
    import { withLock } from ${JSON.stringify(new URL("./process-lock.mjs", import.meta.url).href)};
    await withLock(${JSON.stringify(lock)}, async () => {
      appendFileSync(${JSON.stringify(journal)}, "in\\n");
      await delay(50);
      appendFileSync(${JSON.stringify(journal)}, "out\\n");
    });
  `;
  const workers = [1, 2, 3, 4].map(() =>
    spawn(process.execPath, ["--input-type=module", "-e", script]),
  );
  const codes = await Promise.all(
    workers.map((worker) => once(worker, "exit").then(([code]) => code)),
  );
  assert.deepEqual(codes, [0, 0, 0, 0]);
  assert.equal(readFileSync(journal, "utf8"), "in\nout\n".repeat(4));
  assert.equal(existsSync(lock), false);
});

test("a lock that nobody has touched for long is taken over, whoever its holder was", async () => {
  const lock = join(folder, "old.lock");
  writeFileSync(lock, "another-host 1 1");
  utimesSync(lock, new Date(0), new Date(0));
  assert.equal(await withLock(lock, async () => "worked"), "worked");
});

test("a lock that is held and fresh is waited for until the caller gives up", async () => {
  const lock = join(folder, "held.lock");
  writeFileSync(lock, `${hostname()} ${process.pid} 0`);
  const giveUp = new AbortController();
  const waiting = withLock(lock, async () => "worked", {
    signal: giveUp.signal,
    onWait: () => giveUp.abort(),
  });
  await assert.rejects(waiting, { name: "AbortError" });
  assert.equal(readFileSync(lock, "utf8"), `${hostname()} ${process.pid} 0`);
});

test("work that fails frees the lock", async () => {
  const lock = join(folder, "failing.lock");
  const failing = withLock(lock, async () => Promise.reject(new Error("no")));
  await assert.rejects(failing, /no/);
  assert.equal(existsSync(lock), false);
});
