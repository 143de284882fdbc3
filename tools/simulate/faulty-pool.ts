import type { Database } from "../../packages/server/src/storage/connect.ts";
import type { Chance } from "./chance.ts";
import type { Ending, Link, RealDatabase } from "./real-database.ts";
import type { Mortal, Schedule } from "./schedule.ts";
import type { SqlResult, Statement } from "./settled-statement.ts";

/** What may go wrong between a process and its database. */
export interface DatabaseFaults {
  /** Of a hundred statements so many end otherwise than well. */
  statementPercent: number;
  /** Nothing can be reached, and what is open is cut. */
  isAway: boolean;
  /** How many there were. */
  count: number;
}

/** What a pool needs. */
export interface PoolWorld {
  schedule: Schedule;
  chance: Chance;
  database: RealDatabase;
  faults: DatabaseFaults;
  /** Every client whose statement waits for a lock. */
  waiting: Set<FaultyClient>;
  /** Breaks the product on purpose: what a statement is replaced by. */
  rewrite?: ((statement: Statement) => Statement) | undefined;
  /** Breaks the product on purpose: a commit is answered before it is made. */
  answersCommitEarly?: boolean | undefined;
}

/** The pool of one process, and its end. */
export interface FaultyPool {
  pool: Database;
  /** Its process is dead: what was sent may still be done, then everything open is rolled back. */
  abandon(): void;
  /** Every connection breaks, now. */
  cut(): void;
}

/** Opens it; connections and statements come when the schedule says so. */
export function createFaultyPool(world: PoolWorld, owner: Mortal): FaultyPool {
  const clients = new Set<FaultyClient>();
  const open = () => {
    const link = world.database.takeLink();
    const client = new FaultyClient(world, { owner, link, onEnd: () => clients.delete(client) });
    clients.add(client);
    return client;
  };
  const connect = () =>
    new Promise<FaultyClient>((resolve, reject) => {
      const run = () => {
        if (!world.faults.isAway) resolve(open());
        else reject(makeNetworkError("ECONNREFUSED"));
        return world.faults.isAway ? "away" : "";
      };
      const isThere = !world.faults.isAway && owner.alive;
      if (isThere && world.chance.percent(OPEN_PERCENT)) resolve(open());
      else world.schedule.offer({ label: "connect", owner, run });
    });
  const pool = {
    ended: false,
    connect,
    async query(statement: Statement, values?: unknown[]) {
      const client = await connect();
      try {
        return await client.query(statement, values);
      } finally {
        client.release(client.isBroken);
      }
    },
    pause: (ms: number) =>
      new Promise<void>((resolve) => {
        const run = () => {
          resolve();
          return "";
        };
        // What it was told is by the machine's chance, so only that it waits counts.
        world.schedule.offerAfter(ms < 0 ? 0 : GIVE_WAY_MS, { label: "pause", owner, run });
      }),
  };
  return {
    pool: pool as unknown as Database,
    abandon: () => {
      for (const client of clients) client.abandon();
    },
    cut: () => {
      for (const client of clients) client.offerCut();
    },
  };
}

const GIVE_WAY_MS = 7;
/** So often there is a connection that waits to be used. */
const OPEN_PERCENT = 85;

interface Pending {
  statement: Statement;
  resolve(result: SqlResult): void;
  reject(error: Error): void;
}

/** A connection as the product sees it: its statements run in the order in which they were given. */
export class FaultyClient {
  readonly #world: PoolWorld;
  readonly #given: { owner: Mortal; link: Link; onEnd(): void };
  #queue: Pending[] = [];
  #broken: Error | null = null;
  #isReleased = false;
  #isAbandoned = false;
  #isOver = false;
  /** Done by the database, and its answer is on its way. */
  #answered: Pending | null = null;

  constructor(world: PoolWorld, given: { owner: Mortal; link: Link; onEnd(): void }) {
    this.#world = world;
    this.#given = given;
  }

  get isBroken(): boolean {
    return this.#broken !== null;
  }

  get link(): Link {
    return this.#given.link;
  }

  query(statement: Statement, values?: unknown[]): Promise<SqlResult> {
    if (this.#broken) return Promise.reject(this.#broken);
    const whole =
      values === undefined || typeof statement !== "string"
        ? statement
        : { text: statement, values };
    const given = this.#world.rewrite?.(whole) ?? whole;
    return new Promise((resolve, reject) => {
      this.#queue.push({ statement: given, resolve, reject });
      if (this.#world.answersCommitEarly && given === "commit") {
        resolve({ command: "COMMIT", rowCount: null, rows: [] });
      }
      if (this.#queue.length === 1) this.#offerHead();
    });
  }

  release(_broken?: boolean): void {
    this.#isReleased = true;
    if (this.#queue.length > 0 || this.#isOver) return;
    if (this.link.inTransaction) this.#offerEnd();
    else this.#keep();
  }

  /** See {@link FaultyPool.abandon}. */
  abandon(): void {
    this.#isAbandoned = true;
    if (this.link.running === null) this.#world.waiting.delete(this);
    const wasSent = this.#world.chance.percent(50);
    this.#queue = this.#queue.filter((pending) => pending !== this.#answered);
    if (!wasSent) this.#queue = this.#queue.slice(0, this.link.running === null ? 0 : 1);
    if (this.#queue.length === 0) this.#offerEnd();
    else if (!this.link.running) this.#offerHead();
    else if (!wasSent) this.#offerEnd();
  }

  /** See {@link FaultyPool.cut}. */
  offerCut(): void {
    this.#world.schedule.offer({
      label: "cut",
      owner: this.#given.owner,
      run: async () => {
        await this.#break(makeNetworkError("ECONNRESET"));
        return "";
      },
    });
  }

  #offerHead(): void {
    const [head] = this.#queue;
    if (!head) return;
    this.#world.schedule.offer({
      label: `sql ${nameOf(head.statement)}`,
      owner: this.#isAbandoned ? null : this.#given.owner,
      run: () => this.#runHead(head),
    });
  }

  async #runHead(head: Pending): Promise<string> {
    if (this.#queue[0] !== head || this.#isOver) return "gone";
    const fate = this.#isAbandoned ? "well" : drawFate(this.#world, this.link, head.statement);
    if (fate !== "well") this.#world.faults.count += 1;
    if (fate === "cut before") {
      await this.#break(makeNetworkError("ECONNRESET"));
      return fate;
    }
    const statement = fate === "give way" ? GIVE_WAY : head.statement;
    const ending = await this.#world.database.execute(this.link, statement);
    if (ending === "waits" || ending === "again") {
      this.#world.waiting.add(this);
      return ending;
    }
    if (!this.link.inTransaction || isRollback(statement)) await this.#wakeOthers();
    if (fate === "cut after") {
      await this.#break(makeNetworkError("ECONNRESET"));
      return fate;
    }
    return this.#end(head, ending);
  }

  /** The statement that waited has ended. */
  wake(ending: Ending): void {
    this.#world.waiting.delete(this);
    const [head] = this.#queue;
    if (!head) return;
    this.#answered = head;
    const owner = this.#isAbandoned ? null : this.#given.owner;
    const run = () => (this.#isOver ? "gone" : this.#end(head, ending));
    this.#world.schedule.offer({ label: `woken ${nameOf(head.statement)}`, owner, run });
  }

  #end(head: Pending, ending: Ending): string {
    this.#answered = head;
    const settle = () => {
      if (this.#isOver || this.#queue[0] !== head) return "gone";
      this.#answered = null;
      this.#queue.shift();
      if (ending.kind === "done") head.resolve(ending.result);
      else head.reject(ending.error);
      if (this.#queue.length > 0) this.#offerHead();
      else if (this.#isReleased && !this.link.inTransaction) this.#keep();
      else if (this.#isReleased || this.#isAbandoned) this.#offerEnd();
      return "";
    };
    if (this.#world.chance.percent(LATE_ANSWER_PERCENT)) {
      const owner = this.#isAbandoned ? null : this.#given.owner;
      const label = `answer ${nameOf(head.statement)}`;
      this.#world.schedule.offer({ label, owner, run: settle });
    } else settle();
    return describe(ending);
  }

  async #break(error: Error): Promise<void> {
    if (this.#isOver) return;
    this.#broken = error;
    this.#isOver = true;
    this.#world.waiting.delete(this);
    this.#given.onEnd();
    await this.#world.database.giveBack(this.link);
    for (const { reject } of this.#queue.splice(0)) reject(error);
    await this.#wakeOthers();
  }

  /** Nothing is open on it: it can be used again at once. */
  #keep(): void {
    this.#isOver = true;
    this.#given.onEnd();
    void this.#world.database.giveBack(this.link);
  }

  #offerEnd(): void {
    if (this.#isOver) return;
    const end = async () => {
      if (this.#isOver) return "gone";
      this.#isOver = true;
      this.#world.waiting.delete(this);
      this.#given.onEnd();
      const wasOpen = this.link.inTransaction;
      await this.#world.database.giveBack(this.link);
      await this.#wakeOthers();
      return wasOpen ? "rolled back" : "";
    };
    this.#world.schedule.offer({ label: "end of connection", owner: null, run: end });
  }

  async #wakeOthers(): Promise<void> {
    const { waiting, database } = this.#world;
    if (waiting.size === 0) return;
    for (const client of [...waiting].filter(({ link }) => link.running === null)) {
      waiting.delete(client);
      client.#offerHead();
    }
    const byLink = new Map([...waiting].map((client) => [client.link, client]));
    for (const { link, ending } of await database.findWoken([...byLink.keys()])) {
      byLink.get(link)?.wake(ending);
    }
  }
}

const LATE_ANSWER_PERCENT = 15;

/** A failure of PostgreSQL's own making, in the very transaction. */
const GIVE_WAY =
  "do $$ begin raise exception 'given up in favour of another' using errcode = '40P01'; end $$";

type Fate = "well" | "cut before" | "cut after" | "give way";

function drawFate({ chance, faults }: PoolWorld, link: Link, statement: Statement): Fate {
  if (!chance.percent(faults.statementPercent)) return "well";
  const fate = chance.pick<Fate>(["cut before", "cut after", "give way", "give way"]);
  const isInside = link.inTransaction && !/^(?:begin|commit|rollback)/u.test(textOf(statement));
  return fate === "give way" && !isInside ? "well" : fate;
}

function isRollback(statement: Statement): boolean {
  return textOf(statement).startsWith("rollback");
}

function textOf(statement: Statement): string {
  return typeof statement === "string" ? statement : statement.text;
}

function nameOf(statement: Statement): string {
  if (typeof statement !== "string" && statement.name !== undefined) return statement.name;
  return textOf(statement).replaceAll(/\s+/gu, " ").slice(0, 48);
}

function describe(ending: Ending): string {
  if (ending.kind === "done") {
    const { command, rowCount } = ending.result;
    return `${command ?? "several"} ${rowCount ?? ""}`;
  }
  return "code" in ending.error ? `failed ${ending.error.code}` : "failed";
}

function makeNetworkError(code: string): Error {
  return Object.assign(new Error(`Connection terminated unexpectedly (${code})`), { code });
}
