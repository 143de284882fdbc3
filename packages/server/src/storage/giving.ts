import type { Queryable } from "./connect.ts";
import type { ConversationRow } from "./conversations.ts";

/*
 * Conversations that rules give out. Each is held until the transaction ends; one that somebody takes, answers or resolves at this
 * moment is left to them.
 */

/** Where rules give out: conversations of these teams, and those without one of these projects. */
export interface GivenPlaces {
  accountId: string;
  projectIds: readonly string[];
  /** Teams with a rule of their own that gives. */
  teamIds: readonly string[];
  /** Teams with a rule of their own that does not. */
  restingTeamIds: readonly string[];
}

const COLUMNS = `v.account_id as "accountId", v.id, v.contact_id as "contactId", v.channel_id as "channelId",
  v.project_id as "projectId", v.state, v.opened_at as "openedAt", v.snoozed_until as "snoozedUntil",
  v.resolved_at as "resolvedAt", v.last_inbound_at as "lastInboundAt", v.last_inbound_id as "lastInboundId",
  v.window_expires_at as "windowExpiresAt", v.unread, v.assignee_id as "assigneeId", v.team_id as "teamId",
  v.waiting_since as "waitingSince", v.first_answered_at as "firstAnsweredAt", v.version, v.updated_at as "updatedAt"`;

/** Open conversations that nobody has, whoever waits longest first, from a place in that order on. */
export async function lockQueue(
  sql: Queryable,
  places: GivenPlaces,
  slice: { after: { at: string; id: string }; limit: number },
): Promise<(ConversationRow & { place: string })[]> {
  const { rows } = await sql.query<ConversationRow & { place: string }>({
    name: "lock-queue",
    text: `select ${COLUMNS}, coalesce(v.waiting_since, 'infinity'::timestamptz)::text as place
           from conversations v
           where v.account_id = $1 and v.state = 'open' and v.assignee_id is null
             and (v.team_id = any($3::uuid[])
               or (v.project_id = any($2::uuid[]) and (v.team_id is null or v.team_id <> all($4::uuid[]))))
             and (coalesce(v.waiting_since, 'infinity'::timestamptz), v.id) > ($5::timestamptz, $6::uuid)
           order by coalesce(v.waiting_since, 'infinity'::timestamptz), v.id limit $7
           for update skip locked`,
    values: [
      ...[places.accountId, places.projectIds, places.teamIds, places.restingTeamIds],
      ...[slice.after.at, slice.after.id, slice.limit],
    ],
  });
  return rows;
}

/** Whose waiting conversations are to go back into the queue. */
export interface Abandonment {
  accountId: string;
  projectId: string;
  /** People who are here and available, or were a moment ago. */
  presentIds: readonly string[];
  /** Only what was not touched since then. */
  before: Date;
}

/** Conversations of a project that wait for somebody who is gone. */
export async function lockAbandoned(
  sql: Queryable,
  { accountId, projectId, presentIds, before }: Abandonment,
  limit: number,
): Promise<ConversationRow[]> {
  const { rows } = await sql.query<ConversationRow>({
    name: "lock-abandoned",
    text: `select ${COLUMNS} from conversations v
           where v.account_id = $1 and v.state = 'open' and v.assignee_id is not null
             and v.project_id = $2 and v.assignee_id <> all($3::uuid[])
             and v.waiting_since < $4 and v.updated_at < $4
           order by v.waiting_since limit $5 for update skip locked`,
    values: [accountId, projectId, presentIds, before, limit],
  });
  return rows;
}

/** Who is in which team. */
export async function listMembers(
  sql: Queryable,
  accountId: string,
): Promise<{ teamId: string; userId: string }[]> {
  const { rows } = await sql.query<{ teamId: string; userId: string }>({
    name: "list-members",
    text: `select team_id as "teamId", user_id as "userId" from team_members where account_id = $1`,
    values: [accountId],
  });
  return rows;
}
