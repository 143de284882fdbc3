import { setTimeout as delay } from "node:timers/promises";
import { parseArgs } from "node:util";
import { burst } from "./parts/burst.ts";
import { median, quantile, say, sayMachine, sayTable } from "./parts/figures.ts";
import { type Connection, isAccepted, open } from "./parts/http-load.ts";
import { type LifeWorld, openLifeWorld } from "./parts/open-life.ts";
import * as programs from "./parts/programs.ts";
import { SEND_PATH } from "./parts/sends.ts";

/*
 * node bench/two-processes.ts [--burst 6000] [--rounds 3] [--backlog 200000] [--sends 20]
 *
 * Two processes on one PostgreSQL and one machine. First: how long a burst takes from its first send to its last `read`, by
 * one process and by two that share it, in turns; two must not be slower. Second: one account has a backlog, another sends now
 * and then: how long its messages wait to be handed over. Goal: never more than 2 s. Takes some three minutes on a quiet machine.
 */

const GOAL_MS = 2_000;
const EVERY_MS = 1_000;
const ALONE_EVERY_MS = 200;

const { values: options } = parseArgs({
  options: {
    burst: { type: "string", default: "6000" },
    rounds: { type: "string", default: "3" },
    backlog: { type: "string", default: "200000" },
    sends: { type: "string", default: "20" },
  },
});

await main();

async function main(): Promise<void> {
  const world = await openLifeWorld({ env: { SENDS_WAITING_MAX: "100000" } });
  try {
    sayMachine();
    await measureRates(world);
    await measureFairness(world);
    sayMachine();
  } finally {
    await world.close();
  }
}

async function measureRates(world: LifeWorld): Promise<void> {
  const count = Number(options.burst);
  const warmUp = Math.ceil(count / 3);
  await burst(world, [world.place], warmUp);
  const one: number[] = [];
  const two: number[] = [];
  for (let round = 0; round < Number(options.rounds); round += 1) {
    one.push(await burst(world, [world.place], count));
    const second = await startSecond(world);
    const both = [world.place, second.place];
    // Its code is cold, the first one's is not.
    await burst(world, both, warmUp);
    two.push(await burst(world, both, count));
    await second.program.stop();
  }
  const ratios = one.map((rate, round) => ((two[round] ?? 0) / rate).toFixed(2));
  const ratio = median(two) / median(one);
  sayTable([
    ["processes", "messages/s (median)", "each round"],
    [1, median(one).toFixed(0), one.map((rate) => rate.toFixed(0)).join(" ")],
    [2, median(two).toFixed(0), two.map((rate) => rate.toFixed(0)).join(" ")],
    ["two to one", ratio.toFixed(2), ratios.join(" ")],
  ]);
  say(`not slower: ${ratio >= 1 ? "yes" : "no"}`);
}

interface Second {
  place: programs.Place;
  program: programs.Program;
}

/** Another process on the same data, at a port of its own. */
async function startSecond({ place }: LifeWorld): Promise<Second> {
  const own = { ...place, port: await programs.makePort() };
  const simulator = `127.0.0.1:${place.simulatorPort}`;
  own.env = {
    ...place.env,
    PRIVATE_HOSTS_ALLOWED: `${place.env.PRIVATE_HOSTS_ALLOWED},${simulator}`,
  };
  return { place: own, program: await programs.startServer(own, ["serve"]) };
}

/** A small account sends by two processes in turn, alone and while another's backlog is worked off. */
async function measureFairness(world: LifeWorld): Promise<void> {
  const second = await startSecond(world);
  const small = await openSmall(world, [world.place, second.place]);
  const alone = await small.send(Number(options.sends), ALONE_EVERY_MS);
  await storeBacklog(world, Number(options.backlog));
  const before = await countQueued(world, "demo");
  const startedAt = performance.now();
  const beside = await small.send(Number(options.sends), EVERY_MS);
  const worked = before - (await countQueued(world, "demo"));
  const seconds = (performance.now() - startedAt) / 1_000;
  small.close();
  const row = (what: string, waits: readonly number[]) => [
    what,
    waits.length,
    ...[0.5, 1].map((share) => quantile(waits, share).toFixed(0)),
  ];
  say(`a small account's messages, from accepted to handed over:`);
  sayTable([
    ["", "messages", "p50 ms", "worst ms"],
    row("alone", alone),
    row(`beside a backlog of ${before}`, beside),
  ]);
  const ratio = quantile(beside, 0.5) / quantile(alone, 0.5);
  const isFair = Math.max(...beside) <= GOAL_MS && beside.length === Number(options.sends);
  say(`the backlog went on with ${(worked / seconds).toFixed(0)}/s meanwhile`);
  say(`beside to alone: ${ratio.toFixed(2)}; all within 2 s: ${isFair ? "yes" : "no"}`);
  await second.program.stop();
}

interface Small {
  /** Sends so many, and answers how long each waited once all have left. */
  send(count: number, everyMs: number): Promise<number[]>;
  close(): void;
}

async function openSmall(world: LifeWorld, places: readonly programs.Place[]): Promise<Small> {
  const { stranger } = programs.readDemo(world.place).others;
  const connections = await Promise.all(places.map(({ port }) => open(port)));
  let sent = 0;
  return {
    async send(count, everyMs) {
      const [times = []] = await programs.runSql(world.place, ["select clock_timestamp() as now"]);
      const { now } = times[0] as { now: Date };
      for (let n = 0; n < count; n += 1) {
        const connection = connections[n % connections.length];
        if (connection !== undefined) await sendSmall(connection, stranger, sent);
        sent += 1;
        await delay(everyMs);
      }
      await waitUntilNone(world, stranger.login);
      const [rows = []] = await programs.runSql(world.place, [
        `select extract(epoch from submitted_at - accepted_at)::float8 * 1000 as ms
         from messages where account_id = (select account_id from logins where login = '${stranger.login}')
           and direction = 'out' and accepted_at >= '${now.toISOString()}' and submitted_at is not null`,
      ]);
      return (rows as { ms: number }[]).map(({ ms }) => ms);
    },
    close: () => {
      for (const connection of connections) connection.close();
    },
  };
}

async function sendSmall(
  connection: Connection,
  who: { login: string; token: string; id_template?: number | undefined },
  n: number,
): Promise<void> {
  const body = new URLSearchParams({
    login: who.login,
    token: who.token,
    id_template: `${who.id_template}`,
    mobile: `5732${String(n + 1).padStart(8, "0")}`,
  });
  const answer = await connection.post(SEND_PATH, body.toString());
  if (!isAccepted(answer)) throw new Error(`${answer.status} ${answer.body}`);
}

/** Accepted messages that are due now, as a campaign leaves them. */
async function storeBacklog({ place }: LifeWorld, count: number): Promise<void> {
  await programs.runSql(place, [
    `with made as (
       select p.account_id, p.id as project_id, p.channel_id, t.id as template_id, n,
         (substr(h, 1, 8) || '-' || substr(h, 9, 4) || '-7' || substr(r, 1, 3) || '-8' || substr(r, 4, 3) || '-' || substr(r, 7, 12))::uuid as id
       from (select n, lpad(to_hex((extract(epoch from now()) * 1000)::bigint), 12, '0') as h,
               replace(gen_random_uuid()::text, '-', '') as r from generate_series(1, ${count}) n) x
       cross join (select p.* from projects p join logins l using (account_id) where l.login = 'demo' limit 1) p
       join lateral (select id from templates t where t.account_id = p.account_id and t.status = 'approved'
         and t.variables = 0 and t.header is null limit 1) t on true
     ), charged as (
       insert into transfers (account_id, cause_id, kind, debit, credit, amount, balance_after, at)
       select account_id, id, 'charge', 'wallet', 'sales', 0, 0, now() from made
     )
     insert into messages (account_id, id, direction, project_id, channel_id, mobile, category, kind, template_id, source, status,
       lane, class, due_at, deadline_at, accepted_at)
     select account_id, id, 'out', project_id, channel_id, '5733' || lpad(n::text, 8, '0'), 'utility', 'template', template_id,
       'ws', 'accepted', 'queued', 1, now(), now() + interval '13 hours', now()
     from made`,
    "analyze messages",
  ]);
}

/** What has not been handed over yet. */
async function countQueued({ place }: LifeWorld, login: string): Promise<number> {
  const [rows = []] = await programs.runSql(place, [
    `select count(*)::int as n from messages where lane in ('queued', 'calling')
     and account_id = (select account_id from logins where login = '${login}')`,
  ]);
  return (rows[0] as { n: number }).n;
}

async function waitUntilNone(world: LifeWorld, login: string): Promise<void> {
  while ((await countQueued(world, login)) > 0) await delay(100);
}
