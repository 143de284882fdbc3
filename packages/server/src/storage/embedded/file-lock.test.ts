import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { withFileLock } from "./file-lock.ts";
import { countLeases, takeLease } from "./leases.ts";
import {
  findProcess,
  formatIdentity,
  isRunning,
  ownIdentity,
  parseIdentity,
} from "./process-identity.ts";

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "recado-lock-"));
  path = join(folder, "lock");
});
afterEach(() => rmSync(folder, { recursive: true }));

/** The identity of a process that has ended. */
async function makeDeadIdentity(): Promise<string> {
  const child = spawn("sleep", ["600"]);
  await once(child, "spawn");
  const identity = findProcess(child.pid ?? 0);
  child.kill("SIGKILL");
  await once(child, "exit");
  assert.ok(identity !== undefined && !isRunning(identity));
  return formatIdentity(identity);
}

test("one at a time is inside, and nothing is left behind", async () => {
  let inside = 0;
  const enter = (): Promise<void> =>
    withFileLock(path, 10_000, async () => {
      inside += 1;
      assert.equal(inside, 1);
      await sleep(1);
      inside -= 1;
    });
  await Promise.all(Array.from({ length: 10 }, enter));
  assert.deepEqual(readdirSync(folder), []);
});

test("the lock is free again after a failure", async () => {
  const failure = new Error("inside");
  await assert.rejects(
    withFileLock(path, 10_000, async () => {
      throw failure;
    }),
    failure,
  );
  assert.equal(await withFileLock(path, 0, async () => "in"), "in");
});

test("the lock of a dead process is taken, by one of many at a time", async () => {
  writeFileSync(path, await makeDeadIdentity());
  let inside = 0;
  const enter = (): Promise<void> =>
    withFileLock(path, 10_000, async () => {
      inside += 1;
      assert.equal(inside, 1);
      await sleep(1);
      inside -= 1;
    });
  await Promise.all(Array.from({ length: 10 }, enter));
});

test("whoever waits too long is told who holds the lock", async () => {
  writeFileSync(path, formatIdentity(ownIdentity()));
  await assert.rejects(
    withFileLock(path, 30, async () => {}),
    new RegExp(`${process.pid}`),
  );
});

test("a process that has the number of a dead one is not taken for it", () => {
  const later = { ...ownIdentity(), started: "another-boot.1" };
  assert.equal(isRunning(ownIdentity()), true);
  assert.equal(isRunning(later), false);
});

test("an identity comes back from a file, and half of one does not", () => {
  const text = formatIdentity(ownIdentity());
  assert.deepEqual(parseIdentity(text), ownIdentity());
  for (const broken of ["", "12", text.slice(0, -1), "x y\n", "-1 a\n"]) {
    assert.equal(parseIdentity(broken), undefined);
  }
});

test("leases count those who run, each of theirs, and forget the dead", async () => {
  const users = join(folder, "users");
  assert.equal(countLeases(users), 0);
  const [endOne, endOther] = [takeLease(users), takeLease(users)];
  writeFileSync(join(users, "dead"), await makeDeadIdentity());
  writeFileSync(join(users, "half"), "1");
  assert.equal(countLeases(users), 2);
  assert.equal(readdirSync(users).length, 2);
  endOne();
  endOne();
  assert.equal(countLeases(users), 1);
  endOther();
  assert.equal(countLeases(users), 0);
});
