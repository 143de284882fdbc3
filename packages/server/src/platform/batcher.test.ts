import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setImmediate as nextTurn } from "node:timers/promises";
import fc from "fast-check";
import { createBatcher } from "./batcher.ts";

interface Seen {
  groups: number[][];
  underWayMax: number;
}

/** A batcher of numbers that answers their doubles; 13 fails by itself, a group with 99 as a whole. */
function createDoubler(work: () => Promise<unknown>, waitingMax = 1_000) {
  const seen: Seen = { groups: [], underWayMax: 0 };
  let underWay = 0;
  const batcher = createBatcher<number, number>({
    sizeMax: 4,
    lanesMax: 2,
    waitingMax,
    overflow: () => new Error("full"),
    async run(group) {
      seen.groups.push(group);
      underWay += 1;
      seen.underWayMax = Math.max(seen.underWayMax, underWay);
      try {
        await work();
        if (group.includes(99)) throw new Error("the whole group");
        return group.map((item) => (item === 13 ? new Error("unlucky") : 2 * item));
      } finally {
        underWay -= 1;
      }
    },
  });
  return { batcher, seen };
}

describe("a batcher", () => {
  test("answers each caller its own, whatever the order in which groups end", async () => {
    const numbers = fc.array(fc.constantFrom(1, 2, 3, 13), { minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), numbers, async (scheduler, items) => {
        const { batcher, seen } = createDoubler(() => scheduler.schedule(Promise.resolve()));
        const answers = Promise.allSettled(items.map((item) => batcher.add(item)));
        await nextTurn();
        await scheduler.waitFor(answers);
        for (const [index, answer] of (await answers).entries()) {
          const item = items[index] ?? 0;
          assert.equal(answer.status, item === 13 ? "rejected" : "fulfilled");
          if (answer.status === "fulfilled") assert.equal(answer.value, 2 * item);
        }
        assert.deepEqual(seen.groups.flat(), items, "each once, in the order of arrival");
        assert.ok(seen.groups.every((group) => group.length <= 4));
        assert.ok(seen.underWayMax <= 2);
        await batcher.idle();
      }),
      { numRuns: 50 },
    );
  });

  test("one group more leaves once a crowd waits, and the next only after another is back", async () => {
    const ends: (() => void)[] = [];
    const groups: number[] = [];
    const batcher = createBatcher<number, number>({
      ...{ sizeMax: 10, lanesMax: 1, crowd: 3, waitingMax: 100 },
      overflow: () => new Error("full"),
      async run(group) {
        groups.push(group.length);
        await new Promise<void>((resolve) => ends.push(resolve));
        return group;
      },
    });
    const answers: Promise<number>[] = [];
    const add = async (count: number) => {
      for (let at = 0; at < count; at += 1) answers.push(batcher.add(at));
      await nextTurn();
      await nextTurn();
    };
    await add(1);
    await add(2);
    assert.deepEqual(groups, [1], "two are no crowd");
    await add(1);
    assert.deepEqual(groups, [1, 3]);
    await add(5);
    assert.deepEqual(groups, [1, 3], "no third one, however many wait");
    ends[0]?.();
    await nextTurn();
    assert.deepEqual(groups, [1, 3, 5]);
    for (const end of ends) end();
    assert.equal((await Promise.all(answers)).length, 9);
  });

  test("a group that fails as a whole fails its callers and nobody else's", async () => {
    const { batcher } = createDoubler(nextTurn);
    const first = Promise.allSettled([99, 1, 2, 3].map((item) => batcher.add(item)));
    const second = Promise.allSettled([4, 5].map((item) => batcher.add(item)));
    assert.ok((await first).every((answer) => answer.status === "rejected"));
    assert.ok((await second).every((answer) => answer.status === "fulfilled"));
  });

  test("refuses what is too much at once, and takes on afterwards", async () => {
    const { batcher } = createDoubler(nextTurn, 3);
    const answers = await Promise.allSettled([1, 2, 3, 4].map((item) => batcher.add(item)));
    assert.deepEqual(
      answers.map((answer) => answer.status),
      ["fulfilled", "fulfilled", "fulfilled", "rejected"],
    );
    assert.equal(await batcher.add(5), 10);
  });

  test("an owner who fills it up is refused himself, and holds up nobody else", async () => {
    const groups: string[][] = [];
    const batcher = createBatcher<string, string>({
      sizeMax: 4,
      lanesMax: 1,
      waitingMax: 20,
      ownerOf: (item) => item.slice(0, 1),
      overflow: () => new Error("full"),
      async run(group) {
        groups.push(group);
        await nextTurn();
        return group;
      },
    });
    const flood = Array.from({ length: 30 }, (_, n) => batcher.add(`f${n}`));
    const small = ["s0", "s1"].map((item) => batcher.add(item));
    const flooded = await Promise.allSettled(flood);
    assert.equal(flooded.filter(({ status }) => status === "rejected").length, 10);
    assert.deepEqual(await Promise.all(small), ["s0", "s1"]);
    assert.deepEqual(groups[0], ["f0", "f1", "s0", "s1"], "in the very next group");
  });

  test("owners who come one after another use no more than twice the places", async () => {
    const batcher = createBatcher<number, number>({
      ...{ sizeMax: 4, lanesMax: 1, waitingMax: 10 },
      ownerOf: (item) => String(item % 100),
      overflow: () => new Error("full"),
      run: async (group) => group,
    });
    const answers = await Promise.allSettled(
      Array.from({ length: 2_000 }, (_, n) => batcher.add(Math.floor(n / 20) + 100 * n)),
    );
    assert.equal(answers.filter(({ status }) => status === "fulfilled").length, 20);
  });

  test("a handler that answers too few leaves nobody waiting", async () => {
    const batcher = createBatcher<number, number>({
      sizeMax: 10,
      lanesMax: 1,
      waitingMax: 10,
      overflow: () => new Error("full"),
      run: async (group) => group.slice(1),
    });
    const answers = await Promise.allSettled([batcher.add(1), batcher.add(2)]);
    assert.deepEqual(answers[1]?.status, "rejected");
  });

  test("is idle only when what came in has been answered", async () => {
    const { batcher, seen } = createDoubler(nextTurn);
    const answer = batcher.add(1);
    await batcher.idle();
    assert.deepEqual(seen.groups, [[1]]);
    assert.equal(await answer, 2);
    await batcher.idle();
  });
});
