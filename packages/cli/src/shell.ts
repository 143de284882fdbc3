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
  /** A secret that was given as it is, or as `-`: the first line of standard input. */
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
    readSecret: async (given) => (given === "-" ? readLine(world) : given),
  };
}

async function readLine(world: World): Promise<string> {
  const line = isTerminal(world.stdin) ? await askHidden(world) : await readFirstLine(world);
  if (line === "") throw new CommandFailure("Nothing came on standard input.");
  return line;
}

async function readFirstLine(world: World): Promise<string> {
  let text = "";
  world.stdin.setEncoding("utf8");
  for await (const chunk of world.stdin) {
    text += String(chunk);
    if (text.includes("\n")) break;
  }
  return text.split(/\r?\n/u)[0] ?? "";
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
