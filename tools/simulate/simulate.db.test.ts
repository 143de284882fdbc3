import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { BREAKAGES } from "./breakages.ts";
import { openRealDatabase, type RealDatabase } from "./real-database.ts";
import { runSeed } from "./run-seed.ts";

const STEPS = 250;
/** In so many seeds each breakage must show. */
const SEEDS_MAX = 60;

/** While one seed waits for its database, another goes on. */
const databases = [await openRealDatabase(), await openRealDatabase()] as const;
const [database] = databases;
after(() => Promise.all(databases.map((each) => each.close())));

test("the product keeps every promise in the first seeds", async () => {
  for (let seed = 1; seed <= 5; seed += 1) {
    const { violations } = await runSeed(database, { seed, steps: STEPS });
    assert.deepEqual(violations, [], `seed ${seed}`);
  }
});

test("a seed goes the same way again, whatever ran before it", async () => {
  for (const seed of [3, 41]) {
    const { hash, steps } = await runSeed(database, { seed, steps: STEPS, isFresh: true });
    await runSeed(database, { seed: seed + 1, steps: STEPS });
    assert.deepEqual(await runSeed(database, { seed, steps: STEPS }).then(sumUp), { hash, steps });
  }
});

test("another seed goes another way", async () => {
  const [one, other] = [201, 202];
  const first = await runSeed(database, { seed: one, steps: STEPS });
  const second = await runSeed(database, { seed: other, steps: STEPS });
  assert.notEqual(first.hash, second.hash);
});

describe("a product that is broken is found out:", { concurrency: databases.length }, () => {
  const free: RealDatabase[] = [...databases];
  for (const [name, broken] of Object.entries(BREAKAGES)) {
    test(`it ${name}`, async (context) => {
      const own = free.pop();
      assert.ok(own, "no more run at once than there are databases");
      for (let seed = 1; seed <= SEEDS_MAX; seed += 1) {
        const { violations } = await runSeed(own, { seed, steps: STEPS, broken });
        if (violations.length === 0) continue;
        context.diagnostic(`seed ${seed}: ${violations[0]}`);
        free.push(own);
        return;
      }
      assert.fail(`${SEEDS_MAX} seeds did not show it`);
    });
  }
});

function sumUp({ hash, steps }: { hash: string; steps: number }) {
  return { hash, steps };
}
