import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import { after, before, test } from "node:test";
import { openTestDatabase, type TestDatabase } from "../testkit/database.ts";
import { waitForDatabase } from "./wait-for-database.ts";

let database: TestDatabase;
before(async () => {
  database = await openTestDatabase({ schema: "empty" });
});
after(() => database.close());

/** A logger that keeps what was said, and tells `heard` of the first line. */
function listen(heard = () => {}) {
  const lines: string[] = [];
  const warn = (_about: unknown, line: string) => {
    lines.push(line);
    heard();
  };
  return { lines, logger: { warn } as Parameters<typeof waitForDatabase>[1]["logger"] };
}

/** The same database at another port; whoever closes it ends what goes through. */
async function openDoor(port: number): Promise<Server> {
  const { hostname, port: real } = new URL(database.url);
  const door = createServer((socket: Socket) => {
    const other = connect(Number(real), hostname);
    for (const end of [socket, other]) end.on("error", () => {});
    socket.pipe(other).pipe(socket);
  }).listen(port, "127.0.0.1");
  await once(door, "listening");
  return door;
}

async function findFreePort(): Promise<number> {
  const door = await openDoor(0);
  const { port } = door.address() as { port: number };
  door.close();
  await once(door, "close");
  return port;
}

test("a database that is not there yet is waited for, and one line of the log says so", async () => {
  const port = await findFreePort();
  const url = new URL(database.url);
  url.port = String(port);
  const opened = Promise.withResolvers<Server>();
  const { lines, logger } = listen(() => {
    openDoor(port).then(opened.resolve, opened.reject);
  });
  await waitForDatabase(url.href, { logger });
  (await opened.promise).close();
  assert.deepEqual(lines, ["database.waiting"]);
});

test("a database that answers, one that is another's and one that never comes are all left to who works on them", async () => {
  const answers = listen();
  await waitForDatabase(database.url, answers);
  const wrong = new URL(database.url);
  wrong.pathname = "/there-is-none";
  await waitForDatabase(wrong.href, answers);
  assert.deepEqual(answers.lines, []);
  const away = listen();
  const never = `postgres://x:y@127.0.0.1:${await findFreePort()}/z`;
  await waitForDatabase(never, { ...away, waitMsMax: 500 });
  assert.deepEqual(away.lines, ["database.waiting"]);
});
