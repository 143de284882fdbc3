import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setImmediate as nextTurn } from "node:timers/promises";
import { type Logger, pino } from "pino";
import { createLane } from "./lane.ts";
import type { Timers } from "./timers.ts";

const NEVER_MS = 2_000_000_000;

/** A gate that a round waits at until the test opens it. */
function createGate() {
  let open: () => void = () => {};
  let opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return {
    pass: () => opened,
    open() {
      open();
      opened = new Promise<void>((resolve) => {
        open = resolve;
      });
    },
  };
}

/** Waits that end when the test says so. */
function createWaits() {
  const waits = new Set<{ ms: number; callback: () => void }>();
  const timers: Timers = {
    start(ms, callback) {
      const wait = { ms, callback };
      waits.add(wait);
      return { cancel: () => void waits.delete(wait) };
    },
  };
  return {
    timers,
    /** How long those are that are under way. */
    under: () => [...waits].map(({ ms }) => ms),
    /** Ends all waits of that length. */
    end(ms: number) {
      for (const wait of [...waits]) {
        if (wait.ms === ms && waits.delete(wait)) wait.callback();
      }
    },
  };
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await nextTurn();
}

function createTestLane(round: () => Promise<boolean>, logger: Logger = pino({ level: "silent" })) {
  return createLane({ name: "test", intervalMs: NEVER_MS, logger, round });
}

describe("a lane", () => {
  test("looks once at the start, and again right away while there is more", async () => {
    let rounds = 0;
    const lane = createTestLane(async () => {
      rounds += 1;
      return rounds < 3;
    });
    lane.start();
    await turns(10);
    assert.equal(rounds, 3);
    await lane.stop();
  });

  test("a kick in the middle of a round is not lost", async () => {
    const gate = createGate();
    let rounds = 0;
    const lane = createTestLane(async () => {
      rounds += 1;
      await gate.pass();
      return false;
    });
    lane.start();
    await turns(3);
    lane.kick();
    lane.kick();
    gate.open();
    await turns(5);
    assert.equal(rounds, 2);
    gate.open();
    await turns(5);
    assert.equal(rounds, 2, "two kicks are one look");
    await lane.stop();
  });

  test("never runs two rounds at once", async () => {
    let underWay = 0;
    let most = 0;
    const lane = createTestLane(async () => {
      underWay += 1;
      most = Math.max(most, underWay);
      await turns(2);
      underWay -= 1;
      return false;
    });
    lane.start();
    for (let kick = 0; kick < 20; kick += 1) {
      lane.kick();
      await nextTurn();
    }
    await lane.stop();
    assert.equal(most, 1);
  });

  test("a round that throws is logged and does not end the lane", async () => {
    const lines: string[] = [];
    const logger = pino({}, { write: (line: string) => void lines.push(line) });
    let rounds = 0;
    const lane = createTestLane(async () => {
      rounds += 1;
      if (rounds === 1) throw new Error("the database is away");
      return false;
    }, logger);
    lane.start();
    await turns(5);
    assert.equal(rounds, 1, "not at once: the interval is waited for");
    lane.kick();
    await turns(5);
    assert.equal(rounds, 2);
    assert.match(lines.join(""), /lane\.failed/u);
    await lane.stop();
  });

  test("stop waits for the round under way and begins no other, however much is due", async () => {
    const gate = createGate();
    let rounds = 0;
    const lane = createTestLane(async () => {
      rounds += 1;
      await gate.pass();
      return true;
    });
    lane.start();
    await turns(3);
    let stopped = false;
    const stopping = lane.stop().then(() => {
      stopped = true;
    });
    lane.kick();
    await turns(5);
    assert.equal(stopped, false);
    gate.open();
    await stopping;
    lane.kick();
    await turns(5);
    assert.equal(rounds, 1);
  });

  test("waits for one thing at a time, also when a kick and the end of its rest fall into one turn", async () => {
    const waits = createWaits();
    let rounds = 0;
    const lane = createLane({
      ...{ name: "test", intervalMs: NEVER_MS, restMs: 15, timers: waits.timers },
      logger: pino({ level: "silent" }),
      async round() {
        rounds += 1;
        return false;
      },
    });
    lane.start();
    await turns(1);
    lane.kick();
    assert.equal(rounds, 1, "it rests");
    waits.end(15);
    lane.kick();
    await turns(3);
    assert.equal(rounds, 2, "two kicks are one look");
    assert.deepEqual(waits.under(), [15]);
    waits.end(15);
    assert.deepEqual(waits.under(), [NEVER_MS]);
    lane.kick();
    await turns(3);
    assert.deepEqual(waits.under(), [15]);
    await lane.stop();
    assert.deepEqual(waits.under(), [], "nothing that keeps a process alive");
  });
});
