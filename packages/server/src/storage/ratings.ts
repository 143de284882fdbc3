import type { Queryable } from "./connect.ts";

/** A question how it was, once it is about to be asked. */
export interface NewRating {
  accountId: string;
  id: string;
  conversationId: string;
  channelId: string;
  projectId: string;
  /** Who had the conversation; null: nobody. */
  userId: string | null;
  teamId: string | null;
  askedAt: Date;
  answerUntil: Date;
}

/** A question that is waiting for a score, or for its comment. */
export interface OpenRating {
  id: string;
  conversationId: string;
  projectId: string;
  userId: string | null;
  /** A score still counts. */
  takesScore: boolean;
  /** The next text is its comment. */
  takesComment: boolean;
}

/** Writes a question down. */
export async function insertRating(sql: Queryable, rating: NewRating): Promise<void> {
  await sql.query({
    name: "insert-rating",
    text: `insert into ratings (account_id, id, conversation_id, channel_id, project_id, user_id, team_id, asked_at, answer_until)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    values: [
      ...[rating.accountId, rating.id, rating.conversationId, rating.channelId, rating.projectId],
      ...[rating.userId, rating.teamId, rating.askedAt, rating.answerUntil],
    ],
  });
}

/** Takes back a question that was not asked after all. */
export async function deleteUnanswered(
  sql: Queryable,
  key: { accountId: string; id: string },
): Promise<void> {
  await sql.query("delete from ratings where account_id = $1 and id = $2 and answered_at is null", [
    key.accountId,
    key.id,
  ]);
}

/** Whether a conversation was asked about since then. */
export async function wasAsked(
  sql: Queryable,
  conversation: { accountId: string; id: string },
  since: Date,
): Promise<boolean> {
  const { rows } = await sql.query(
    `select from ratings where account_id = $1 and conversation_id = $2 and asked_at > $3 limit 1`,
    [conversation.accountId, conversation.id, since],
  );
  return rows.length > 0;
}

/**
 * The newest question that somebody may still answer on a channel, held until the transaction ends; null: none, or the person has
 * a conversation there that is not resolved.
 */
export async function lockOpenRating(
  sql: Queryable,
  of: { accountId: string; contactId: string; channelId: string; now: Date },
): Promise<OpenRating | null> {
  const { rows } = await sql.query<OpenRating>({
    name: "lock-open-rating",
    text: `select r.id, r.conversation_id as "conversationId", r.project_id as "projectId", r.user_id as "userId",
             coalesce(r.answer_until > $4, false) as "takesScore", coalesce(r.comment_until > $4, false) as "takesComment"
           from conversations v
           join ratings r on r.account_id = v.account_id and r.conversation_id = v.id
           where v.account_id = $1 and v.contact_id = $2 and v.channel_id = $3
             and (r.answer_until > $4 or r.comment_until > $4)
             and not exists (
               select from conversations o
               where o.account_id = $1 and o.contact_id = $2 and o.channel_id = $3 and o.state <> 'resolved'
             )
           order by r.asked_at desc limit 1 for update of r`,
    values: [of.accountId, of.contactId, of.channelId, of.now],
  });
  return rows[0] ?? null;
}

/** Writes a score down, on the question and on its conversation. */
export async function updateScore(
  sql: Queryable,
  key: { accountId: string; id: string; conversationId: string },
  scored: { score: number; at: Date; commentUntil: Date | null },
): Promise<void> {
  await sql.query(
    `update ratings set score = $3, answered_at = $4, answer_until = null, comment_until = $5
     where account_id = $1 and id = $2`,
    [key.accountId, key.id, scored.score, scored.at, scored.commentUntil],
  );
  await sql.query(
    `update conversations set rating = $3, version = version + 1, updated_at = $4
     where account_id = $1 and id = $2`,
    [key.accountId, key.conversationId, scored.score, scored.at],
  );
}

/** Writes a comment down; there is one at most. */
export async function updateComment(
  sql: Queryable,
  key: { accountId: string; id: string },
  comment: string,
): Promise<void> {
  await sql.query(
    "update ratings set comment = $3, comment_until = null where account_id = $1 and id = $2",
    [key.accountId, key.id, comment],
  );
}

/** How long after a score a project takes a comment, in hours; null: it was never set. */
export async function findCommentHours(
  sql: Queryable,
  accountId: string,
  projectId: string,
): Promise<number | null> {
  const { rows } = await sql.query<{ hours: number | null }>(
    `select (rating ->> 'comment_within_h')::int as hours from work_settings
     where account_id = $1 and project_id = $2`,
    [accountId, projectId],
  );
  return rows[0]?.hours ?? null;
}

/** Lets the window of a resolved conversation follow a word of its person that does not open it. */
export async function extendWindow(
  sql: Queryable,
  key: { accountId: string; conversationId: string },
  until: Date,
): Promise<void> {
  await sql.query(
    `update conversations set window_expires_at = greatest(window_expires_at, $3)
     where account_id = $1 and id = $2`,
    [key.accountId, key.conversationId, until],
  );
}

/** An answer, as people look at it. */
export interface RatingRow {
  id: string;
  conversationId: string;
  projectId: string;
  userId: string | null;
  score: number;
  comment: string | null;
  askedAt: Date;
  answeredAt: Date;
}

/** Which answers. */
export interface RatingFilter {
  accountId: string;
  projectId: string | null;
  teamId: string | null;
  from: Date;
  to: Date;
}

/** Answers, the newest first. */
export async function listRatings(
  sql: Queryable,
  filter: RatingFilter,
  slice: { before: { at: Date; id: string } | null; limit: number },
): Promise<RatingRow[]> {
  const { rows } = await sql.query<RatingRow>({
    name: "list-ratings",
    text: `select id, conversation_id as "conversationId", project_id as "projectId", user_id as "userId", score,
             comment, asked_at as "askedAt", answered_at as "answeredAt"
           from ratings
           where account_id = $1 and answered_at >= $2 and answered_at < $3
             and ($4::uuid is null or project_id = $4) and ($5::uuid is null or team_id = $5)
             and ($6::timestamptz is null or (answered_at, id) < ($6, $7::uuid))
           order by answered_at desc, id desc limit $8`,
    values: [
      ...[filter.accountId, filter.from, filter.to, filter.projectId, filter.teamId],
      ...[slice.before?.at ?? null, slice.before?.id ?? null, slice.limit],
    ],
  });
  return rows;
}
