import type { Queryable } from "./connect.ts";
import { formatJson } from "./format-json.ts";
import { ledgerMoment } from "./ledger-clock.ts";
import { uuidFloor } from "./partitions.ts";

/** A wallet held until the transaction ends, with the version of everything else of its account. */
export interface LockedWallet {
  accountId: string;
  version: bigint;
  balance: bigint;
}

/**
 * Locks the wallets of these accounts in one order for all, so that acceptances of an account follow
 * one another: what is read after it (balance, repeats, caps) cannot change before the commit.
 */
export async function lockWallets(
  sql: Queryable,
  accountIds: readonly string[],
): Promise<Map<string, LockedWallet>> {
  const { rows } = await sql.query<{ account_id: string; version: bigint; balance: bigint }>({
    name: "lock-wallets",
    text: `select w.account_id, w.balance, a.version
           from wallets w join accounts a on a.account_id = w.account_id
           where w.account_id = any($1::uuid[])
           order by w.account_id
           for update of w`,
    values: [accountIds],
  });
  return new Map(
    rows.map((row) => [
      row.account_id,
      { accountId: row.account_id, version: row.version, balance: row.balance },
    ]),
  );
}

/** What has been said lately to one mobile. */
export interface RecentQuestion {
  accountId: string;
  projectId: string;
  mobile: string;
  /** Hex. */
  digest: string;
  /** Start of the window in which a repeat is refused. */
  repeatSinceMs: number;
  /** Start of the marketing window; null when the cap does not concern this send. */
  marketingSinceMs: number | null;
}

/** The answer to a {@link RecentQuestion}. */
export interface RecentAnswer {
  repeated: boolean;
  marketingCount: number;
  /** Whether the person is on the project's opt-out list; asked for marketing only. */
  optedOut: boolean;
}

/**
 * For each question, in order: was the same said since `repeatSinceMs`, and how many marketing
 * messages that did not fail went there since `marketingSinceMs`. The bound is on mobile and id together:
 * only `messages_mobile` can serve it, while a bound on the id alone invites plans by the primary key, that
 * read all that the account sent lately. True only while the account's wallet is locked.
 */
export async function findRecent(
  sql: Queryable,
  questions: readonly RecentQuestion[],
): Promise<RecentAnswer[]> {
  const { rows } = await sql.query<{
    repeated: boolean;
    marketing_count: number;
    opted_out: boolean;
  }>({
    name: "find-recent",
    text: `select
             exists (
               select from messages m
               where m.account_id = q.account_id and m.mobile = q.mobile
                 and (m.mobile, m.id) >= (q.mobile, q.repeat_floor)
                 and m.project_id = q.project_id and m.digest = decode(q.digest, 'hex')
                 and m.accepted_at > q.repeat_since
             ) as repeated,
             case when q.marketing_since is null then 0 else (
               select count(*)::int from messages m
               where m.account_id = q.account_id and m.mobile = q.mobile
                 and (m.mobile, m.id) >= (q.mobile, q.marketing_floor)
                 and m.project_id = q.project_id and m.category = 'marketing'
                 and m.direction = 'out' and m.status not in ('failed', 'cancelled')
                 and m.accepted_at > q.marketing_since
             ) end as marketing_count,
             q.marketing_since is not null and exists (
               select from opt_outs o
               where o.account_id = q.account_id and o.project_id = q.project_id and o.mobile = q.mobile
                 and o.ended_at is null
             ) as opted_out
           from json_to_recordset($1) as q(
             n int, account_id uuid, project_id uuid, mobile text, digest text,
             repeat_floor uuid, repeat_since timestamptz,
             marketing_floor uuid, marketing_since timestamptz)
           order by q.n`,
    values: [formatJson(questions.map(formatQuestion))],
  });
  return rows.map((row) => ({
    repeated: row.repeated,
    marketingCount: row.marketing_count,
    optedOut: row.opted_out,
  }));
}

/** A message at its acceptance, with its charge. Amounts in 1/10,000 units. */
export interface AcceptedRow {
  account_id: string;
  id: string;
  project_id: string;
  channel_id: string;
  mobile: string;
  category: string;
  kind: string;
  template_id: string | null;
  variables: string[];
  body: string;
  media: unknown;
  /** Buttons, a place, a card …; absent: none. */
  content?: unknown;
  /** Our id of the message that it refers to; absent: none. */
  reply_to?: string | null;
  custom_field: string;
  digest: string;
  source: string;
  price: string;
  class: number;
  /** Absent: it is of none. */
  campaign_id?: string;
  /** Null: it leaves at once. */
  scheduled_at: string | null;
  deadline_at: string;
  accepted_at: string;
  balance_after: string;
  event_id: string;
  /** Position among the account's messages of this transaction, from 1. */
  position: number;
}

/**
 * Stores messages, their charges and first events, and moves balances: all in one statement, so one
 * round trip holds the wallets' locks. `accounts` says by how much each balance falls.
 */
export async function insertAccepted(
  sql: Queryable,
  rows: readonly AcceptedRow[],
  accounts: readonly { account_id: string; spent: string; messages: number }[],
): Promise<void> {
  await sql.query({
    name: "insert-accepted",
    text: `with spending as (
             select * from json_to_recordset($2) as s(account_id uuid, spent bigint, messages int)
           ), clocks as (
             select w.account_id, ${ledgerMoment("$3::timestamptz")} as began
             from wallets w join spending s on s.account_id = w.account_id
           ), counted as (
             update counters c set event_seq = c.event_seq + s.messages
             from spending s where c.account_id = s.account_id
             returning c.account_id, c.event_seq
           ), accepted as (
             select r.*, c.event_seq - a.messages + r.position as seq
             from json_to_recordset($1) as r(
               account_id uuid, id uuid, project_id uuid, channel_id uuid, mobile text, category text,
               kind text, template_id uuid, variables jsonb, body text, media jsonb, content jsonb, reply_to uuid,
               custom_field text,
               digest text, source text, price bigint, class smallint, scheduled_at timestamptz,
               deadline_at timestamptz, accepted_at timestamptz, balance_after bigint, event_id uuid, position int,
               campaign_id uuid)
             join counted c on c.account_id = r.account_id
             join spending a on a.account_id = r.account_id
           ), stored as (
             insert into messages (account_id, id, direction, project_id, channel_id, mobile, category,
               kind, template_id, variables, body, media, content, reply_to, custom_field, digest, source, price,
               status, lane, class, due_at, scheduled_at, deadline_at, accepted_at, campaign_id)
             select account_id, id, 'out', project_id, channel_id, mobile, category, kind, template_id,
               array(select jsonb_array_elements_text(variables)), body, media, content, reply_to, custom_field,
               decode(digest, 'hex'), source, price, 'accepted',
               case when media is null then 'queued' else 'unprepared' end, class,
               coalesce(scheduled_at, accepted_at), scheduled_at, deadline_at, accepted_at, campaign_id
             from accepted
           ), charged as (
             insert into transfers (account_id, cause_id, kind, debit, credit, amount, balance_after, at)
             select a.account_id, id, 'charge', 'wallet', 'sales', price, balance_after,
               c.began + a.position * interval '1 microsecond'
             from accepted a join clocks c on c.account_id = a.account_id
           ), told as (
             insert into events (account_id, id, seq, kind, message_id, project_id, at)
             select account_id, event_id, seq, 'accepted', id, project_id, accepted_at from accepted
           )
           update wallets w set balance = w.balance - s.spent,
             updated_at = c.began + s.messages * interval '1 microsecond'
           from spending s join clocks c on c.account_id = s.account_id where w.account_id = s.account_id`,
    values: [formatJson(rows), formatJson(accounts), rows[0]?.accepted_at],
  });
}

function formatQuestion(question: RecentQuestion, n: number) {
  const marketingSinceMs = question.marketingSinceMs;
  return {
    n,
    account_id: question.accountId,
    project_id: question.projectId,
    mobile: question.mobile,
    digest: question.digest,
    repeat_floor: uuidFloor(question.repeatSinceMs),
    repeat_since: new Date(question.repeatSinceMs).toISOString(),
    marketing_floor: marketingSinceMs === null ? null : uuidFloor(marketingSinceMs),
    marketing_since: marketingSinceMs === null ? null : new Date(marketingSinceMs).toISOString(),
  };
}
