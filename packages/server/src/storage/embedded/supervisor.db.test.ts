import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chownSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, afterEach, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { findProcess, isRunning } from "./process-identity.ts";

/*
 * Every start happens in a process of its own, as in life, so that each of the two, node and PostgreSQL, can be killed. Root
 * goes through it twice: as root, and as an ordinary user.
 */

const SUPERVISOR = new URL("./supervisor.ts", import.meta.url).href;
const NOBODY = 65534;
const isRoot = process.getuid?.() === 0;

const HOLDER = `
const [dataDir, port] = process.argv.slice(1);
const say = (line) => process.stdout.write(JSON.stringify(line) + "\\n");
const log = (detail, message) => say({ event: message });
try {
  const { startEmbeddedPostgres } = await import(${JSON.stringify(SUPERVISOR)});
  const logger = { info: log, warn: log, error: log };
  const database = await startEmbeddedPostgres({ dataDir, logger, port: port ? Number(port) : undefined });
  say({ event: "ready", url: database.url, attached: database.attached });
  process.stdin.once("data", async () => {
    say({ event: "released", stopped: await database.stop() });
    process.exit();
  });
} catch (error) {
  say({ event: "refused", code: error.code, message: error.message });
  process.exit();
}`;

interface Said {
  readonly event: string;
  readonly url: string;
  readonly attached: boolean;
  readonly stopped: boolean;
  readonly code: string;
  readonly message: string;
}

/** A process that uses the server until told to stop. */
class Holder {
  readonly process: ChildProcess;
  readonly said: Said[] = [];
  url = "";
  #closed = false;

  constructor(dataDir: string, options: { uid: number | undefined; port?: number | undefined }) {
    const ids = options.uid === undefined ? {} : { uid: options.uid, gid: options.uid };
    const { NODE_TEST_CONTEXT: _, ...env } = process.env;
    this.process = spawn(
      process.execPath,
      ["--input-type=module", "-e", HOLDER, dataDir, String(options.port ?? "")],
      { ...ids, env, cwd: "/", stdio: ["pipe", "pipe", "inherit"] },
    );
    if (this.process.stdout !== null) {
      createInterface(this.process.stdout).on("line", (line) => this.said.push(JSON.parse(line)));
    }
    this.process.once("close", () => {
      this.#closed = true;
    });
  }

  /** The first thing of that kind that it says, from the given one on. Rejects when it ends without having said it. */
  async hear(event: string, from = 0): Promise<Said> {
    for (;;) {
      const closed = this.#closed;
      const found = this.said.slice(from).find((line) => line.event === event);
      if (found !== undefined) {
        return found;
      }
      if (closed) {
        throw new Error(`It ended without "${event}", having said ${JSON.stringify(this.said)}`);
      }
      await sleep(5);
    }
  }

  async ready(): Promise<Said> {
    const said = await this.hear("ready");
    this.url = said.url;
    return said;
  }

  async stop(): Promise<boolean> {
    this.process.stdin?.write("stop\n");
    return (await this.hear("released")).stopped;
  }

  async kill(): Promise<void> {
    this.process.kill("SIGKILL");
    await once(this.process, "close");
  }
}

const folders: string[] = [];
const holders: Holder[] = [];

afterEach(async () => {
  for (const holder of holders.splice(0)) {
    if (holder.process.exitCode === null && holder.process.signalCode === null) {
      await holder.kill();
    }
  }
});
after(async () => {
  for (const folder of folders) {
    await killServer(join(folder, "data"));
    rmSync(folder, { recursive: true, force: true });
  }
});

function makeDataDir(uid?: number): string {
  const folder = mkdtempSync(join(tmpdir(), "recado-embedded-"));
  folders.push(folder);
  const dataDir = join(folder, "data");
  mkdirSync(dataDir);
  if (uid !== undefined) {
    chownSync(folder, uid, uid);
    chownSync(dataDir, uid, uid);
  }
  return dataDir;
}

function findServerPid(dataDir: string): number {
  const [pid] = readFileSync(join(dataDir, "postgres", "postmaster.pid"), "utf8").split("\n");
  return Number(pid);
}

/** With SIGKILL: nothing is written any more. */
async function killServer(dataDir: string): Promise<void> {
  try {
    const server = findProcess(findServerPid(dataDir));
    if (server !== undefined) {
      process.kill(server.pid, "SIGKILL");
      while (isRunning(server)) {
        await sleep(5);
      }
    }
  } catch {
    // It does not run.
  }
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Stores rows one by one until the connection breaks; the last number that was acknowledged. */
async function writeUntilBroken(url: string, onFirst: () => void): Promise<number> {
  let acknowledged = 0;
  await withClient(url, async (client) => {
    const { rows } = await client.query("select coalesce(max(id), 0)::int as last from rows");
    acknowledged = rows[0].last;
    for (;;) {
      await client.query("insert into rows values ($1)", [acknowledged + 1]);
      acknowledged += 1;
      onFirst();
    }
  }).catch(() => {});
  return acknowledged;
}

async function countRows(url: string): Promise<number> {
  return withClient(url, async (client) => {
    const { rows } = await client.query("select count(*)::int as n from rows");
    return rows[0].n;
  });
}

const callers: [string, number | undefined][] = isRoot
  ? [
      ["root", undefined],
      ["an ordinary user", NOBODY],
    ]
  : [["an ordinary user", undefined]];

for (const [caller, uid] of callers) {
  describe(`startEmbeddedPostgres, called by ${caller}`, { timeout: 60_000 }, () => {
    const dataDir = makeDataDir(uid);
    const hold = (port?: number): Holder => {
      const holder = new Holder(dataDir, { uid, port });
      holders.push(holder);
      return holder;
    };

    test("starts a durable server that only this machine and only its password can reach", async () => {
      const holder = hold();
      const { url, attached } = await holder.ready();
      assert.equal(attached, false);
      await withClient(url, async (client) => {
        await client.query("create table rows (id int primary key)");
        const { rows } = await client.query(
          `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit,
             current_setting('full_page_writes') as pages, current_setting('listen_addresses') as address,
             current_setting('unix_socket_directories') as sockets, upper('ñ') as upper`,
        );
        assert.deepEqual(rows, [
          { fsync: "on", commit: "on", pages: "on", address: "127.0.0.1", sockets: "", upper: "Ñ" },
        ]);
      });
      const wrong = new URL(url);
      wrong.password = "wrong";
      await assert.rejects(
        withClient(wrong.href, async () => {}),
        { code: "28P01" },
      );
      assert.equal(statSync(join(dataDir, "postgres-access.json")).mode & 0o777, 0o600);
      assert.equal(statSync(join(dataDir, "postgres")).mode & 0o777, 0o700);
      assert.equal(await holder.stop(), true);
    });

    test("finds its data and its port again after a stop", async () => {
      const first = hold();
      const { url } = await first.ready();
      await withClient(url, (client) => client.query("insert into rows values (1)"));
      await first.stop();
      const second = hold();
      const again = await second.ready();
      assert.equal(again.attached, false);
      assert.equal(again.url, url);
      assert.equal(await countRows(url), 1);
      assert.equal(await second.stop(), true);
    });

    test("has a session of its own, so that Ctrl-C reaches node alone", async () => {
      const holder = hold();
      await holder.ready();
      const pid = findServerPid(dataDir);
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      const [, , group, session] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      assert.deepEqual([group, session], [String(pid), String(pid)]);
      await holder.stop();
    });

    test("is shared by several processes, and the last one to leave stops it", async () => {
      const [one, other] = [hold(), hold()];
      const said = await Promise.all([one.ready(), other.ready()]);
      assert.deepEqual(said.map(({ attached }) => attached).toSorted(), [false, true]);
      assert.equal(one.url, other.url);
      assert.equal(await one.stop(), false);
      assert.equal(await countRows(other.url), 1);
      assert.equal(await other.stop(), true);
      await assert.rejects(countRows(other.url), { code: "ECONNREFUSED" });
    });

    test("survives kill -9 of node; the next start attaches, and the dead one does not count as a user", async () => {
      const first = hold();
      const { url } = await first.ready();
      const pid = findServerPid(dataDir);
      await first.kill();
      assert.equal(await countRows(url), 1);
      const next = hold();
      assert.equal((await next.ready()).attached, true);
      assert.equal(next.url, url);
      assert.equal(findServerPid(dataDir), pid);
      assert.equal(await next.stop(), true);
    });

    test("is started again on the same port after kill -9 of the postmaster, with every acknowledged row", async () => {
      const [one, other] = [hold(), hold()];
      await Promise.all([one.ready(), other.ready()]);
      const begun = Promise.withResolvers<void>();
      const writer = writeUntilBroken(one.url, begun.resolve);
      await begun.promise;
      const saidBefore = [one, other].map((holder): [Holder, number] => [
        holder,
        holder.said.length,
      ]);
      await killServer(dataDir);
      const acknowledged = await writer;
      await Promise.any(saidBefore.map(([holder, from]) => holder.hear("database.started", from)));
      assert.ok((await countRows(one.url)) >= acknowledged);
      assert.equal(await one.stop(), false);
      assert.equal(await other.stop(), true);
    });

    test("starts after kill -9 of both, with every acknowledged row", async () => {
      const first = hold();
      await first.ready();
      const begun = Promise.withResolvers<void>();
      const writer = writeUntilBroken(first.url, begun.resolve);
      await begun.promise;
      await first.kill();
      await killServer(dataDir);
      const acknowledged = await writer;
      const next = hold();
      const { url, attached } = await next.ready();
      assert.equal(attached, false);
      assert.ok((await countRows(url)) >= acknowledged);
      assert.equal(await next.stop(), true);
    });

    test("does not take a stranger or a zombie for its server, whose number an old postmaster.pid names", async () => {
      const zombie = await makeZombie(uid);
      for (const pid of [process.pid, zombie.pid]) {
        const stale = join(dataDir, "postgres", "postmaster.pid");
        writeFileSync(stale, `${pid}\n${join(dataDir, "postgres")}\n1\n1\n\n127.0.0.1\n\nready\n`);
        const holder = hold();
        assert.equal((await holder.ready()).attached, false);
        assert.equal(await holder.stop(), true);
      }
      zombie.end();
    });

    test("moves to another port when the one it had is taken, but not from one that was asked for", async () => {
      const before = hold();
      const { url } = await before.ready();
      await before.stop();
      const port = Number(new URL(url).port);
      const squatter = createServer().listen(port, "127.0.0.1");
      await once(squatter, "listening");
      const refused = await hold(port).hear("refused");
      assert.equal(refused.code, "port-in-use");
      assert.match(refused.message, new RegExp(`Port ${port} .* Choose another`));
      const moved = hold();
      assert.notEqual((await moved.ready()).url, url);
      assert.ok((await countRows(moved.url)) > 0);
      await moved.stop();
      squatter.close();
    });
  });
}

/** A process that has ended and that its parent does not bury. */
async function makeZombie(uid: number | undefined): Promise<{ pid: number; end(): void }> {
  const ids = uid === undefined ? {} : { uid, gid: uid };
  const parent = spawn("sh", ["-c", "true & echo $!; exec sleep 600"], {
    ...ids,
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [line] = await once(parent.stdout, "data");
  return { pid: Number(String(line)), end: () => parent.kill("SIGKILL") };
}
