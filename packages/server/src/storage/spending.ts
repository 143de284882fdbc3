import type { Queryable } from "./connect.ts";
import { formatJson } from "./format-json.ts";

/** A cap with what of it is used on the day of the question. Amounts in 1/10,000 units. */
export interface CapUsage {
  accountId: string;
  /** The account's id or the project's. */
  scopeId: string;
  scope: "account" | "project";
  /** The cap's own day, `YYYY-MM-DD`. */
  day: string;
  timeZone: string;
  /** What counts: the smaller of the operator's and the account's own. */
  messagesMax: bigint | null;
  amountMax: bigint | null;
  operatorMessagesMax: bigint | null;
  operatorAmountMax: bigint | null;
  ownMessagesMax: bigint | null;
  ownAmountMax: bigint | null;
  messages: bigint;
  amount: bigint;
  /** When the next day begins. */
  freesAt: Date;
}

/**
 * The caps of these accounts and their projects, with what was accepted on their day at `at`. True until the commit
 * only while the accounts' wallets are locked: whoever counts holds them.
 */
export async function findCaps(
  sql: Queryable,
  accountIds: readonly string[],
  at: Date,
): Promise<CapUsage[]> {
  const { rows } = await sql.query<CapUsage>({
    name: "find-caps",
    text: `select c.account_id as "accountId", c.scope_id as "scopeId", c.scope, d.day::text as day,
             c.time_zone as "timeZone", c.messages_max as "messagesMax", c.amount_max as "amountMax",
             c.operator_messages_max as "operatorMessagesMax", c.operator_amount_max as "operatorAmountMax",
             c.own_messages_max as "ownMessagesMax", c.own_amount_max as "ownAmountMax",
             coalesce(s.messages, 0)::bigint as messages, coalesce(s.amount, 0)::bigint as amount,
             ((d.day + 1)::timestamp at time zone c.time_zone) as "freesAt"
           from spend_caps c
           cross join lateral (select ($2 at time zone c.time_zone)::date as day) d
           left join spend_counters s
             on s.account_id = c.account_id and s.scope_id = c.scope_id and s.day = d.day
           where c.account_id = any($1::uuid[])`,
    values: [accountIds, at],
  });
  return rows;
}

/** What a group of sends adds to a counter. */
export interface CountedSpending {
  accountId: string;
  scopeId: string;
  day: string;
  messages: number;
  amount: bigint;
}

/** Counts accepted messages, in the transaction that accepts them. */
export async function addSpending(sql: Queryable, rows: readonly CountedSpending[]): Promise<void> {
  if (rows.length === 0) return;
  await sql.query({
    name: "add-spending",
    text: `insert into spend_counters as c (account_id, scope_id, day, messages, amount)
           select account_id, scope_id, day, messages, amount
           from json_to_recordset($1) as r(account_id uuid, scope_id uuid, day date, messages bigint, amount bigint)
           on conflict (account_id, scope_id, day) do update set
             messages = c.messages + excluded.messages, amount = c.amount + excluded.amount`,
    values: [
      formatJson(
        rows.map((row) => ({
          account_id: row.accountId,
          scope_id: row.scopeId,
          day: row.day,
          messages: row.messages,
          amount: String(row.amount),
        })),
      ),
    ],
  });
}

/** A message whose price was given back (-1), or taken again (1). */
export interface GivenBack {
  messageId: string;
  sign: 1 | -1;
}

/**
 * Takes refunded messages off the counters of the day on which they were accepted, or puts them back. The wallet must
 * be locked. A day of which nothing is counted stays so.
 */
export async function correctSpending(
  sql: Queryable,
  accountId: string,
  messages: readonly GivenBack[],
): Promise<void> {
  await sql.query({
    name: "correct-spending",
    text: `update spend_counters s
           set messages = s.messages + g.messages, amount = s.amount + g.amount
           from (
             select c.scope_id, (m.accepted_at at time zone c.time_zone)::date as day,
               sum(r.sign)::bigint as messages, sum(r.sign * m.price)::bigint as amount
             from unnest($2::uuid[], $3::int[]) as r(id, sign)
             join messages m on m.account_id = $1 and m.id = r.id
             join spend_caps c on c.account_id = $1 and c.scope_id in (m.account_id, m.project_id)
             group by c.scope_id, day
           ) g
           where s.account_id = $1 and s.scope_id = g.scope_id and s.day = g.day`,
    values: [accountId, messages.map((one) => one.messageId), messages.map((one) => one.sign)],
  });
}

/** A cap as it is set, by the account itself or by who is above it. */
export interface NewCap {
  by: "operator" | "own";
  accountId: string;
  scopeId: string;
  scope: "account" | "project";
  timeZone: string;
  messagesMax: bigint | null;
  amountMax: bigint | null;
  at: Date;
}

/**
 * Sets a cap, in place of an earlier one of the same side; the other side's stays, and the smaller of the two counts. The day is the
 * operator's where the operator has a cap. True while there is any limit.
 */
export async function upsertCap(sql: Queryable, cap: NewCap): Promise<boolean> {
  const own = cap.by === "own";
  const { rows } = await sql.query<{ capped: boolean }>(
    `insert into spend_caps as c (account_id, scope_id, scope, time_zone, updated_at, messages_max, amount_max,
       operator_messages_max, operator_amount_max, own_messages_max, own_amount_max)
     values ($1, $2, $3, $4, $7, $5, $6, case when not $8 then $5::bigint end, case when not $8 then $6::bigint end,
       case when $8 then $5::bigint end, case when $8 then $6::bigint end)
     on conflict (account_id, scope_id) do update set
       time_zone = case when $8 and coalesce(c.operator_messages_max, c.operator_amount_max) is not null
         then c.time_zone else excluded.time_zone end,
       updated_at = excluded.updated_at,
       operator_messages_max = case when $8 then c.operator_messages_max else $5 end,
       operator_amount_max = case when $8 then c.operator_amount_max else $6 end,
       own_messages_max = case when $8 then $5 else c.own_messages_max end,
       own_amount_max = case when $8 then $6 else c.own_amount_max end,
       messages_max = least($5, case when $8 then c.operator_messages_max else c.own_messages_max end),
       amount_max = least($6, case when $8 then c.operator_amount_max else c.own_amount_max end)
     returning coalesce(messages_max, amount_max) is not null as capped`,
    [
      ...[cap.accountId, cap.scopeId, cap.scope, cap.timeZone, cap.messagesMax, cap.amountMax],
      ...[cap.at, own],
    ],
  );
  return rows[0]?.capped === true;
}

/** A scope's cap, or null. */
export async function findCap(
  sql: Queryable,
  key: { accountId: string; scopeId: string },
): Promise<Pick<NewCap, "timeZone"> | null> {
  const { rows } = await sql.query<Pick<NewCap, "timeZone">>(
    `select time_zone as "timeZone" from spend_caps where account_id = $1 and scope_id = $2`,
    [key.accountId, key.scopeId],
  );
  return rows[0] ?? null;
}

/** Takes a cap away, with its counters. */
export async function deleteCap(sql: Queryable, accountId: string, scopeId: string): Promise<void> {
  await sql.query("delete from spend_caps where account_id = $1 and scope_id = $2", [
    accountId,
    scopeId,
  ]);
  await sql.query("delete from spend_counters where account_id = $1 and scope_id = $2", [
    accountId,
    scopeId,
  ]);
}

/**
 * Counts a scope's day at `at` anew from the messages themselves; what was accepted before the cap was set counts too.
 * The wallet must be locked.
 */
export async function recountSpending(
  sql: Queryable,
  cap: Pick<NewCap, "accountId" | "scopeId" | "scope" | "timeZone">,
  at: Date,
): Promise<void> {
  await sql.query(
    `insert into spend_counters (account_id, scope_id, day, messages, amount)
     select $1, $2, d.day, count(m.id), coalesce(sum(m.price), 0)
     from (select ($5::timestamptz at time zone $4)::date as day) d
     left join transfers t on t.account_id = $1 and t.kind = 'charge'
       and t.at >= (d.day::timestamp at time zone $4)
       and t.at < ((d.day + 1)::timestamp at time zone $4)
       and t.at > timestamptz '1970-01-01 00:00:00+00'
     left join messages m on m.account_id = $1 and m.id = t.cause_id and not m.refunded
       and ($3 = 'account' or m.project_id = $2)
     group by d.day
     on conflict (account_id, scope_id, day) do update set
       messages = excluded.messages, amount = excluded.amount`,
    [cap.accountId, cap.scopeId, cap.scope, cap.timeZone, at],
  );
}

/** Forgets the counters of days before `before`; answers how many. */
export async function deleteOldSpending(sql: Queryable, before: Date): Promise<number> {
  const { rowCount } = await sql.query("delete from spend_counters where day < $1::date", [before]);
  return rowCount ?? 0;
}
