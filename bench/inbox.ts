import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { parseArgs } from "node:util";
import { quantile, say, sayMachine, sayTable } from "./parts/figures.ts";
import * as programs from "./parts/programs.ts";
import { storeInbox } from "./parts/stored-inbox.ts";

/*
 * node bench/inbox.ts [--conversations 100000] [--each 10] [--agents 50] [--events 50] [--seconds 20]
 *
 * An inbox that is full, with people in front of it: each has the live stream open; notes are written at an even rate, and every
 * note is a change that everybody hears. Meanwhile lists and threads are asked for, one after the other as a person would.
 * Measured: the answers of list and thread (goal: p95 under 50 ms), and from the call that writes a note until each
 * of the streams has it (goal: p95 under 300 ms). Server, PostgreSQL and all of this share the machine.
 */

const GOALS = { answerMs: 50, eventMs: 300 };
const COOKIE = "recado_session";
const VIEWS = ["open", "queue", "mine", "open&unread=true"];
const READERS = 4;
const SETTLE_MS = 2_000;

const { values: options } = parseArgs({
  options: {
    conversations: { type: "string", default: "100000" },
    each: { type: "string", default: "10" },
    agents: { type: "string", default: "50" },
    events: { type: "string", default: "50" },
    seconds: { type: "string", default: "20" },
  },
});

interface Agent {
  cookie: string;
  /** When each note's key was heard. */
  heardAtMs: Map<string, number>;
  close(): void;
}

await main();

async function main(): Promise<void> {
  const place = await programs.makePlace();
  const simulator = programs.startSimulator(place);
  const server = await programs.startServer(place, ["demo"], ["--max-semi-space-size=2"]);
  try {
    sayMachine();
    const stored = Number(options.conversations);
    await storeInbox(place, { conversations: stored, messagesEach: Number(options.each) });
    say(`${stored} conversations with ${options.each} messages each are stored`);
    const agents = await openAgents(place);
    await delay(SETTLE_MS);
    const ids = await listIds(place, agents[0]);
    const written = new Map<string, number>();
    const answers: Answers = { list: [], thread: [] };
    const end = performance.now() + Number(options.seconds) * 1_000;
    await Promise.all([
      writeNotes(place, { agents, ids, written, end }),
      ...agents.slice(0, READERS).map((agent) => readInbox(place, { agent, ids, answers, end })),
    ]);
    await delay(SETTLE_MS);
    report(agents, written, answers);
    for (const agent of agents) agent.close();
    sayMachine();
  } finally {
    await server.stop();
    await simulator.stop();
    programs.removePlace(place);
  }
}

interface Answers {
  list: number[];
  thread: number[];
}

function report(agents: readonly Agent[], written: ReadonlyMap<string, number>, answers: Answers) {
  const toScreens = agents.flatMap(({ heardAtMs }) =>
    [...written].map(([text, atMs]) => (heardAtMs.get(text) ?? Number.POSITIVE_INFINITY) - atMs),
  );
  const lost = toScreens.filter((ms) => !Number.isFinite(ms)).length;
  say(`${written.size} events to ${agents.length} streams; ${lost} were not heard`);
  const row = (what: string, values: readonly number[], goal: number) => [
    what,
    values.length,
    quantile(values, 0.5).toFixed(0),
    quantile(values, 0.95).toFixed(0),
    quantile(values, 0.99).toFixed(0),
    goal,
    quantile(values, 0.95) <= goal ? "yes" : "no",
  ];
  sayTable([
    ["", "count", "p50 ms", "p95 ms", "p99 ms", "goal p95", "reached"],
    row("list", answers.list, GOALS.answerMs),
    row("thread", answers.thread, GOALS.answerMs),
    row("event on every screen", toScreens, GOALS.eventMs),
  ]);
}

/** Signs in as the demonstration's people, each several times, and opens the streams. */
async function openAgents(place: programs.Place): Promise<Agent[]> {
  const { people } = programs.readDemo(place);
  const agents: Agent[] = [];
  for (let at = 0; at < Number(options.agents); at += 1) {
    const person = people[at % people.length];
    if (!person) throw new Error("the demonstration has nobody");
    const reply = await call(place, "", {
      path: "/sign-in",
      body: { login: person.login, password: person.password },
    });
    const cookie = /recado_session=[^;]+/u.exec(reply.headers.get("set-cookie") ?? "")?.[0];
    if (cookie === undefined) throw new Error(`signing in answered ${reply.status}, no ${COOKIE}`);
    agents.push(await listen(place, cookie));
  }
  return agents;
}

async function listen(place: programs.Place, cookie: string): Promise<Agent> {
  const controller = new AbortController();
  const response = await fetch(address(place, `/live?client=${randomUUID()}`), {
    headers: { cookie, accept: "text/event-stream" },
    signal: controller.signal,
  });
  if (!response.ok || !response.body) throw new Error(`the stream answered ${response.status}`);
  const heardAtMs = new Map<string, number>();
  void hear(response.body, heardAtMs).catch(() => {});
  return { cookie, heardAtMs, close: () => controller.abort() };
}

/** Only what a note says is looked for: reading all of each change would measure this program. */
async function hear(body: ReadableStream<Uint8Array>, heardAtMs: Map<string, number>) {
  const decoder = new TextDecoder();
  for await (const chunk of body) {
    const atMs = performance.now();
    for (const [text] of decoder.decode(chunk, { stream: true }).matchAll(/nota-\d+-fin/gu)) {
      if (!heardAtMs.has(text)) heardAtMs.set(text, atMs);
    }
  }
}

async function listIds(place: programs.Place, agent: Agent | undefined): Promise<string[]> {
  const reply = await get(place, agent?.cookie ?? "", "/inbox/conversations?view=open&limit=100");
  const { items } = (await reply.json()) as { items: { id: string }[] };
  if (items.length === 0) throw new Error("the inbox is empty");
  return items.map(({ id }) => id);
}

interface Work {
  ids: readonly string[];
  end: number;
}

async function writeNotes(
  place: programs.Place,
  { agents, ids, written, end }: Work & { agents: readonly Agent[]; written: Map<string, number> },
): Promise<void> {
  const everyMs = 1_000 / Number(options.events);
  const calls: Promise<unknown>[] = [];
  const startedAt = performance.now();
  for (let n = 0; performance.now() < end; n += 1) {
    await delay(Math.max(0, startedAt + n * everyMs - performance.now()));
    const text = `nota-${n}-fin`;
    written.set(text, performance.now());
    const { cookie } = agents[n % agents.length] ?? { cookie: "" };
    const path = `/inbox/conversations/${ids[n % ids.length]}/notes`;
    calls.push(
      call(place, cookie, { path, body: { text, mentions: [] } }).then(async (reply) => {
        if (reply.ok) return reply.arrayBuffer();
        // Read-only people may not write: theirs are no events.
        written.delete(text);
        return reply.arrayBuffer();
      }),
    );
  }
  await Promise.all(calls);
}

async function readInbox(
  place: programs.Place,
  { agent, ids, answers, end }: Work & { agent: Agent; answers: Answers },
): Promise<void> {
  for (let n = 0; performance.now() < end; n += 1) {
    const view = VIEWS[n % VIEWS.length];
    answers.list.push(
      await time(() => get(place, agent.cookie, `/inbox/conversations?view=${view}`)),
    );
    const id = ids[(n * 7) % ids.length];
    answers.thread.push(
      await time(() => get(place, agent.cookie, `/inbox/conversations/${id}/thread`)),
    );
    await delay(20);
  }
}

async function time(ask: () => Promise<Response>): Promise<number> {
  const startedAt = performance.now();
  const reply = await ask();
  await reply.arrayBuffer();
  if (!reply.ok) throw new Error(`${reply.url} answered ${reply.status}`);
  return performance.now() - startedAt;
}

function address(place: programs.Place, path: string): string {
  return `http://127.0.0.1:${place.port}/console/api${path}`;
}

function get(place: programs.Place, cookie: string, path: string): Promise<Response> {
  return fetch(address(place, path), { headers: { cookie } });
}

function call(place: programs.Place, cookie: string, given: { path: string; body: object }) {
  return fetch(address(place, given.path), {
    method: "POST",
    headers: {
      ...{ cookie, "content-type": "application/json", "x-recado-console": "1" },
      origin: `http://127.0.0.1:${place.port}`,
    },
    body: JSON.stringify(given.body),
  });
}
