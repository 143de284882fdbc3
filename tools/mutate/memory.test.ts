import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, test } from "node:test";
import { findAskingTests, measureDistance } from "./find-asking-tests.ts";
import { chooseTests, type KnownTest } from "./memory.ts";

const SERVER = join(import.meta.dirname, "..", "..", "packages", "server", "src");
const at = (path: string) => join(SERVER, path);
const SOURCE = at("wallet/post.ts");
const known = (path: string, name: string | null, facts: Partial<KnownTest> = {}): KnownTest => ({
  id: `${path} ${name}`,
  path: at(path),
  name,
  ms: 10,
  needs: "any",
  ...facts,
});
const remember = (...tests: KnownTest[]) => new Map(tests.map((one) => [one.id, one]));
const choose = (tests: KnownTest[], filter?: readonly string[], budgetMs = 1_000) =>
  chooseTests(remember(...tests), { testFilter: filter, source: SOURCE, budgetMs }).map(
    ({ path, isFresh, tests: chosen }) => ({
      path: path.slice(SERVER.length + 1),
      names: chosen.map(({ name }) => name),
      isFresh,
    }),
  );

describe("who is asked of a source", () => {
  test("is who reaches it by imports, directly or not", () => {
    const files = [
      "wallet/wallet.db.test.ts",
      "gateway/cancel.db.test.ts",
      "domain/money.test.ts",
    ].map(at);
    assert.deepEqual(findAskingTests(files, [SOURCE]), files.slice(0, 2));
  });

  test("nearest first: its namesake, who imports it, its folder, the rest", () => {
    assert.equal(measureDistance(at("domain/money.test.ts"), at("domain/money.ts")), 0);
    assert.equal(measureDistance(at("wallet/statements.db.test.ts"), SOURCE), 1);
    assert.equal(measureDistance(at("domain/phone.test.ts"), at("domain/erased.ts")), 2);
    assert.equal(measureDistance(at("wallet/alerts.db.test.ts"), SOURCE), 3);
    assert.equal(measureDistance(at("gateway/cancel.db.test.ts"), SOURCE), 4);
  });
});

describe("the tests asked of a mutant", () => {
  const near = known("wallet/statements.db.test.ts", "near");
  const quick = known("wallet/statements.db.test.ts", "quick", { ms: 1 });
  const far = known("gateway/cancel.db.test.ts", "far");

  test("are those that run through it, near before far and quick before slow", () => {
    assert.deepEqual(choose([far, near, quick], [far.id, near.id, quick.id]), [
      { path: "wallet/statements.db.test.ts", names: ["quick", "near"], isFresh: false },
      { path: "gateway/cancel.db.test.ts", names: ["far"], isFresh: false },
    ]);
    assert.deepEqual(choose([far, near], [far.id]).length, 1);
  });

  test("are first those that noticed others of the same source", () => {
    const other = known("wallet/settle.db.test.ts", "other");
    const kills = new Map([
      [other.id, 2],
      [near.id, 1],
    ]);
    const wish = { testFilter: [near.id, quick.id, other.id], source: SOURCE, budgetMs: 1_000 };
    const asked = chooseTests(remember(near, quick, other), { ...wish, kills });
    assert.deepEqual(
      asked.map(({ tests }) => tests.map(({ name }) => name)),
      [["other"], ["near", "quick"]],
    );
  });

  test("are no more than the budget allows, and one at least", () => {
    const slow = known("wallet/statements.db.test.ts", "slow", { ms: 5_000 });
    assert.deepEqual(
      choose([slow, far], [slow.id, far.id]).map(({ path }) => path),
      ["wallet/statements.db.test.ts"],
    );
  });

  test("are the whole file, opened anew, when only its hooks run through it", () => {
    const hooks = known("wallet/statements.db.test.ts", null);
    assert.deepEqual(choose([near, quick, hooks], [hooks.id]), [
      { path: "wallet/statements.db.test.ts", names: ["near", "quick"], isFresh: true },
    ]);
  });

  test("are the whole file in its order when its tests build on each other", () => {
    const first = known("wallet/statements.db.test.ts", "first", { needs: "order", ms: 50 });
    const second = known("wallet/statements.db.test.ts", "second", { needs: "order" });
    assert.deepEqual(choose([first, second], [second.id])[0]?.names, ["first", "second"]);
  });

  test("are those that run through it, in a world of their own, when its tests mind what others left", () => {
    const first = known("wallet/statements.db.test.ts", "first", { needs: "fresh", ms: 50 });
    const second = known("wallet/statements.db.test.ts", "second", { needs: "fresh" });
    assert.deepEqual(choose([first, second], [second.id]), [
      { path: "wallet/statements.db.test.ts", names: ["second"], isFresh: true },
    ]);
  });

  test("of what is made while a module loads are those of every file that imports it", () => {
    assert.deepEqual(
      choose([near, far, known("domain/money.test.ts", "stranger")]).map(({ path }) => path),
      ["wallet/statements.db.test.ts", "gateway/cancel.db.test.ts"],
    );
  });
});
