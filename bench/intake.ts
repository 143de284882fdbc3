import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { parseArgs } from "node:util";
import pg from "pg";
import { quantile, say, sayMachine, sayTable } from "./parts/figures.ts";
import { type LifeWorld, openLifeWorld } from "./parts/open-life.ts";
import { databaseUrl, runSql } from "./parts/programs.ts";
import { offerPosts } from "./parts/signed-posts.ts";

/*
 * node bench/intake.ts [--rates 1000,2500,5000] [--seconds 10] [--per-post 1]
 *
 * How many of WhatsApp's statuses a second are taken: signed posts of `--per-post` statuses each, for messages that were handed
 * over and wait for them, at a fixed rate whatever the server does. The time is from when a post was due to our 200, which says
 * that it is on the disk. Then how long it takes until all have been read. Goal: 5,000/s with p99 under 250 ms.
 */

const GOAL = { perSecond: 5_000, p99Ms: 250 };
const CONNECTIONS = 100;
const DRAIN_MS_MAX = 600_000;
/** Of a message: sent, delivered, read. */
const STEPS = ["sent", "delivered", "read"];

const { values: options } = parseArgs({
  options: {
    rates: { type: "string", default: "1000,2500,5000" },
    seconds: { type: "string", default: "10" },
    "per-post": { type: "string", default: "1" },
  },
});

await main();

async function main(): Promise<void> {
  const world = await openLifeWorld();
  try {
    sayMachine();
    const hook = await findHook(world);
    const rows = [];
    for (const rate of options.rates.split(",").map(Number))
      rows.push(await run(world, hook, rate));
    sayTable([
      [
        "statuses/s",
        "taken/s",
        "200 p50 ms",
        "p99 ms",
        "unsent posts",
        "all read after s",
        "reached",
      ],
      ...rows,
    ]);
    sayMachine();
  } finally {
    await world.close();
  }
}

interface Hook {
  port: number;
  path: string;
  appSecret: string;
  numberId: string;
  businessId: string;
}

async function findHook({ place }: LifeWorld): Promise<Hook> {
  const state = JSON.parse(readFileSync(join(place.dataDir, "demo-secrets.json"), "utf8")) as {
    numbers: { demo: { appSecret: string; numberId: string; businessId: string } };
  };
  const { appSecret, numberId, businessId } = state.numbers.demo;
  const [rows = []] = await runSql(place, [
    `select app_id from channel_numbers where number_id = '${numberId}'`,
  ]);
  const appId = (rows[0] as { app_id: string }).app_id;
  return { port: place.port, path: `/hooks/meta-cloud/${appId}`, appSecret, numberId, businessId };
}

async function run(world: LifeWorld, hook: Hook, rate: number): Promise<(string | number)[]> {
  const perPost = Number(options["per-post"]);
  const seconds = Number(options.seconds);
  const messages = Math.ceil((rate * seconds) / STEPS.length) + perPost;
  const ids = await storeAwaiting(world, messages);
  const startedAt = performance.now();
  const posted = await offerPosts(hook, makePosts(hook, ids, perPost), {
    perSecond: rate / perPost,
    durationMs: seconds * 1_000,
    connections: CONNECTIONS,
  });
  const tookS = (performance.now() - startedAt) / 1_000;
  for (const [line, times] of posted.others) say(`  ${times} times: ${line}`);
  const readS = await waitUntilRead(world);
  const p99 = quantile(posted.latenciesMs, 0.99);
  const taken = (posted.latenciesMs.length * perPost) / tookS;
  const reached = taken >= GOAL.perSecond * 0.98 && p99 < GOAL.p99Ms;
  return [
    rate,
    taken.toFixed(0),
    quantile(posted.latenciesMs, 0.5).toFixed(0),
    p99.toFixed(0),
    posted.unsent,
    readS.toFixed(1),
    reached ? "yes" : "no",
  ];
}

/** Messages that WhatsApp has taken and not spoken of yet; answers their ids. */
async function storeAwaiting({ place }: LifeWorld, count: number): Promise<string[]> {
  const client = new pg.Client({ connectionString: databaseUrl(place) });
  await client.connect();
  const { rows } = await client.query<{ id: string }>(
    `with made as (
       select p.account_id, p.id as project_id, p.channel_id, n,
         (substr(h, 1, 8) || '-' || substr(h, 9, 4) || '-7' || substr(r, 1, 3) || '-8' || substr(r, 4, 3) || '-' || substr(r, 7, 12))::uuid as id
       from (select n, lpad(to_hex((extract(epoch from now()) * 1000)::bigint), 12, '0') as h,
               replace(gen_random_uuid()::text, '-', '') as r from generate_series(1, $1::int) n) x
       cross join (select p.* from projects p join logins l using (account_id) where l.login = 'demo' limit 1) p
     ), charged as (
       insert into transfers (account_id, cause_id, kind, debit, credit, amount, balance_after, at)
       select account_id, id, 'charge', 'wallet', 'sales', 0, 0, now() from made
     )
     insert into messages (account_id, id, direction, project_id, channel_id, mobile, category, kind, source, status, lane,
       due_at, deadline_at, attempts, provider_message_id, accepted_at, submitted_at)
     select account_id, id, 'out', project_id, channel_id, '5731' || lpad(n::text, 8, '0'), 'utility', 'text', 'ws', 'submitted',
       'awaiting', now() + interval '13 hours', now() + interval '13 hours', 1, 'wamid.' || id, now(), now()
     from made returning id`,
    [count],
  );
  await client.query("analyze messages");
  await client.end();
  return rows.map(({ id }) => id);
}

/** Each message's statuses in their order, many messages at a time, as a busy number's come. */
function* makePosts(hook: Hook, ids: readonly string[], perPost: number): Generator<string> {
  const timestamp = String(Math.floor(Date.now() / 1_000));
  const statuses: unknown[] = [];
  for (const status of STEPS) {
    for (const id of ids) {
      statuses.push({ id: `wamid.${id}`, status, timestamp, biz_opaque_callback_data: id });
      if (statuses.length < perPost) continue;
      const value = {
        messaging_product: "whatsapp",
        metadata: { phone_number_id: hook.numberId },
        statuses: statuses.splice(0),
      };
      const changes = [{ field: "messages", value }];
      yield JSON.stringify({
        object: "whatsapp_business_account",
        entry: [{ id: hook.businessId, changes }],
      });
    }
  }
}

/** Seconds until no post waits to be read. */
async function waitUntilRead({ place }: LifeWorld): Promise<number> {
  const startedAt = performance.now();
  for (;;) {
    const [rows = []] = await runSql(place, [
      "select count(*)::int as n from journal where state = 'new'",
    ]);
    const tookMs = performance.now() - startedAt;
    if ((rows[0] as { n: number }).n === 0) return tookMs / 1_000;
    if (tookMs > DRAIN_MS_MAX) throw new Error(`posts were not read within ${DRAIN_MS_MAX} ms`);
    await delay(200);
  }
}
