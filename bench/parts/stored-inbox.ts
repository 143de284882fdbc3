import pg from "pg";
import { databaseUrl, type Place } from "./programs.ts";

/** How full the demonstration's inbox is made. */
export interface InboxWish {
  conversations: number;
  /** Messages of each, half of them the person's. */
  messagesEach: number;
}

/**
 * Writes people, their open conversations and what was said in them straight into the database, in the shape that the product
 * leaves. A third stands in the queue, the rest is spread over the account's people; a tenth has something unread.
 */
export async function storeInbox(place: Place, wish: InboxWish): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl(place) });
  await client.connect();
  try {
    await client.query("set synchronous_commit = off; set statement_timeout = 0");
    await client.query(MAKE_ID);
    await client.query(PEOPLE, [wish.conversations]);
    for (const statement of [CONTACTS, ADDRESSES]) await client.query(statement);
    await client.query(MESSAGES, [wish.messagesEach]);
    await client.query(CONVERSATIONS);
    for (const table of ["contacts", "contact_addresses", "messages", "conversations"]) {
      await client.query(`vacuum (analyze) ${table}`);
    }
    await client.query("checkpoint");
  } finally {
    await client.end();
  }
}

/** A UUIDv7 of a moment (milliseconds): `pg_temp`, since the product has no function of its own in the database. */
const MAKE_ID = `create or replace function pg_temp.id_at(ms bigint) returns uuid language sql volatile as $$
  select (substr(h, 1, 8) || '-' || substr(h, 9, 4) || '-7' || substr(r, 1, 3) || '-8' || substr(r, 4, 3) || '-' || substr(r, 7, 12))::uuid
  from (select lpad(to_hex(ms), 12, '0') as h, replace(gen_random_uuid()::text, '-', '') as r) x $$`;

/** Each wrote for the last time at another moment of the last ten hours. */
const PEOPLE = `create temp table people as
  select p.account_id, p.id as project_id, p.channel_id, n, pg_temp.id_at(s.ms - 40000000) as contact_id,
    pg_temp.id_at(s.ms) as conversation_id, s.ms, (573200000000 + n)::text as mobile,
    array(select id from users u where u.account_id = p.account_id order by id) as users
  from (select * from projects join logins l using (account_id) where l.login = 'demo' limit 1) p
  cross join (
    select n, (extract(epoch from now()) * 1000)::bigint - 60000 - (n * 36000000::bigint / $1::int) as ms
    from generate_series(1, $1::int) n
  ) s`;

const CONTACTS = `insert into contacts (account_id, id, name, search, created_at, updated_at)
  select account_id, contact_id, 'Persona ' || n, 'persona ' || n, to_timestamp(ms / 1000.0), to_timestamp(ms / 1000.0)
  from people`;

const ADDRESSES = `insert into contact_addresses (account_id, kind, value, contact_id, confirmed, created_at)
  select account_id, 'phone', mobile, contact_id, true, to_timestamp(ms / 1000.0) from people`;

const MESSAGES = `insert into messages (account_id, id, direction, project_id, channel_id, mobile, category, kind,
    body, source, status, accepted_at, sent_at, delivered_at, read_at)
  select account_id, pg_temp.id_at(at_ms), case when back % 2 = 0 then 'in' else 'out' end, project_id, channel_id,
    mobile, 'service', 'text', 'Buenos días, escribo por la cita número ' || n || ', parte ' || back, 
    case when back % 2 = 0 then 'whatsapp' else 'console' end,
    case when back % 2 = 0 then 'received' else 'read' end, at, at, at, at
  from (
    select p.*, back, p.ms - back * 20000 as at_ms, to_timestamp((p.ms - back * 20000) / 1000.0) as at
    from people p cross join generate_series(0, $1::int - 1) back
  ) m`;

const CONVERSATIONS = `insert into conversations (account_id, id, contact_id, channel_id, project_id, state, opened_at,
    last_inbound_at, last_inbound_id, window_expires_at, unread, assignee_id, updated_at, waiting_since)
  select account_id, conversation_id, contact_id, channel_id, project_id, 'open', at, at, conversation_id,
    at + interval '24 hours', case when n % 10 = 0 then 1 else 0 end,
    case when n % 3 = 0 then null else users[1 + n % cardinality(users)] end, at, at
  from (select *, to_timestamp(ms / 1000.0) as at from people) p`;
