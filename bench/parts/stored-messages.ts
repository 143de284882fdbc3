import pg from "pg";
import { databaseUrl, type Place } from "./programs.ts";

/** Messages that have been there for long, as a busy account has them. */
export interface StoredWish {
  /** How many in all. */
  count: number;
  /** Over how many months, the present one included, they are spread evenly. */
  months: number;
  /** How many of the newest months still have their events, calls and webhooks; older ones have messages and money alone. */
  fullMonths: number;
}

/** People that they went to; the sends of a benchmark go to the first of these, who have had messages before. */
const PEOPLE = 1_000_000;
/** Of one transaction. */
const CHUNK = 50_000;
/** 1/10,000 of a peso each: however many, the demonstration can pay them. */
const PRICE = 1;

/** Tables that each message has rows in, by the column that says its month. */
const MONTHLY = ["messages", "transfers", "events", "attempts", "deliveries", "delivery_attempts"];

/**
 * Writes ended messages of the demonstration's account straight into the database, in the shape that the product leaves: message
 * and charge, and for the newest months five events, one call, three webhooks with their calls. Months of the past get their
 * partitions as they would have had at the time. `say` is told how far it has come.
 */
export async function storeMessages(
  place: Place,
  wish: StoredWish,
  say: (line: string) => void,
): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl(place) });
  await client.connect();
  try {
    await client.query("set synchronous_commit = off; set statement_timeout = 0");
    await client.query(MAKE_ID);
    const perMonth = Math.ceil(wish.count / wish.months);
    let done = 0;
    for (let back = wish.months - 1; back >= 0; back -= 1) {
      const span = await prepareMonth(client, back);
      const isFull = back < wish.fullMonths;
      for (let left = Math.min(perMonth, wish.count - done); left > 0; left -= CHUNK) {
        const count = Math.min(left, CHUNK);
        await storeChunk(client, { ...span, first: done, count, isFull });
        done += count;
      }
      say(`  ${done} messages stored`);
    }
    // As autovacuum would have done long ago.
    for (const table of MONTHLY) await client.query(`vacuum (analyze) ${table}`);
    await client.query("checkpoint");
  } finally {
    await client.end();
  }
}

/** A UUIDv7 of a moment (milliseconds): `pg_temp`, since the product has no function of its own in the database. */
const MAKE_ID = `create or replace function pg_temp.id_at(ms bigint) returns uuid language sql volatile as $$
  select (substr(h, 1, 8) || '-' || substr(h, 9, 4) || '-7' || substr(r, 1, 3) || '-8' || substr(r, 4, 3) || '-' || substr(r, 7, 12))::uuid
  from (select lpad(to_hex(ms), 12, '0') as h, replace(gen_random_uuid()::text, '-', '') as r) x $$`;

interface Span {
  fromMs: number;
  untilMs: number;
}

/** The month so many back, until now; with partitions if it is of the past. */
async function prepareMonth(client: pg.Client, back: number): Promise<Span> {
  const now = new Date();
  const startOf = (ahead: number) => Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + ahead);
  const [fromMs, endMs] = [startOf(-back), startOf(1 - back)];
  const floor = (ms: number) => {
    const hex = ms.toString(16).padStart(12, "0");
    return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
  };
  const month = new Date(fromMs);
  const name = `y${month.getUTCFullYear()}m${String(month.getUTCMonth() + 1).padStart(2, "0")}`;
  for (const table of back > 0 ? MONTHLY : []) {
    await client.query(
      `create table if not exists ${table}_${name} partition of ${table} for values from ('${floor(fromMs)}') to ('${floor(endMs)}')`,
    );
  }
  return { fromMs, untilMs: Math.min(endMs, now.getTime() - 120_000) };
}

async function storeChunk(
  client: pg.Client,
  chunk: Span & { first: number; count: number; isFull: boolean },
): Promise<void> {
  await client.query("begin");
  await client.query("drop table if exists stored");
  await client.query(
    `create temp table stored as
     select p.account_id, p.id as project_id, p.channel_id, t.id as template_id, e.id as endpoint_id,
       pg_temp.id_at(s.ms) as id, s.ms, s.n, to_timestamp(s.ms / 1000.0) as at
     from (select $1::bigint + n as n,
             $3::bigint + (($4::bigint - $3::bigint) * (n::float8 / $2::int))::bigint as ms
           from generate_series(0, $2::int - 1) n) s
     cross join (
       select p.* from projects p join logins l using (account_id) where l.login = 'demo' limit 1
     ) p
     join lateral (select id from templates t where t.account_id = p.account_id and t.status = 'approved' limit 1) t on true
     join lateral (select id from endpoints e where e.account_id = p.account_id limit 1) e on true`,
    [chunk.first, chunk.count, chunk.fromMs, chunk.untilMs],
  );
  for (const statement of chunk.isFull ? [...LASTING, ...PASSING] : LASTING) {
    await client.query(statement);
  }
  await client.query("commit");
}

/** What stays for good. */
const LASTING = [
  `insert into messages (account_id, id, direction, project_id, channel_id, mobile, category, kind, template_id, variables,
     custom_field, digest, source, price, status, lane, class, deadline_at, attempts, provider_message_id,
     accepted_at, submitted_at, sent_at, delivered_at, read_at)
   select account_id, id, 'out', project_id, channel_id, '5731' || lpad((n % ${PEOPLE} + 1)::text, 8, '0'), 'utility', 'template',
     template_id, array['Carlos', '$125.000'], 'pedido-' || n, sha256(id::text::bytea), 'ws', ${PRICE}, 'read', null, 1,
     at + interval '13 hours', 1, 'wamid.stored.' || id, at, at, at, at, at
   from stored`,
  `insert into transfers (account_id, cause_id, kind, debit, credit, amount, balance_after, at)
   select account_id, id, 'charge', 'wallet', 'sales', ${PRICE}, 0, at from stored`,
  `update wallets w set balance = balance - ${PRICE} * (select count(*) from stored)
   where account_id = (select account_id from stored limit 1)`,
];

/** What retention takes away. */
const PASSING = [
  `with counted as (
     update counters set event_seq = event_seq + 5 * (select count(*) from stored)
     where account_id = (select account_id from stored limit 1)
     returning event_seq - 5 * (select count(*) from stored) as before
   )
   insert into events (account_id, id, seq, kind, message_id, project_id, at)
   select account_id, pg_temp.id_at(ms), before + 5 * (row_number() over (order by n) - 1) + k.place,
     k.kind, s.id, project_id, at
   from counted, stored s
   cross join (values (1, 'accepted'), (2, 'submitted'), (3, 'sent'), (4, 'delivered'), (5, 'read')) k(place, kind)`,
  `insert into attempts (account_id, id, message_id, number, owner, started_at, finished_at, outcome)
   select account_id, pg_temp.id_at(ms), id, 1, account_id, at, at, 'accepted' from stored`,
  `insert into deliveries (account_id, id, endpoint_id, seq, kind, order_key, message_id, body, state, attempts,
     created_at, finished_at)
   select account_id, pg_temp.id_at(ms), endpoint_id, n, kind, id::text, id, '{"type":"message-event"}', 'delivered', 1, at, at
   from stored cross join unnest(array['sent', 'delivered', 'read']) kind`,
  `insert into delivery_attempts (account_id, id, delivery_id, number, started_at, finished_at, http_status)
   select d.account_id, pg_temp.id_at(s.ms), d.id, 1, s.at, s.at, 200
   from stored s join deliveries d on d.account_id = s.account_id and d.message_id = s.id`,
];
