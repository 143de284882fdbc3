import { appendFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import {
  chooseTests,
  type KnownTest,
  type Memory,
  readMemory,
  type WorldNeed,
  writeMemory,
} from "./memory.ts";
import { loadTestFile, OutOfTime, replaceNodeTest, type TestFile } from "./test-file.ts";

/*
 * A test runner for Stryker that knows single tests of node:test and runs them in its own process, where Stryker's runner for TAP starts a
 * process for each file and mutant. A mutant is asked of the tests that run through it, the nearest first, until one fails.
 * A file's `before` hooks run once for many mutants; after a failure they run anew, so that no mutant is judged in what another one left.
 */

/** What `main.ts` hands over in Stryker's options. */
export interface NodeTestOptions {
  /** Test files, relative to the root. */
  readonly files: readonly string[];
  /** Where the runner keeps what it learnt in the first run; Stryker's processes share it. */
  readonly memory: string;
  /** Tests asked of one mutant took at most so long in the first run, added up; the rest is not asked. */
  readonly budgetMs: number;
  /** Where each mutant is written down as soon as it is judged, a line of JSON each: a run that is ended early has told what it knows. */
  readonly journal: string;
  /** Only every so many'th mutant is judged; the others count as errors, which Stryker leaves out of the score. */
  readonly every: number;
}

interface MutantRun {
  readonly testFilter?: readonly string[];
  readonly hitLimit?: number;
  readonly activeMutant: {
    readonly id: string;
    readonly mutatorName: string;
    readonly replacement: string;
    readonly location: { readonly start: { readonly line: number } };
  };
  readonly sandboxFileName: string;
  readonly mutantActivation: "static" | "runtime";
}

/** What Stryker's instrumented code looks for on the global object. */
interface Instrumented {
  activeMutant?: string | undefined;
  hitLimit?: number | undefined;
  hitCount?: number | undefined;
  currentTestId?: string | undefined;
  mutantCoverage?: {
    static: Record<string, number>;
    perTest: Record<string, Record<string, number>>;
  };
}

const TEST_MS_MIN = 4_000;
/** A machine under load, and a mutant that makes a test slower without breaking it. */
const PATIENCE = 5;
/** A world that has served so many tests is closed: what it logged and stored slows it down. */
const RUNS_MAX = 100;

const instrumented: Instrumented = {};

/** What Stryker loads. */
export const strykerPlugins = [
  {
    kind: "TestRunner",
    name: "node-test",
    factory: Object.assign(createRunner, { inject: ["options"] }),
  },
];

/** Lets Stryker know that `nodeTest` in its options is meant for us. */
export const strykerValidationSchema = { properties: { nodeTest: { type: "object" } } };

function createRunner(options: { readonly nodeTest: NodeTestOptions }) {
  const given = options.nodeTest;
  let memory: Memory | undefined;
  const room = createRoom();
  const killsBySource = new Map<string, Map<string, number>>();
  return {
    capabilities: () => ({ reloadEnvironment: false }),
    init() {
      Object.assign(globalThis, { __stryker__: instrumented });
      replaceNodeTest();
      process.on("unhandledRejection", room.noteStray);
      process.on("uncaughtException", room.noteStray);
    },
    dryRun: () => learn(given, room),
    async mutantRun(run: MutantRun) {
      if (Number(run.activeMutant.id) % given.every !== 0) {
        return { status: "error", errorMessage: "not in the sample" };
      }
      memory ??= readMemory(given.memory);
      const startedAt = performance.now();
      const kills = killsBySource.get(run.sandboxFileName) ?? new Map<string, number>();
      killsBySource.set(run.sandboxFileName, kills);
      const verdict = await judge(run, { memory, room, budgetMs: given.budgetMs, kills });
      for (const id of verdict.killedBy ?? []) kills.set(id, (kills.get(id) ?? 0) + 1);
      note(given.journal, run, { ...verdict, ms: Math.round(performance.now() - startedAt) });
      return verdict;
    },
    dispose: () => room.closeAll(),
  };
}

function note(journal: string, run: MutantRun, verdict: object): void {
  const { id, mutatorName, replacement, location } = run.activeMutant;
  const mutant = { id, file: basename(run.sandboxFileName), line: location.start.line + 1 };
  const line = { ...mutant, mutatorName, replacement, ...verdict };
  appendFileSync(journal, `${JSON.stringify(line)}\n`);
}

type Room = ReturnType<typeof createRoom>;

/** The test files of this process, and whether it can still be trusted. */
function createRoom() {
  const files = new Map<string, { file: TestFile; runs: number }>();
  let stray: unknown;
  let isSpoilt = false;
  const room = {
    noteStray(error: unknown) {
      stray ??= error;
    },
    /** What failed outside of any promise that a test waits for, since the last look. */
    takeStray() {
      const found = stray;
      stray = undefined;
      return found;
    },
    isSpoilt: () => isSpoilt,
    spoil() {
      isSpoilt = true;
    },
    async find(path: string): Promise<TestFile> {
      const known = files.get(path) ?? { file: await loadTestFile(resolve(path)), runs: 0 };
      files.set(path, known);
      known.runs += 1;
      if (known.runs % RUNS_MAX === 0) await room.close(path);
      return known.file;
    },
    /** A world that does not end well is not used again, nor is its process. */
    async close(path: string): Promise<void> {
      await files
        .get(path)
        ?.file.close()
        .catch(() => room.spoil());
    },
    async closeAll() {
      for (const path of files.keys()) await room.close(path);
    },
  };
  return room;
}

/** Runs every test once without a mutant, and those with a database once more the other way round, to learn what they need. */
async function learn({ files, memory }: NodeTestOptions, room: Room) {
  const tests: KnownTest[] = [];
  for (const path of files) {
    const hooks = `${path} (hooks)`;
    instrumented.currentTestId = undefined;
    const file = await room.find(path);
    instrumented.currentTestId = hooks;
    await file.open();
    const own: KnownTest[] = [];
    for (const name of file.names) {
      const id = `${path} ${name}`;
      instrumented.currentTestId = id;
      const startedAt = performance.now();
      const error = await attempt(file.run(name, 120_000));
      if (error !== undefined) return { status: "error", errorMessage: `${id}: ${error}` };
      own.push({ id, path, name, ms: Math.ceil(performance.now() - startedAt), needs: "any" });
    }
    instrumented.currentTestId = hooks;
    const needs = path.endsWith(".db.test.ts") ? await learnNeed(file) : "any";
    await room.close(path);
    tests.push(...own.map((test) => ({ ...test, needs })));
    tests.push({ id: hooks, path, name: null, ms: 0, needs });
  }
  const coverage = instrumented.mutantCoverage ?? { static: {}, perTest: {} };
  writeMemory(memory, tests);
  return {
    status: "complete",
    tests: tests.map(({ id, path, ms }) => ({
      id,
      name: id,
      fileName: resolve(path),
      timeSpentMs: ms,
      status: 0,
    })),
    mutantCoverage: coverage,
  };
}

/** Of a file whose world has served each of its tests once. */
async function learnNeed(file: TestFile): Promise<WorldNeed> {
  if (await standsReversal(file)) return "any";
  await attempt(file.close());
  await file.open();
  return (await standsReversal(file)) ? "fresh" : "order";
}

async function standsReversal(file: TestFile): Promise<boolean> {
  for (const name of file.names.toReversed()) {
    if ((await attempt(file.run(name, 20_000))) !== undefined) return false;
  }
  return true;
}

interface Judging {
  readonly memory: Memory;
  readonly room: Room;
  readonly budgetMs: number;
  /** How many mutants of the same source each test noticed so far, by its id. */
  readonly kills: ReadonlyMap<string, number>;
}

interface Verdict {
  readonly status: "killed" | "survived";
  readonly killedBy?: readonly string[];
  readonly failureMessage?: string;
  readonly nrOfTests: number;
}

async function judge(run: MutantRun, { memory, room, budgetMs, kills }: Judging): Promise<Verdict> {
  // Stryker answers a rejection by a new process and asks again.
  if (room.isSpoilt()) throw new Error("this process is spoilt");
  const isStatic = run.mutantActivation === "static";
  const asked = chooseTests(memory, {
    testFilter: run.testFilter,
    source: run.sandboxFileName,
    ...{ budgetMs, kills },
  });
  const count = asked.reduce((sum, { tests }) => sum + tests.length, 0);
  room.takeStray();
  const activate = () => {
    const hitLimit = run.hitLimit;
    Object.assign(instrumented, {
      activeMutant: run.activeMutant.id,
      hitLimit,
      hitCount: hitLimit && 0,
    });
  };
  if (isStatic) activate();
  for (const { path, tests, isFresh } of asked) {
    const killer = await askFile({ path, tests, isFresh: isFresh || isStatic }, { room, activate });
    if (!isStatic) instrumented.activeMutant = undefined;
    if (isFresh || killer !== null) await room.close(path);
    if (killer !== null) {
      return {
        status: "killed",
        killedBy: [killer.id],
        failureMessage: killer.why,
        nrOfTests: count,
      };
    }
  }
  return { status: "survived", nrOfTests: count };
}

/** The first test that fails, and why; null: none does. */
async function askFile(
  { path, tests, isFresh }: { path: string; tests: readonly KnownTest[]; isFresh: boolean },
  { room, activate }: { room: Room; activate: () => void },
): Promise<{ id: string; why: string } | null> {
  const hooks = `${path} (hooks)`;
  let file: TestFile;
  try {
    file = await room.find(path);
    if (isFresh) {
      await room.close(path);
      activate();
    }
    await file.open();
  } catch (error) {
    room.spoil();
    return { id: hooks, why: String(error) };
  }
  activate();
  for (const { id, name, ms } of tests) {
    if (name === null) continue;
    const error = await attempt(file.run(name, Math.max(TEST_MS_MIN, PATIENCE * ms)));
    if (error instanceof OutOfTime) room.spoil();
    const found = error ?? room.takeStray();
    if (found !== undefined) return { id, why: String(found).slice(0, 500) };
  }
  return null;
}

async function attempt(work: Promise<void>): Promise<unknown> {
  try {
    await work;
    return undefined;
  } catch (error) {
    return error ?? new Error("failed without a reason");
  }
}
