import type { Interactive } from "@recado/contract/v1/session-content";
import type { Queryable } from "./connect.ts";
import { formatJson } from "./format-json.ts";

/** Something that the platform says by itself. */
export interface AutoMessage {
  accountId: string;
  /** Its idempotency key as well; of a question how it was, the question's id. */
  id: string;
  kind: "away" | "rating" | "thanks";
  conversationId: string;
  projectId: string;
  mobile: string;
  body: string;
  /** Instead of the bare text; null: there is none. */
  interactive: Interactive | null;
  expiresAt: Date;
}

/** What must still be so when it is said. */
export interface AutoStanding {
  state: string;
  windowExpiresAt: Date;
  /** The conversation is on the number that the project writes by. */
  sameChannel: boolean;
  optedOut: boolean;
}

/** Writes down what is to be said. */
export async function insertAutoMessages(
  sql: Queryable,
  messages: readonly AutoMessage[],
  now: Date,
): Promise<void> {
  for (const one of messages) {
    await sql.query({
      name: "insert-auto-message",
      text: `insert into auto_messages (account_id, id, kind, conversation_id, project_id, mobile, body, interactive,
               due_at, expires_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing`,
      values: [
        ...[
          one.accountId,
          one.id,
          one.kind,
          one.conversationId,
          one.projectId,
          one.mobile,
          one.body,
        ],
        ...[one.interactive && formatJson(one.interactive), now, one.expiresAt],
      ],
    });
  }
}

/** Takes what is due for a while; what another process holds is left to it. */
export async function takeAutoMessages(
  sql: Queryable,
  at: { now: Date; leaseUntil: Date },
  countMax: number,
): Promise<AutoMessage[]> {
  const { rows } = await sql.query<AutoMessage>({
    name: "take-auto-messages",
    text: `update auto_messages a set due_at = $2
           from (
             select account_id, id from auto_messages where due_at <= $1 order by due_at limit $3
             for update skip locked
           ) d
           where a.account_id = d.account_id and a.id = d.id
           returning a.account_id as "accountId", a.id, a.kind, a.conversation_id as "conversationId",
             a.project_id as "projectId", a.mobile, a.body, a.interactive, a.expires_at as "expiresAt"`,
    values: [at.now, at.leaseUntil, countMax],
  });
  return rows;
}

/** It was said, or never will be. */
export async function deleteAutoMessage(
  sql: Queryable,
  key: { accountId: string; id: string },
): Promise<void> {
  await sql.query("delete from auto_messages where account_id = $1 and id = $2", [
    key.accountId,
    key.id,
  ]);
}

/** How the conversation of something to be said stands. */
export async function findStanding(
  sql: Queryable,
  message: AutoMessage,
): Promise<AutoStanding | null> {
  const { rows } = await sql.query<AutoStanding>({
    name: "find-auto-standing",
    text: `select v.state, v.window_expires_at as "windowExpiresAt",
             coalesce(p.channel_id = v.channel_id, false) as "sameChannel", exists (
               select from opt_outs o where o.account_id = $1 and o.project_id = $3 and o.mobile = $4
                 and o.ended_at is null
             ) as "optedOut"
           from conversations v
           join projects p on p.account_id = v.account_id and p.id = $3
           join contacts c on c.account_id = v.account_id and c.id = v.contact_id and c.erased_at is null
           where v.account_id = $1 and v.id = $2`,
    values: [message.accountId, message.conversationId, message.projectId, message.mobile],
  });
  return rows[0] ?? null;
}

/** Notes that a conversation is told that nobody is there in a closed period; false: it was told already. */
export async function insertAway(
  sql: Queryable,
  conversation: { accountId: string; id: string },
  closedAt: Date,
): Promise<boolean> {
  const { rowCount } = await sql.query({
    name: "insert-away",
    text: `insert into away_messages (account_id, conversation_id, closed_at) values ($1, $2, $3)
           on conflict do nothing`,
    values: [conversation.accountId, conversation.id, closedAt],
  });
  return rowCount === 1;
}

/** How much is overdue: the age in milliseconds of the oldest. */
export async function findAutoLagMs(sql: Queryable, now: Date): Promise<number> {
  const { rows } = await sql.query<{ due: Date }>({
    name: "find-auto-lag",
    text: "select due_at as due from auto_messages where due_at <= $1 order by due_at limit 1",
    values: [now],
  });
  return rows[0] ? now.getTime() - rows[0].due.getTime() : 0;
}

/** What a person said, as far as it decides whether anything is said by itself. */
export interface SaidRow {
  id: string;
  kind: string;
  mobile: string;
  body: string;
  projectId: string;
}

/** Messages of persons. */
export async function findSaid(
  sql: Queryable,
  accountId: string,
  ids: readonly string[],
): Promise<SaidRow[]> {
  const { rows } = await sql.query<SaidRow>({
    name: "find-said",
    text: `select id, kind, mobile, body, project_id as "projectId" from messages
           where account_id = $1 and id = any($2::uuid[]) and direction = 'in'`,
    values: [accountId, ids],
  });
  return rows;
}

/** A conversation that has ended, as far as its person can be asked how it was. */
export interface EndedRow {
  id: string;
  channelId: string;
  projectId: string;
  assigneeId: string | null;
  teamId: string | null;
  windowExpiresAt: Date;
  /** Where the person wrote from last. */
  mobile: string | null;
}

/** The conversation, if it is resolved. */
export async function findEnded(
  sql: Queryable,
  accountId: string,
  id: string,
): Promise<EndedRow | null> {
  const { rows } = await sql.query<EndedRow>({
    name: "find-ended",
    text: `select v.id, v.channel_id as "channelId", v.project_id as "projectId", v.assignee_id as "assigneeId",
             v.team_id as "teamId", v.window_expires_at as "windowExpiresAt", (
               select m.mobile from messages m where m.account_id = $1 and m.id = v.last_inbound_id
             ) as mobile
           from conversations v where v.account_id = $1 and v.id = $2 and v.state = 'resolved'`,
    values: [accountId, id],
  });
  return rows[0] ?? null;
}
