import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { findAskingTests, measureDistance } from "./find-asking-tests.ts";

/**
 * What a file's tests need: `any` world, also one that other tests and mutants have used; a `fresh` one, since they count what is in it;
 * or all of the file in its `order`, since they build on each other.
 */
export type WorldNeed = "any" | "fresh" | "order";

/** A test as the first run met it. */
export interface KnownTest {
  readonly id: string;
  /** Of its file, relative to the root. */
  readonly path: string;
  /** Null: the file's hooks, which are no test. */
  readonly name: string | null;
  readonly ms: number;
  readonly needs: WorldNeed;
}

/** By id, in the order of the files. */
export type Memory = ReadonlyMap<string, KnownTest>;

/** Some tests of a file, in the order in which they are to be run. */
export interface Question {
  readonly path: string;
  readonly tests: readonly KnownTest[];
  /** The mutant is in what the hooks do, or the tests need it: the hooks run anew, with the mutant. */
  readonly isFresh: boolean;
}

/** What {@link writeMemory} wrote. */
export function readMemory(file: string): Memory {
  const tests: readonly KnownTest[] = JSON.parse(readFileSync(file, "utf8"));
  return new Map(tests.map((test) => [test.id, test]));
}

/** Keeps what the first run learnt. */
export function writeMemory(file: string, tests: readonly KnownTest[]): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(tests));
}

/**
 * What to ask of a mutant in `source`: the tests that run through it, nearest file first, who noticed most mutants of that source before
 * who noticed fewer (`kills`, by test), and quick before slow; within the budget, and one at least. Without a filter (what is made while a module loads) those of every file that imports it.
 */
export function chooseTests(
  memory: Memory,
  wish: {
    testFilter: readonly string[] | undefined;
    source: string;
    budgetMs: number;
    kills?: ReadonlyMap<string, number>;
  },
): Question[] {
  const killsOf = ({ id }: KnownTest) => wish.kills?.get(id) ?? 0;
  const all = [...memory.values()];
  const covering =
    wish.testFilter?.flatMap((id) => memory.get(id) ?? []) ?? listImporting(all, wish.source);
  const questions = [...Map.groupBy(covering, (test) => test.path)].map(([path, tests]) => {
    const isFresh = tests.some(({ name, needs }) => name === null || needs !== "any");
    const isWhole = tests.every(({ name, needs }) => name === null || needs === "order");
    const whole = all.filter((test) => test.path === path && test.name !== null);
    const few = tests
      .filter((test) => test.name !== null)
      .toSorted((left, right) => killsOf(right) - killsOf(left) || left.ms - right.ms);
    return { path, isFresh, tests: isWhole ? whole : few };
  });
  const ranked = questions
    .map((question) => ({
      question,
      distance: measureDistance(resolve(question.path), wish.source),
      kills: question.tests.reduce((sum, test) => sum + killsOf(test), 0),
    }))
    .toSorted((left, right) => left.distance - right.distance || right.kills - left.kills);
  let spentMs = 0;
  const affordable = ({ ms }: KnownTest) => {
    spentMs += ms;
    return spentMs === ms || spentMs <= wish.budgetMs;
  };
  return ranked.flatMap(({ question }) => {
    const tests = question.tests.filter((test) => test.needs === "order" || affordable(test));
    return tests.length === 0 ? [] : [{ ...question, tests }];
  });
}

function listImporting(all: readonly KnownTest[], source: string): KnownTest[] {
  const paths = [...new Set(all.map(({ path }) => resolve(path)))];
  const importing = new Set(findAskingTests(paths, [source]));
  return all.filter((test) => importing.has(resolve(test.path)));
}
