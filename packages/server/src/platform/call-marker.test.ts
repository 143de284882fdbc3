import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import {
  appendFileSync,
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, describe, test } from "node:test";
import { findMarkedCalls, openCallMarker, removeMarks } from "./call-marker.ts";
import { createIdMaker } from "./ids.ts";
import { describeInstance, type Instance, isCertainlyDead } from "./instance.ts";

const folder = mkdtempSync(join(tmpdir(), "recado-calls-"));
const children = new Set<ChildProcess>();

after(() => {
  for (const child of children) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

function newName() {
  return { bootId: randomUUID(), instanceId: randomUUID() };
}

const CHILD = `
  import { openCallMarker } from "./call-marker.ts";
  import { describeInstance } from "./instance.ts";
  const [folder, id, ...attempts] = process.argv.slice(1);
  const self = describeInstance(id);
  const marker = openCallMarker(folder, { bootId: self.bootId, instanceId: id });
  for (const attempt of attempts) marker.mark(attempt);
  console.log(JSON.stringify(self));
  setInterval(() => {}, 1_000_000);
`;

/** A process that marks these attempts and then lives until it is killed. */
async function startMarking(attempts: string[]): Promise<{ child: ChildProcess; self: Instance }> {
  const child = spawn(
    process.execPath,
    ["--input-type=module", "-e", CHILD, folder, randomUUID(), ...attempts],
    { cwd: import.meta.dirname, stdio: ["ignore", "pipe", "inherit"] },
  );
  children.add(child);
  assert.ok(child.stdout);
  const [line] = await once(createInterface(child.stdout), "line");
  return { child, self: JSON.parse(String(line)) as Instance };
}

async function kill({ child }: { child: ChildProcess }): Promise<void> {
  child.kill("SIGKILL");
  await once(child, "exit");
  children.delete(child);
}

describe("a process that was killed", () => {
  test("left its marks: what it called is told from what it only meant to call", async () => {
    const called = [randomUUID(), randomUUID()];
    const dead = await startMarking(called);
    const self = describeInstance(randomUUID());
    assert.equal(isCertainlyDead(dead.self, self), false, "it lives");
    await kill(dead);
    assert.equal(isCertainlyDead(dead.self, self), true);
    const name = { bootId: dead.self.bootId, instanceId: dead.self.id };
    const marked = findMarkedCalls(folder, name);
    assert.deepEqual([...(marked?.attemptIds ?? [])].toSorted(), called.toSorted());
    assert.equal(marked?.attemptIds.has(randomUUID()), false);
    removeMarks(folder, name);
    assert.equal(findMarkedCalls(folder, name), null);
  });

  test("is not taken for another that has its number now", async () => {
    const { self } = await startMarking([]);
    assert.equal(isCertainlyDead({ ...self, pidStart: "1" }, self), true);
    assert.equal(isCertainlyDead(self, self), false);
  });
});

describe("what is said of a process", () => {
  const self = describeInstance(randomUUID());

  test("of another host or another process namespace is never that it is dead", () => {
    const gone = { ...self, pid: 2 ** 22, pidStart: "1" };
    assert.equal(isCertainlyDead(gone, self), true);
    assert.equal(isCertainlyDead({ ...gone, host: "elsewhere" }, self), false);
  });

  test("of an earlier boot of this host is that it is dead; without a boot's id nothing is said", () => {
    assert.equal(isCertainlyDead({ ...self, bootId: randomUUID() }, self), true);
    assert.equal(isCertainlyDead({ ...self, bootId: "" }, self), false);
    assert.equal(isCertainlyDead({ ...self, pid: 2 ** 22 }, { ...self, bootId: "" }), false);
  });

  test("names this process by number and start", () => {
    assert.equal(self.pid, process.pid);
    assert.match(self.pidStart, /^\d+$/u);
  });
});

describe("the marks", () => {
  test("of an instance without a file prove nothing, nor do those of another boot", () => {
    const name = newName();
    assert.equal(findMarkedCalls(folder, name), null);
    openCallMarker(folder, name).close();
    assert.deepEqual(findMarkedCalls(folder, name)?.attemptIds, new Set());
    assert.equal(findMarkedCalls(folder, { ...name, bootId: randomUUID() }), null);
  });

  test("are found across a change of files, and nothing is added to a file of before", () => {
    const name = newName();
    const marker = openCallMarker(folder, name);
    const first = randomUUID();
    marker.mark(first);
    const [file] = readdirSync(folder).filter((each) => each.startsWith(name.bootId));
    const lines = Math.ceil(4_194_304 / 37);
    for (let line = 0; line < lines; line += 1) marker.mark(first);
    marker.rotate();
    const second = randomUUID();
    marker.mark(second);
    marker.close();
    assert.deepEqual(findMarkedCalls(folder, name)?.attemptIds, new Set([first, second]));
    assert.equal(readFileSync(join(folder, file ?? ""), "utf8").includes(second), false);
    removeMarks(folder, name);
  });

  test("that were forgotten with an old file are not said to be missing", () => {
    const name = newName();
    const ids = createIdMaker();
    const marker = openCallMarker(folder, name);
    const atMs = Date.UTC(2026, 10, 22);
    const lines = Math.ceil(4_194_304 / 37);
    for (let generation = 0; generation < 3; generation += 1) {
      for (let line = 0; line < lines; line += 1) marker.mark(ids.next(atMs + generation * 1_000));
      marker.rotate();
    }
    marker.close();
    // The first file is gone; the oldest mark left is a second younger than what was in it.
    assert.ok((findMarkedCalls(folder, name)?.completeSinceMs ?? 0) > atMs + 1_000);
    removeMarks(folder, name);
  });

  test("of others are not removed with one's own, those of earlier boots are", () => {
    const bootId = randomUUID();
    const [mine, other] = [randomUUID(), randomUUID()];
    openCallMarker(folder, { bootId, instanceId: mine }).close();
    openCallMarker(folder, { bootId, instanceId: other }).close();
    const earlier = newName();
    openCallMarker(folder, earlier).close();
    removeMarks(folder, { bootId, instanceId: mine });
    assert.equal(findMarkedCalls(folder, { bootId, instanceId: mine }), null);
    assert.deepEqual(findMarkedCalls(folder, { bootId, instanceId: other })?.attemptIds, new Set());
    assert.equal(findMarkedCalls(folder, earlier), null);
  });

  test("cannot be made after the end: a file that got the same number stays untouched", () => {
    const name = newName();
    const marker = openCallMarker(folder, name);
    marker.close();
    const path = join(folder, "a-strangers-file");
    const stranger = openSync(path, "a");
    try {
      assert.throws(() => marker.mark(randomUUID()));
      assert.equal(readFileSync(path, "utf8"), "");
    } finally {
      closeSync(stranger);
    }
  });

  test("prove nothing once a line before the last is torn (the disk was full)", () => {
    const name = newName();
    const marker = openCallMarker(folder, name);
    marker.mark(randomUUID());
    const path = join(folder, `${name.bootId}.${name.instanceId}.0`);
    appendFileSync(path, "0197a1b2-torn");
    marker.mark(randomUUID());
    marker.close();
    assert.equal(findMarkedCalls(folder, name), null);
  });
});
