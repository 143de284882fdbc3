import type { OptOutRules } from "../domain/limits.ts";
import type { Queryable } from "./connect.ts";
import { formatJson } from "./format-json.ts";

/** Who put a person on the list. */
export type OptOutSource = "listed" | "word" | "whatsapp";

/** A person whom a project sends no marketing. */
export interface OptOutRow {
  accountId: string;
  projectId: string;
  mobile: string;
  source: OptOutSource;
  note: string;
  createdAt: Date;
}

/** A person of a project. */
export interface Person {
  accountId: string;
  projectId: string;
  mobile: string;
}

const COLUMNS = `account_id as "accountId", project_id as "projectId", mobile, source, note,
  created_at as "createdAt"`;

/**
 * Lists people; answers those who were not listed before. A wish that is older than the one to be sent marketing again
 * changes nothing: providers tell the same twice, sometimes long after. Marketing that waits for them is looked for at
 * `dueAt`.
 */
export async function insertOptOuts(
  sql: Queryable,
  rows: readonly OptOutRow[],
  dueAt: Date,
): Promise<Person[]> {
  const wishes = formatJson(
    rows.map((row) => ({
      account_id: row.accountId,
      project_id: row.projectId,
      mobile: row.mobile,
      source: row.source,
      note: row.note,
      created_at: row.createdAt.toISOString(),
    })),
  );
  const { rows: listed } = await sql.query<Person>({
    name: "insert-opt-outs",
    text: `insert into opt_outs as o
             (account_id, project_id, mobile, source, note, created_at, due_at)
           select distinct on (account_id, project_id, mobile)
             account_id, project_id, mobile, source, note, created_at, $2
           from json_to_recordset($1) as r(account_id uuid, project_id uuid, mobile text, source text,
             note text, created_at timestamptz)
           order by account_id, project_id, mobile
           on conflict (account_id, project_id, mobile) do update set source = excluded.source,
             note = excluded.note, created_at = excluded.created_at, ended_at = null,
             due_at = excluded.due_at, looks = 0
           where o.ended_at is not null and o.ended_at <= excluded.created_at
           returning account_id as "accountId", project_id as "projectId", mobile`,
    values: [wishes, dueAt],
  });
  if (listed.length < rows.length) await strengthen(sql, wishes);
  return listed;
}

/**
 * Whoever was listed by a switch in WhatsApp's settings, and says it to the project itself since, is listed by that: the switch
 * takes them off no more. Whoever says so themselves once more is listed since then: a wish between the two that comes late is old.
 */
async function strengthen(sql: Queryable, wishes: string): Promise<void> {
  await sql.query({
    name: "strengthen-opt-outs",
    text: `update opt_outs o set
             source = case when o.source = 'whatsapp' then r.source else o.source end,
             note = case when o.source = 'whatsapp' then r.note else o.note end,
             created_at = case when r.source = 'listed' then o.created_at else r.created_at end
           from json_to_recordset($1) as r(account_id uuid, project_id uuid, mobile text, source text,
             note text, created_at timestamptz)
           where o.account_id = r.account_id and o.project_id = r.project_id and o.mobile = r.mobile
             and o.ended_at is null and (r.source <> 'listed' or o.source = 'whatsapp')
             and r.created_at >= o.created_at`,
    values: [wishes],
  });
}

/**
 * Takes a person off the list, if the wish to be on it is not newer; null sources: whoever put it there. Answers whether
 * it was on it.
 */
export async function endOptOut(
  sql: Queryable,
  person: Person,
  wish: { at: Date; sources: readonly OptOutSource[] | null },
): Promise<boolean> {
  const { rowCount } = await sql.query(
    `update opt_outs set ended_at = $4, due_at = null
     where account_id = $1 and project_id = $2 and mobile = $3 and ended_at is null
       and created_at <= $4 and ($5::text[] is null or source = any($5))`,
    [person.accountId, person.projectId, person.mobile, wish.at, wish.sources],
  );
  return rowCount === 1;
}

/** Notes that a person who is on no list wishes to be sent marketing, so that an older wish which comes late is known as old. */
export async function noteOptIn(sql: Queryable, person: Person, at: Date): Promise<void> {
  await sql.query(
    `insert into opt_outs as o (account_id, project_id, mobile, source, created_at, ended_at)
     values ($1, $2, $3, 'word', $4, $4)
     on conflict (account_id, project_id, mobile) do update set ended_at = excluded.ended_at
     where o.ended_at < excluded.ended_at`,
    [person.accountId, person.projectId, person.mobile, at],
  );
}

/** Whether the person is on the list, and how it came there. */
export async function findOptOut(sql: Queryable, person: Person): Promise<OptOutRow | null> {
  const { rows } = await sql.query<OptOutRow>(
    `select ${COLUMNS} from opt_outs
     where account_id = $1 and project_id = $2 and mobile = $3 and ended_at is null`,
    [person.accountId, person.projectId, person.mobile],
  );
  return rows[0] ?? null;
}

/** A project's list in the order of numbers: those after a number, at most `limit`. */
export async function listOptOuts(
  sql: Queryable,
  of: { accountId: string; projectId: string },
  slice: { after: string | null; limit: number },
): Promise<OptOutRow[]> {
  const { rows } = await sql.query<OptOutRow>(
    `select ${COLUMNS} from opt_outs
     where account_id = $1 and project_id = $2 and mobile > coalesce($3, '') and ended_at is null
     order by mobile limit $4`,
    [of.accountId, of.projectId, slice.after, slice.limit],
  );
  return rows;
}

/** The account of whoever has waited longest for their waiting marketing to be looked for, but for those given; null: none. */
export async function findDueOptOutAccount(
  sql: Queryable,
  now: Date,
  passed: readonly string[],
): Promise<string | null> {
  const { rows } = await sql.query<{ account_id: string }>({
    name: "find-due-opt-out-account",
    text: `select account_id from opt_outs where due_at <= $1 and account_id <> all ($2::uuid[])
           order by due_at limit 1`,
    values: [now, passed],
  });
  return rows[0]?.account_id ?? null;
}

/** An account's people whose waiting marketing is to be looked for, locked for whoever does; others pass them by. */
export async function lockDueOptOuts(
  sql: Queryable,
  accountId: string,
  due: { now: Date; countMax: number },
): Promise<Person[]> {
  const { rows } = await sql.query<Person>({
    name: "lock-due-opt-outs",
    text: `select account_id as "accountId", project_id as "projectId", mobile from opt_outs
           where account_id = $1 and due_at <= $2 order by due_at limit $3 for update skip locked`,
    values: [accountId, due.now, due.countMax],
  });
  return rows;
}

/**
 * Notes that somebody has looked. The first look is followed by another at `again`: by then all that was being accepted
 * while the person opted out has been.
 */
export async function markLooked(
  sql: Queryable,
  accountId: string,
  { people, again }: { people: readonly Person[]; again: Date },
): Promise<void> {
  await sql.query({
    name: "mark-opt-outs-looked",
    text: `update opt_outs o set looks = o.looks + 1, due_at = case when o.looks = 0 then $4::timestamptz end
           from unnest($2::uuid[], $3::text[]) as p(project_id, mobile)
           where o.account_id = $1 and o.project_id = p.project_id and o.mobile = p.mobile`,
    values: [
      accountId,
      people.map((person) => person.projectId),
      people.map((person) => person.mobile),
      again,
    ],
  });
}

/** Messages of {@link lockWaitingMarketing} at most. */
export const WAITING_MAX = 10_000;

/**
 * Marketing for these people that still waits, locked, so that nobody begins to send it. What somebody works on at this
 * moment is passed by.
 */
export async function lockWaitingMarketing(
  sql: Queryable,
  accountId: string,
  wanted: { people: readonly Person[]; sinceId: string },
): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>({
    name: "lock-waiting-marketing",
    text: `select m.id
           from unnest($2::uuid[], $3::text[]) as p(project_id, mobile)
           join messages m on m.account_id = $1 and m.mobile = p.mobile
             and (m.mobile, m.id) >= (p.mobile, $4::uuid)
             and m.project_id = p.project_id
           where m.category = 'marketing' and m.direction = 'out'
             and m.lane in ('held', 'queued', 'unprepared')
           order by m.id limit ${WAITING_MAX} for update of m skip locked`,
    values: [
      accountId,
      wanted.people.map((person) => person.projectId),
      wanted.people.map((person) => person.mobile),
      wanted.sinceId,
    ],
  });
  return rows.map((row) => row.id);
}

/** The words and answers of a project; null: the usual ones. */
export async function findRules(
  sql: Queryable,
  of: { accountId: string; projectId: string },
): Promise<OptOutRules | null> {
  const { rows } = await sql.query<OptOutRules>(
    `select out_words as "outWords", in_words as "inWords", out_reply as "outReply",
       in_reply as "inReply"
     from opt_out_rules where account_id = $1 and project_id = $2`,
    [of.accountId, of.projectId],
  );
  return rows[0] ?? null;
}

/** Sets the words and answers of a project. The account's version must be touched by the caller. */
export async function upsertRules(
  sql: Queryable,
  of: { accountId: string; projectId: string },
  rules: OptOutRules & { at: Date },
): Promise<void> {
  await sql.query(
    `insert into opt_out_rules (account_id, project_id, out_words, in_words, out_reply, in_reply, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (account_id, project_id) do update set out_words = excluded.out_words,
       in_words = excluded.in_words, out_reply = excluded.out_reply, in_reply = excluded.in_reply,
       updated_at = excluded.updated_at`,
    [
      of.accountId,
      of.projectId,
      rules.outWords,
      rules.inWords,
      rules.outReply,
      rules.inReply,
      rules.at,
    ],
  );
}

/** An answer to whoever opted out or in, still to be sent. */
export interface NewOptOutReply extends Person {
  /** The id of the message that it answers. */
  id: string;
  body: string;
}

/** An answer that is due. */
export interface OptOutReply extends NewOptOutReply {
  /** The number that the person wrote to; null: nobody knows. */
  channelId: string | null;
}

/** Stores answers, due at once; a message has one at most. */
export async function insertReplies(
  sql: Queryable,
  replies: readonly NewOptOutReply[],
  at: Date,
): Promise<void> {
  for (const reply of replies) {
    await sql.query(
      `insert into opt_out_replies (account_id, id, project_id, mobile, body, due_at)
       values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
      [reply.accountId, reply.id, reply.projectId, reply.mobile, reply.body, at],
    );
  }
}

/** Answers that are due; each is put off until `leaseUntil`, so that another process leaves it alone meanwhile. */
export async function takeReplies(
  sql: Queryable,
  at: { now: Date; leaseUntil: Date },
  countMax: number,
): Promise<OptOutReply[]> {
  const { rows } = await sql.query<OptOutReply>(
    `update opt_out_replies set due_at = $2 where (account_id, id) in (
       select account_id, id from opt_out_replies where due_at <= $1
       order by due_at limit $3 for update skip locked
     ) returning account_id as "accountId", id, project_id as "projectId", mobile, body,
       (select m.channel_id from messages m
        where m.account_id = opt_out_replies.account_id and m.id = opt_out_replies.id) as "channelId"`,
    [at.now, at.leaseUntil, countMax],
  );
  return rows;
}

/** Forgets an answer that was sent, or never will be. */
export async function deleteReply(
  sql: Queryable,
  reply: Pick<OptOutReply, "accountId" | "id">,
): Promise<void> {
  await sql.query("delete from opt_out_replies where account_id = $1 and id = $2", [
    reply.accountId,
    reply.id,
  ]);
}

/** The project of a message, or null when there is none. */
export async function findProjectOfMessage(
  sql: Queryable,
  message: { accountId: string; id: string },
): Promise<string | null> {
  const { rows } = await sql.query<{ id: string }>(
    "select project_id as id from messages where account_id = $1 and id = $2",
    [message.accountId, message.id],
  );
  return rows[0]?.id ?? null;
}

/** The projects that a number serves, as their first or their second. */
export async function findProjectsOfChannel(
  sql: Queryable,
  accountId: string,
  channelId: string,
): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>(
    `select id from projects
     where account_id = $1 and (channel_id = $2 or fallback_channel_id = $2) order by id`,
    [accountId, channelId],
  );
  return rows.map((row) => row.id);
}
