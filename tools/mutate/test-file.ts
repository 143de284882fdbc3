import { registerHooks } from "node:module";
import { pathToFileURL } from "node:url";
import { beginFile, type CollectedFile, type CollectedTest, type Suite } from "./test-collector.ts";

/** A test file that is loaded in this process. */
export interface TestFile {
  readonly names: readonly string[];
  /** Runs the `before` hooks of all its suites, outermost first, unless they have run. */
  open(): Promise<void>;
  /** Runs the `after` hooks of what is open. Rejects as they do. */
  close(): Promise<void>;
  /** Runs one test with its hooks; rejects when it fails or takes longer than `msMax`. */
  run(name: string, msMax: number): Promise<void>;
}

/** Longest wait for a hook. */
const HOOK_MS_MAX = 20_000;

/** From now on, whoever imports `node:test` in this process gets our collector. */
export function replaceNodeTest(): void {
  const url = new URL("./test-collector.ts", import.meta.url).href;
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === "node:test"
        ? { url, format: "module-typescript", shortCircuit: true }
        : next(specifier, context),
  });
}

/** Imports a file and collects its tests; call {@link replaceNodeTest} before, and await each before the next. */
export async function loadTestFile(path: string): Promise<TestFile> {
  const collected = beginFile();
  await import(pathToFileURL(path).href);
  const suites = listSuites(collected);
  const byName = new Map(collected.tests.map((test) => [test.name, test]));
  return {
    names: [...byName.keys()],
    async open() {
      for (const suite of suites.filter((one) => !one.isOpen)) {
        suite.isOpen = true;
        for (const hook of suite.hooks.before) await within(HOOK_MS_MAX, hook);
      }
    },
    async close() {
      const failures: unknown[] = [];
      for (const suite of suites.toReversed().filter((one) => one.isOpen)) {
        suite.isOpen = false;
        for (const hook of suite.hooks.after) {
          await within(HOOK_MS_MAX, hook).catch((error: unknown) => failures.push(error));
        }
      }
      if (failures.length > 0) throw failures[0];
    },
    run(name, msMax) {
      const test = byName.get(name);
      if (test === undefined) throw new Error(`${path} has no test "${name}"`);
      return within(msMax, () => runTest(test));
    },
  };
}

/** A test that ran out of time: whatever it began may still be going on. */
export class OutOfTime extends Error {}

async function runTest({ name, suite, work }: CollectedTest): Promise<void> {
  const chain = listChain(suite);
  const ends: (() => unknown)[] = [];
  try {
    for (const { hooks } of chain) for (const hook of hooks.beforeEach) await hook();
    await work({ name, after: (hook) => void ends.push(hook) });
  } finally {
    for (const hook of ends) await hook();
    for (const { hooks } of chain.toReversed()) for (const hook of hooks.afterEach) await hook();
  }
}

/** Outermost first. */
function listChain(suite: Suite): Suite[] {
  return suite.parent === null ? [suite] : [...listChain(suite.parent), suite];
}

function listSuites({ root, tests }: CollectedFile): Suite[] {
  return [...new Set([root, ...tests.flatMap((test) => listChain(test.suite))])];
}

async function within(msMax: number, work: () => unknown): Promise<void> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new OutOfTime(`longer than ${msMax} ms`)), msMax);
  try {
    await Promise.race([promise, (async () => work())()]);
  } finally {
    clearTimeout(timer);
  }
}
