import type { Queryable } from "./connect.ts";
import type { ConversationState } from "./conversations.ts";

/** A conversation as the inbox lists it. */
export interface InboxRow {
  id: string;
  revision: bigint;
  contactId: string;
  projectId: string;
  channelId: string;
  state: ConversationState;
  assigneeId: string | null;
  teamId: string | null;
  labelIds: string[];
  unread: number;
  openedAt: Date;
  lastInboundAt: Date;
  waitingSince: Date | null;
  windowExpiresAt: Date;
  snoozedUntil: Date | null;
  resolvedAt: Date | null;
  firstAnsweredAt: Date | null;
  rating: number | null;
  contact: {
    name: string | null;
    profileName: string | null;
    labels: string[];
    addresses: { kind: string; value: string }[];
  };
  last: {
    id: string;
    direction: "in" | "out";
    kind: string;
    body: string;
    status: string;
    at: string;
    mime: string | null;
    voice: boolean;
  } | null;
  /** Of the view of mentions: the newest note. */
  noteId: string | null;
}

/** Which conversations; what is null does not matter. */
export interface InboxFilter {
  accountId: string;
  view: "mine" | "queue" | "open" | "snoozed" | "resolved" | "mentions";
  /** Whose mentions, and whose in `mine`. */
  userId: string;
  assigneeId: string | null;
  teamId: string | null;
  labelId: string | null;
  channelId: string | null;
  projectId: string | null;
  unread: boolean;
}

/** Where a list goes on: the last row's moment (or `infinity`) and id; of mentions, the note's id. */
export interface InboxPlace {
  at: string;
  id: string;
}

const SELECT = `select v.id, v.version as revision, v.contact_id as "contactId", v.project_id as "projectId",
  v.channel_id as "channelId", v.state, v.assignee_id as "assigneeId", v.team_id as "teamId", v.unread,
  v.opened_at as "openedAt", v.last_inbound_at as "lastInboundAt", v.waiting_since as "waitingSince",
  v.window_expires_at as "windowExpiresAt", v.snoozed_until as "snoozedUntil", v.resolved_at as "resolvedAt",
  v.first_answered_at as "firstAnsweredAt", v.rating::int as rating,
  array(select b.label_id from conversation_labels b
        where b.account_id = v.account_id and b.conversation_id = v.id order by b.label_id) as "labelIds",
  jsonb_build_object('name', c.name, 'profileName', c.profile_name, 'labels', to_jsonb(c.labels), 'addresses',
    array(select jsonb_build_object('kind', a.kind, 'value', a.value)
          from contact_addresses a where a.account_id = v.account_id and a.contact_id = v.contact_id
          order by a.confirmed desc, a.created_at, a.kind, a.value)) as contact,
  -- Looked up now: sends are not counted into the conversation.
  (select json_build_object('id', m.id, 'direction', m.direction, 'kind', m.kind, 'body', left(m.body, 200),
      'status', m.status, 'at', m.accepted_at, 'mime', coalesce(m.media ->> 'mime', m.media -> 'file' ->> 'mime'),
      'voice', coalesce((m.content -> 'media' ->> 'voice')::boolean, false))
   from contact_addresses a
   cross join lateral (
     -- What came in last may have a smaller id than others of its second.
     select * from (
       (select m.* from messages m
       where m.account_id = v.account_id and m.mobile = a.value and m.channel_id = v.channel_id and m.kind <> 'reaction'
         -- What was said after it ended belongs to another.
         and (v.resolved_at is null or m.accepted_at <= v.resolved_at)
       order by m.id desc limit 4)
       union all
       (select m.* from messages m
        where m.account_id = v.account_id and m.id = v.last_inbound_id and m.mobile = a.value and m.kind <> 'reaction'
          and m.channel_id = v.channel_id and (v.resolved_at is null or m.accepted_at <= v.resolved_at))
       union all
       -- And what went out after it, where WhatsApp's clock goes ahead of ours.
       (select m.* from messages m
        where m.account_id = v.account_id and m.mobile = a.value and m.channel_id = v.channel_id and m.kind <> 'reaction'
          and m.direction = 'out' and (v.resolved_at is null or m.accepted_at <= v.resolved_at)
          and m.id > (select coalesce(l.place, l.id) from messages l
                      where l.account_id = v.account_id and l.id = v.last_inbound_id)
        order by m.id desc limit 1)
     ) m order by coalesce(m.place, m.id) desc limit 1
   ) m
   where a.account_id = v.account_id and a.contact_id = v.contact_id
   order by coalesce(m.place, m.id) desc limit 1) as last`;

const CONTACT = "join contacts c on c.account_id = v.account_id and c.id = v.contact_id";

/** These conversations, as far as there are any, in no order. */
export async function findInboxRows(
  sql: Queryable,
  accountId: string,
  ids: readonly string[],
): Promise<InboxRow[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql.query<InboxRow>({
    name: "find-inbox-rows",
    text: `${SELECT}, null::uuid as "noteId" from conversations v ${CONTACT}
           where v.account_id = $1 and v.id = any($2::uuid[])`,
    values: [accountId, [...new Set(ids)]],
  });
  return rows;
}

/** The conversations of a view, in its order. */
export async function listInboxRows(
  sql: Queryable,
  filter: InboxFilter,
  slice: { after: InboxPlace | null; limit: number },
): Promise<InboxRow[]> {
  const { text, values } = planInboxList(filter, slice);
  const { rows } = await sql.query<InboxRow>(text, values);
  return rows;
}

/** The statement of {@link listInboxRows}: only what is asked for stands in it, or no index on it could serve. */
export function planInboxList(
  filter: InboxFilter,
  slice: { after: InboxPlace | null; limit: number },
): { text: string; values: unknown[] } {
  const values: unknown[] = [slice.limit];
  const bind = (value: unknown, type: string) => `$${values.push(value)}::${type}`;
  const list = VIEWS[filter.view];
  const { from, where } = planInboxMatches(filter, bind);
  const rest = slice.after === null ? "" : `and ${list.goOn(slice.after, bind)}`;
  const text = `${SELECT}, v.note_id as "noteId" from (
      select v.*, ${list.noteId} as note_id from ${from}
      where ${where} ${rest}
      order by ${list.order} limit $1
    ) v ${CONTACT} order by ${list.order.replaceAll("w.", "v.")}`;
  return { text, values };
}

/** What of the tables a view shows; `bind` names a value in the statement. */
export function planInboxMatches(
  filter: InboxFilter,
  bind: (value: unknown, type: string) => string,
): { from: string; where: string } {
  const { assigneeId, teamId, channelId, projectId, labelId, unread, view, userId } = filter;
  const list = VIEWS[view];
  const account = bind(filter.accountId, "uuid");
  const wanted = [
    `v.account_id = ${account}`,
    ...list.conditions,
    ...(view === "mine" ? [`v.assignee_id = ${bind(userId, "uuid")}`] : []),
    ...(view === "mentions"
      ? [`w.account_id = ${account} and w.user_id = ${bind(userId, "uuid")}`]
      : []),
    ...(assigneeId === null ? [] : [`v.assignee_id = ${bind(assigneeId, "uuid")}`]),
    ...(teamId === null ? [] : [`v.team_id = ${bind(teamId, "uuid")}`]),
    ...(channelId === null ? [] : [`v.channel_id = ${bind(channelId, "uuid")}`]),
    ...(projectId === null ? [] : [`v.project_id = ${bind(projectId, "uuid")}`]),
    ...(unread ? ["v.unread > 0"] : []),
  ];
  // A label has few conversations beside all that there are: they are found first, and put in order then.
  const from =
    labelId === null
      ? list.source
      : `(select conversation_id from conversation_labels
          where account_id = ${account} and label_id = ${bind(labelId, "uuid")} offset 0) b
         join ${list.source} on v.account_id = ${account} and v.id = b.conversation_id`;
  return { from, where: wanted.join(" and ") };
}

interface ListPlan {
  source: string;
  conditions: string[];
  noteId: string;
  order: string;
  goOn(place: InboxPlace, bind: (value: unknown, type: string) => string): string;
}

const NEWEST: Omit<ListPlan, "conditions"> = {
  source: "conversations v",
  noteId: "null::uuid",
  order: "v.last_inbound_at desc, v.id desc",
  goOn: ({ at, id }, bind) =>
    `(v.last_inbound_at, v.id) < (${bind(at, "timestamptz")}, ${bind(id, "uuid")})`,
};

const WAITING = "coalesce(v.waiting_since, 'infinity'::timestamptz)";

/** Each in an order that an index has. */
const VIEWS: Record<InboxFilter["view"], ListPlan> = {
  mine: { ...NEWEST, conditions: ["v.state = 'open'"] },
  open: { ...NEWEST, conditions: ["v.state = 'open'"] },
  snoozed: { ...NEWEST, conditions: ["v.state = 'snoozed'"] },
  resolved: { ...NEWEST, conditions: ["v.state = 'resolved'"] },
  queue: {
    ...NEWEST,
    conditions: ["v.state = 'open'", "v.assignee_id is null"],
    order: `${WAITING}, v.id`,
    goOn: ({ at, id }, bind) =>
      `(${WAITING}, v.id) > (${bind(at, "timestamptz")}, ${bind(id, "uuid")})`,
  },
  mentions: {
    source:
      "mentions w join conversations v on v.account_id = w.account_id and v.id = w.conversation_id",
    conditions: [],
    noteId: "w.note_id",
    order: "w.note_id desc",
    goOn: ({ id }, bind) => `w.note_id < ${bind(id, "uuid")}`,
  },
};
