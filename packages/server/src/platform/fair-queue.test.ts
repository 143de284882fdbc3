import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { createFairQueue } from "./fair-queue.ts";

test("a lone owner's items come in their order", () => {
  const queue = createFairQueue<number>();
  for (let item = 0; item < 10; item += 1) queue.add("one", item);
  assert.deepEqual(queue.take(4), [0, 1, 2, 3]);
  assert.deepEqual(queue.take(100), [4, 5, 6, 7, 8, 9]);
  assert.deepEqual(queue.take(1), []);
});

test("who brings little is in the next group, however much another has brought before", () => {
  const queue = createFairQueue<string>();
  for (let item = 0; item < 1_000; item += 1) queue.add("flood", `flood ${item}`);
  queue.add("small", "small 0");
  queue.add("small", "small 1");
  const taken = queue.take(10);
  assert.equal(taken.length, 10, "what the small one does not use, the other gets");
  assert.deepEqual(
    taken.filter((item) => item.startsWith("small")),
    ["small 0", "small 1"],
  );
  assert.equal(queue.sizeOf("flood"), 992);
});

test("more owners than fit into a group take turns", () => {
  const queue = createFairQueue<string>();
  for (const owner of ["a", "b", "c"]) for (const n of [1, 2]) queue.add(owner, `${owner}${n}`);
  assert.deepEqual(queue.take(2), ["a1", "b1"]);
  assert.deepEqual(queue.take(2), ["c1", "a2"]);
  assert.deepEqual(queue.take(9), ["b2", "c2"]);
});

test("everything comes once, each owner's in order, and nobody gets less than a share that is used up elsewhere", () => {
  const arrival = fc.record({
    owner: fc.constantFrom("a", "b", "c", "d"),
    n: fc.integer({ min: 1, max: 30 }),
  });
  fc.assert(
    fc.property(fc.array(arrival), fc.integer({ min: 1, max: 17 }), (arrivals, countMax) => {
      const queue = createFairQueue<{ owner: string; item: number }>();
      const added = new Map<string, number>();
      for (const { owner, n } of arrivals) {
        for (let i = 0; i < n; i += 1) {
          const item = added.get(owner) ?? 0;
          added.set(owner, item + 1);
          queue.add(owner, { owner, item });
        }
      }
      const next = new Map<string, number>();
      while (queue.size > 0) {
        const { owners } = queue;
        const had = new Map([...added.keys()].map((owner) => [owner, queue.sizeOf(owner)]));
        const expected = Math.min(countMax, queue.size);
        const taken = queue.take(countMax);
        assert.equal(taken.length, expected);
        for (const { owner, item } of taken) {
          assert.equal(item, next.get(owner) ?? 0);
          next.set(owner, item + 1);
        }
        const share = Math.floor(countMax / owners);
        for (const [owner, count] of had) {
          const got = taken.filter((one) => one.owner === owner).length;
          assert.ok(got >= Math.min(count, share));
        }
      }
      assert.deepEqual(next, added);
    }),
  );
});
