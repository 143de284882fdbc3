import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { runChildren } from "./run-children.mjs";

const folder = mkdtempSync(join(tmpdir(), "recado-children-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** A child that writes what happens to it into the journal, and behaves as `body` says. */
function child(name, body, { journal, restartsMax = 0 }) {
  const script = `
    const { appendFileSync } = require("node:fs");
    const note = (what) => appendFileSync(${JSON.stringify(journal)}, "${name} " + what + "\\n");
    const stayAlive = setInterval(() => {}, 1000);
    const leave = (code) => { note("gone"); process.exit(code); };
    ${body}
    note("up " + process.pid);
  `;
  return {
    name,
    command: process.execPath,
    args: ["-e", script],
    cwd: folder,
    env: {},
    restartsMax,
  };
}

const polite = `process.on("SIGTERM", () => { note("asked"); setTimeout(leave, 30, 0); });`;
const stubborn = `process.on("SIGTERM", () => note("asked"));`;
const orphanAware = `${polite} process.stdin.on("end", () => { note("orphan"); leave(0); }).resume();`;

function newJournal(name) {
  const path = join(folder, `${name}.txt`);
  writeFileSync(path, "");
  const lines = () => readFileSync(path, "utf8").split("\n").filter(Boolean);
  return { path, lines, events: () => lines().map((line) => line.replace(/ \d+$/, "")) };
}

async function until(condition) {
  while (!condition()) await delay(10);
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

const pidsOf = (journal) =>
  journal
    .lines()
    .filter((line) => / up /.test(line))
    .map((line) => Number(line.split(" ")[2]));

test("a stop asks each child once, in order, each after the one before has gone, and ends with 0", async () => {
  const journal = newJournal("order");
  const stop = new AbortController();
  const specs = ["server", "simulator"].map((name) =>
    child(name, polite, { journal: journal.path }),
  );
  const over = runChildren(specs, { stop: stop.signal, say: () => {} });
  await until(() => journal.lines().length === 2);
  stop.abort();
  assert.equal(await over, 0);
  assert.deepEqual(journal.events().slice(2), [
    "server asked",
    "server gone",
    "simulator asked",
    "simulator gone",
  ]);
});

test("a child that does not stop in time is killed, and the result is 1", async () => {
  const journal = newJournal("stubborn");
  const stop = new AbortController();
  const specs = [
    child("server", stubborn, { journal: journal.path }),
    child("simulator", polite, { journal: journal.path }),
  ];
  const over = runChildren(specs, { stop: stop.signal, graceMs: 300, say: () => {} });
  await until(() => journal.lines().length === 2);
  stop.abort();
  assert.equal(await over, 1);
  assert.deepEqual(pidsOf(journal).filter(isAlive), []);
});

test("when a child without restarts ends by itself, the rest is stopped and its exit code is ours", async () => {
  const journal = newJournal("crash");
  const specs = [
    child("server", `setTimeout(() => process.exit(7), 200);`, { journal: journal.path }),
    child("simulator", polite, { journal: journal.path }),
  ];
  const stop = new AbortController();
  assert.equal(await runChildren(specs, { stop: stop.signal, say: () => {} }), 7);
  assert.deepEqual(pidsOf(journal).filter(isAlive), []);
});

test("a child with restarts comes back, but not for ever", async () => {
  const journal = newJournal("restarts");
  const dying = `setTimeout(() => process.exit(3), 20);`;
  const specs = [
    child("server", polite, { journal: journal.path }),
    child("simulator", dying, { journal: journal.path, restartsMax: 2 }),
  ];
  const options = { stop: new AbortController().signal, restartDelayMs: 1, say: () => {} };
  assert.equal(await runChildren(specs, options), 3);
  assert.equal(journal.events().filter((event) => event === "simulator up").length, 3);
});

test("a program that cannot be started ends everything instead of hanging", async () => {
  const spec = {
    name: "server",
    command: join(folder, "absent"),
    args: [],
    env: {},
    restartsMax: 0,
  };
  assert.equal(await runChildren([spec], { stop: new AbortController().signal, say: () => {} }), 1);
});

/** A parent process like `npm start`, in a process group of its own. */
function startParent(specs) {
  const here = (file) => JSON.stringify(new URL(file, import.meta.url).href);
  const script = `
    import { runChildren } from ${here("./run-children.mjs")};
    import { stopOnSignals } from ${here("./stop-signal.mjs")};
    process.exit(await runChildren(${JSON.stringify(specs)}, { stop: stopOnSignals(), say: () => {} }));
  `;
  const args = ["--input-type=module", "-e", script];
  return spawn(process.execPath, args, { detached: true, stdio: "ignore" });
}

for (const signal of ["SIGINT", "SIGTERM"]) {
  test(`${signal} to the whole process group, twice, is one orderly stop`, async () => {
    const journal = newJournal(signal);
    const specs = ["server", "simulator"].map((name) =>
      child(name, polite, { journal: journal.path }),
    );
    const parent = startParent(specs);
    await until(() => journal.lines().length === 2);
    process.kill(-parent.pid, signal);
    process.kill(-parent.pid, signal);
    const [code] = await once(parent, "exit");
    assert.equal(code, 0);
    assert.deepEqual(journal.events().slice(2), [
      "server asked",
      "server gone",
      "simulator asked",
      "simulator gone",
    ]);
    assert.deepEqual(pidsOf(journal).filter(isAlive), []);
  });
}

test("after kill -9 of the parent its children see their input end and leave", async () => {
  const journal = newJournal("orphans");
  const specs = ["server", "simulator"].map((name) =>
    child(name, orphanAware, { journal: journal.path }),
  );
  const parent = startParent(specs);
  await until(() => journal.lines().length === 2);
  parent.kill("SIGKILL");
  // By what they wrote, not by their pids: where nobody reaps orphans, a dead one keeps its pid.
  const last = ["server gone", "server orphan", "simulator gone", "simulator orphan"];
  await until(() => journal.events().length === 2 + last.length);
  assert.deepEqual(journal.events().slice(2).sort(), last);
});
