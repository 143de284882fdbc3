import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { type Call, callServer } from "./client.ts";
import { CommandFailure } from "./command-failure.ts";
import { readSettings, type Settings } from "./settings.ts";
import { type Column, formatRecord, formatTable } from "./table.ts";

/** The process, as a command sees it. */
export interface World {
  env: NodeJS.ProcessEnv;
  stdin: NodeJS.ReadStream | NodeJS.ReadableStream;
  stdout: { write(text: string): unknown };
  stderr: { write(text: string): unknown };
}

/** What commands do their work with. With `--json` results are JSON and nothing else is on stdout. */
export interface Shell {
  call<Answer>(call: Call<Answer>): Promise<Answer>;
  /** A list, with a word on how to get its next page. */
  showPage<Row>(
    page: { items: Row[]; nextCursor: string | null },
    columns: readonly Column<Row>[],
  ): void;
  showRows<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): void;
  /** A thing: a line for each field; as JSON `whole` is printed. */
  showThing(fields: Record<string, unknown>, whole?: unknown): void;
  /** A sentence for people; not printed with `--json`. */
  say(sentence: string): void;
  /**
   * A secret, which had better not stand on the command line, where `ps` shows it: `-` is the next line of
   * standard input, `@/path` or `@./path` a file's first line, `env:NAME` a variable; anything else itself.
   */
  readSecret(given: string): Promise<string>;
  json: boolean;
}

/** A {@link Shell}. Settings are read at the first call, so that `--help` needs none. */
export function createShell(world: World, json: boolean): Shell {
  let settings: Promise<Settings> | null = null;
  const printJson = (value: unknown) => world.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
  const showRows: Shell["showRows"] = (rows, columns) => {
    if (json) printJson(rows);
    else if (rows.length === 0) world.stdout.write("There are none.\n");
    else world.stdout.write(formatTable(rows, columns));
  };
  return {
    json,
    async call(call) {
      settings ??= readSettings(world.env);
      return callServer(await settings, call);
    },
    showRows,
    showPage(page, columns) {
      if (json) {
        printJson(page);
        return;
      }
      showRows(page.items, columns);
      if (page.nextCursor !== null)
        world.stderr.write(`There are more: --cursor ${page.nextCursor}\n`);
    },
    showThing(fields, whole = fields) {
      if (json) printJson(whole);
      else world.stdout.write(formatRecord(fields));
    },
    say(sentence) {
      if (!json) world.stdout.write(`${sentence}\n`);
    },
    readSecret: createSecretReader(world),
  };
}

function createSecretReader(world: World): Shell["readSecret"] {
  const nextLine = createLineReader(world.stdin);
  return async (given) => {
    const [, name] = /^env:([A-Z_][A-Z0-9_]*)$/u.exec(given) ?? [];
    if (name !== undefined) return checkSecret(world.env[name] ?? "", `${name} is not set.`);
    if (/^@\.{0,2}\//u.test(given)) return readSecretFile(given.slice(1));
    if (given !== "-") return given;
    const line = isTerminal(world.stdin) ? await askHidden(world) : await nextLine();
    return checkSecret(line, "Nothing came on standard input.");
  };
}

async function readSecretFile(path: string): Promise<string> {
  const text = await readFile(path, "utf8").catch(() => {
    throw new CommandFailure(`${path} cannot be read.`);
  });
  return checkSecret(text.split(/\r?\n/u)[0] ?? "", `${path} is empty.`);
}

function checkSecret(secret: string, otherwise: string): string {
  if (secret === "") throw new CommandFailure(otherwise);
  return secret;
}

/**
 * Lines one after the other; what comes behind is left for the next. Between two of them the input rests, so
 * that one which nobody closes does not keep the program alive.
 */
function createLineReader(stdin: World["stdin"]): () => Promise<string> {
  let text = "";
  let ended = false;
  const cut = () => {
    const [line = "", ...rest] = text.split("\n");
    text = rest.join("\n");
    return line.replace(/\r$/u, "");
  };
  return () =>
    new Promise((resolve) => {
      if (ended || text.includes("\n")) return resolve(cut());
      const settle = () => {
        stdin.off("data", take).off("end", end);
        stdin.pause();
        resolve(cut());
      };
      const take = (chunk: unknown) => {
        text += String(chunk);
        if (text.includes("\n")) settle();
      };
      const end = () => {
        ended = true;
        settle();
      };
      stdin.setEncoding("utf8");
      stdin.on("data", take).on("end", end).resume();
    });
}

/** Asks on the terminal; what is typed goes to an output that shows nothing. */
async function askHidden(world: World): Promise<string> {
  world.stderr.write("Type it (it is not shown), then Enter: ");
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: world.stdin, output: nowhere, terminal: true });
  // Ctrl-C closes it without an answer.
  const closed = new Promise<string>((resolve) => lines.once("close", () => resolve("")));
  try {
    return await Promise.race([lines.question(""), closed]);
  } finally {
    lines.close();
    world.stderr.write("\n");
  }
}

function isTerminal(stdin: World["stdin"]): boolean {
  return "isTTY" in stdin && stdin.isTTY === true;
}
