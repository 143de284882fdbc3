/*
 * Stands in for `node:test` while mutants are tried: it collects a file's tests instead of running them, so that one process can run
 * any of them again and again. It has what our tests use and no more; a test that uses something else fails in the first run, aloud.
 */

type Work = (context: TestContext) => unknown;
type HookKind = "before" | "after" | "beforeEach" | "afterEach";

/** What a test is given. */
interface TestContext {
  readonly name: string;
  after(hook: () => unknown): void;
}

/** A `describe`, or the file itself. */
export interface Suite {
  readonly name: string;
  readonly parent: Suite | null;
  readonly hooks: Record<HookKind, (() => unknown)[]>;
  /** Its `before` hooks have run, its `after` hooks not yet. */
  isOpen: boolean;
}

/** One `test`, with the names of its suites in its own. */
export interface CollectedTest {
  readonly name: string;
  readonly suite: Suite;
  readonly work: Work;
}

/** All that a file holds. */
export interface CollectedFile {
  readonly root: Suite;
  readonly tests: CollectedTest[];
}

let file: CollectedFile = { root: makeSuite("", null), tests: [] };
let suite: Suite = file.root;

/** Begins a new file: what is collected from now on belongs to it. */
export function beginFile(): CollectedFile {
  file = { root: makeSuite("", null), tests: [] };
  suite = file.root;
  return file;
}

/** As `describe` of `node:test`. */
export function describe(name: string, ...rest: readonly unknown[]): void {
  const outer = suite;
  suite = makeSuite(joinName(outer, name), outer);
  (rest.at(-1) as () => void)();
  suite = outer;
}

/** As `test` of `node:test`. */
export function test(name: string, ...rest: readonly unknown[]): void {
  const options = rest.length > 1 ? (rest[0] as { skip?: unknown; todo?: unknown }) : {};
  if (options.skip !== undefined && options.skip !== false) return;
  const full = joinName(suite, name);
  const twins = file.tests.filter((one) => one.name.split(" #")[0] === full).length;
  file.tests.push({
    name: twins === 0 ? full : `${full} #${twins + 1}`,
    suite,
    work: rest.at(-1) as Work,
  });
}

export { describe as suite, test as it };

/** As `before` of `node:test`. */
export const before = collectHook("before");
/** As `after` of `node:test`. */
export const after = collectHook("after");
/** As `beforeEach` of `node:test`. */
export const beforeEach = collectHook("beforeEach");
/** As `afterEach` of `node:test`. */
export const afterEach = collectHook("afterEach");

function collectHook(kind: HookKind): (hook: () => unknown) => void {
  return (hook) => void suite.hooks[kind].push(hook);
}

function makeSuite(name: string, parent: Suite | null): Suite {
  const hooks = { before: [], after: [], beforeEach: [], afterEach: [] };
  return { name, parent, hooks, isOpen: false };
}

function joinName(outer: Suite, name: string): string {
  return outer.name === "" ? name : `${outer.name} > ${name}`;
}
