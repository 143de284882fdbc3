import type { Queryable } from "./connect.ts";
import type { ContactAddress, ContactKey } from "./contacts.ts";

/** Where a conversation stands. */
export type ConversationState = "open" | "snoozed" | "resolved";

/** A contact on a channel. */
export interface ConversationRow {
  accountId: string;
  id: string;
  contactId: string;
  channelId: string;
  projectId: string;
  state: ConversationState;
  openedAt: Date;
  snoozedUntil: Date | null;
  resolvedAt: Date | null;
  lastInboundAt: Date;
  lastInboundId: string;
  windowExpiresAt: Date;
  unread: number;
  assigneeId: string | null;
  /** The team in whose queue it stands; null: everybody's. */
  teamId: string | null;
  /** The first word of the person that nobody has answered in the console; null: none. */
  waitingSince: Date | null;
  /** When somebody first answered it in the console. */
  firstAnsweredAt: Date | null;
  version: bigint;
  updatedAt: Date;
}

/** The end of a thread, as lists show it. */
export interface LastMessage {
  id: string;
  direction: "in" | "out";
  kind: string;
  body: string;
  status: string;
  at: Date;
}

/** A conversation as people look at it. */
export interface ConversationView extends ConversationRow {
  contact: {
    name: string | null;
    profileName: string | null;
    labels: string[];
    addresses: ContactAddress[];
  };
  /** Looked up now: sends are not counted into the conversation. */
  lastMessage: LastMessage | null;
}

/** Names a conversation. */
export interface ConversationKey {
  accountId: string;
  id: string;
}

/** Which conversations to list; what is null does not matter. */
export interface ConversationFilter {
  accountId: string;
  /** Only messages of this project are shown as the last one. */
  projectId: string | null;
  state: ConversationState | null;
  contactId: string | null;
  channelId: string | null;
  unread: boolean | null;
}

/** A place in the list of conversations. */
export interface ConversationPlace {
  lastInboundAt: Date;
  id: string;
}

const COLUMNS = `v.account_id as "accountId", v.id, v.contact_id as "contactId", v.channel_id as "channelId",
  v.project_id as "projectId", v.state, v.opened_at as "openedAt", v.snoozed_until as "snoozedUntil",
  v.resolved_at as "resolvedAt", v.last_inbound_at as "lastInboundAt", v.last_inbound_id as "lastInboundId",
  v.window_expires_at as "windowExpiresAt", v.unread, v.assignee_id as "assigneeId", v.team_id as "teamId",
  v.waiting_since as "waitingSince", v.first_answered_at as "firstAnsweredAt", v.version, v.updated_at as "updatedAt"`;

const VIEW = `select ${COLUMNS},
  jsonb_build_object('name', c.name, 'profileName', c.profile_name, 'labels', to_jsonb(c.labels), 'addresses',
    array(select jsonb_build_object('kind', a.kind, 'value', a.value, 'confirmed', a.confirmed)
          from contact_addresses a where a.account_id = v.account_id and a.contact_id = v.contact_id
          order by a.confirmed desc, a.created_at, a.kind, a.value)) as contact,
  l.id as "lastId", l.direction as "lastDirection", l.kind as "lastKind", l.body as "lastBody",
  l.status as "lastStatus", l.accepted_at as "lastAt"`;

const JOINS = `join contacts c on c.account_id = v.account_id and c.id = v.contact_id
  left join lateral (
    select m.* from contact_addresses a
    cross join lateral (
      -- What came in last may have a smaller id than others of its second.
      select m.id, m.direction, m.kind, left(m.body, 400) as body, m.status, m.accepted_at,
        coalesce(m.place, m.id) as place
      from (
        (select m.* from messages m
         where m.account_id = v.account_id and m.mobile = a.value and m.channel_id = v.channel_id
           and ($2::uuid is null or m.project_id = $2)
         order by m.id desc limit 4)
        union all
        (select m.* from messages m
         where m.account_id = v.account_id and m.id = v.last_inbound_id and m.mobile = a.value
           and m.channel_id = v.channel_id and ($2::uuid is null or m.project_id = $2))
        union all
        -- And what went out after it, where WhatsApp's clock goes ahead of ours.
        (select m.* from messages m
         where m.account_id = v.account_id and m.mobile = a.value and m.channel_id = v.channel_id
           and ($2::uuid is null or m.project_id = $2) and m.direction = 'out'
           and m.id > (select coalesce(n.place, n.id) from messages n
                       where n.account_id = v.account_id and n.id = v.last_inbound_id)
         order by m.id desc limit 1)
      ) m order by place desc limit 1
    ) m
    where a.account_id = v.account_id and a.contact_id = v.contact_id
    order by m.place desc limit 1
  ) l on true`;

type Flat = ConversationView & {
  lastId: string | null;
  lastDirection: LastMessage["direction"];
  lastKind: string;
  lastBody: string;
  lastStatus: string;
  lastAt: Date;
};

/** The conversation, or null; with a project, only if it is of that project. */
export async function findConversation(
  sql: Queryable,
  key: ConversationKey & { projectId: string | null },
): Promise<ConversationView | null> {
  const { rows } = await sql.query<Flat>(
    `${VIEW} from conversations v ${JOINS}
     where v.account_id = $1 and v.id = $3 and ($2::uuid is null or v.project_id = $2)`,
    [key.accountId, key.projectId, key.id],
  );
  return rows[0] ? readView(rows[0]) : null;
}

/** Conversations, those with the newest word of their person first. */
export async function listConversations(
  sql: Queryable,
  filter: ConversationFilter,
  slice: { before: ConversationPlace | null; limit: number },
): Promise<ConversationView[]> {
  const values: unknown[] = [filter.accountId, filter.projectId, slice.limit];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const { state, contactId, channelId, unread } = filter;
  // Only what is asked for stands in the text, or no index on it could serve.
  const wanted = [
    ...(filter.projectId === null ? [] : ["v.project_id = $2"]),
    ...(state === null ? [] : [`v.state = ${bind(state)}`]),
    ...(contactId === null ? [] : [`v.contact_id = ${bind(contactId)}`]),
    ...(channelId === null ? [] : [`v.channel_id = ${bind(channelId)}`]),
    ...(unread === null ? [] : [unread ? "v.unread > 0" : "v.unread = 0"]),
    ...(slice.before === null
      ? []
      : [
          `(v.last_inbound_at, v.id) < (${bind(slice.before.lastInboundAt)}::timestamptz, ${bind(slice.before.id)}::uuid)`,
        ]),
  ];
  const order = "order by v.last_inbound_at desc, v.id desc";
  const { rows } = await sql.query<Flat>(
    `${VIEW} from (
       select * from conversations v where v.account_id = $1
       ${wanted.map((condition) => `and ${condition}`).join(" ")} ${order} limit $3
     ) v ${JOINS} ${order}`,
    values,
  );
  return rows.map(readView);
}

/** Locks a conversation until the transaction ends, and gives it; null: there is none. */
export async function lockConversation(
  sql: Queryable,
  key: ConversationKey,
): Promise<ConversationRow | null> {
  const { rows } = await sql.query<ConversationRow>(
    `select ${COLUMNS} from conversations v where v.account_id = $1 and v.id = $2 for update`,
    [key.accountId, key.id],
  );
  return rows[0] ?? null;
}

/** A person wrote: what its conversation learns of it. */
export interface InboundNote {
  accountId: string;
  /** Of the conversation, should there be none that is not resolved. */
  id: string;
  contactId: string;
  channelId: string;
  projectId: string;
  messageId: string;
  /** The provider's time. */
  saidAt: Date;
  windowExpiresAt: Date;
  now: Date;
}

/** What became of the conversation: before is its state before; null: it did not exist. */
export interface NotedConversation {
  id: string;
  before: ConversationState | null;
}

/**
 * Notes a person's message in the one conversation that is not resolved, or opens it. A message that comes
 * late counts as unread and moves nothing back. Where one would be opened, `beforeOpening` may say that it belongs to another.
 */
export async function noteInConversation(
  sql: Queryable,
  note: InboundNote,
  beforeOpening: () => Promise<NotedConversation | null> = async () => null,
): Promise<NotedConversation> {
  const { rows } = await sql.query<NotedConversation>({
    name: "note-in-conversation",
    text: `update conversations v set ${takeLater("$5", "$4", "$6")}, unread = v.unread + 1, state = 'open',
             snoozed_until = null, waiting_since = coalesce(v.waiting_since, $5), version = v.version + 1,
             updated_at = $7
           from (
             select id, state from conversations
             where account_id = $1 and contact_id = $2 and channel_id = $3 and state <> 'resolved' for update
           ) old
           where v.account_id = $1 and v.id = old.id
           returning v.id, old.state as before`,
    values: [
      note.accountId,
      note.contactId,
      note.channelId,
      note.messageId,
      note.saidAt,
      note.windowExpiresAt,
      note.now,
    ],
  });
  return rows[0] ?? (await beforeOpening()) ?? openConversation(sql, note);
}

async function openConversation(sql: Queryable, note: InboundNote): Promise<NotedConversation> {
  const { rows } = await sql.query<{ id: string; opened: boolean }>({
    name: "open-conversation",
    text: `insert into conversations as v (account_id, id, contact_id, channel_id, project_id, opened_at,
             last_inbound_at, last_inbound_id, window_expires_at, unread, waiting_since, updated_at)
           values ($1, $2, $3, $4, $5, $9, $7, $6, $8, 1, $7, $9)
           on conflict (account_id, contact_id, channel_id) where state <> 'resolved' do update set
             ${takeLater("excluded.last_inbound_at", "excluded.last_inbound_id", "excluded.window_expires_at")},
             unread = v.unread + 1, state = 'open', snoozed_until = null,
             waiting_since = coalesce(v.waiting_since, excluded.waiting_since), version = v.version + 1,
             updated_at = excluded.updated_at
           returning v.id, v.id = $2 as opened`,
    values: [
      note.accountId,
      note.id,
      note.contactId,
      note.channelId,
      note.projectId,
      note.messageId,
      note.saidAt,
      note.windowExpiresAt,
      note.now,
    ],
  });
  const [row] = rows;
  if (!row) throw new Error("a conversation was neither found nor opened");
  return { id: row.id, before: row.opened ? null : "open" };
}

/** The later of what is there and what has come. */
function takeLater(at: string, id: string, until: string): string {
  return `last_inbound_id = case when ${at} >= v.last_inbound_at then ${id} else v.last_inbound_id end,
    last_inbound_at = greatest(v.last_inbound_at, ${at}),
    window_expires_at = greatest(v.window_expires_at, ${until})`;
}

/** Writes what people change of a conversation that the transaction has locked. */
export async function updateConversation(
  sql: Queryable,
  conversation: ConversationRow,
  at: Date,
): Promise<void> {
  await sql.query(
    `update conversations set state = $3, snoozed_until = $4, resolved_at = $5, unread = $6,
       contact_id = $7, last_inbound_at = $8, last_inbound_id = $9, window_expires_at = $10,
       assignee_id = $11, version = version + 1, updated_at = $12, team_id = $13, waiting_since = $14,
       first_answered_at = $15
     where account_id = $1 and id = $2`,
    [
      conversation.accountId,
      conversation.id,
      conversation.state,
      conversation.snoozedUntil,
      conversation.resolvedAt,
      conversation.unread,
      conversation.contactId,
      conversation.lastInboundAt,
      conversation.lastInboundId,
      conversation.windowExpiresAt,
      conversation.assigneeId,
      at,
      conversation.teamId,
      conversation.waitingSince,
      conversation.firstAnsweredAt,
    ],
  );
}

/** Whether the contact has a conversation on the channel that is not resolved. */
export async function findUnresolved(
  sql: Queryable,
  contact: ContactKey,
  channelId: string,
): Promise<string | null> {
  const { rows } = await sql.query<{ id: string }>(
    `select id from conversations
     where account_id = $1 and contact_id = $2 and channel_id = $3 and state <> 'resolved'`,
    [contact.accountId, contact.id, channelId],
  );
  return rows[0]?.id ?? null;
}

/** Conversations of contacts, held until the transaction ends. */
export async function lockConversationsOf(
  sql: Queryable,
  accountId: string,
  contactIds: readonly string[],
): Promise<ConversationRow[]> {
  const { rows } = await sql.query<ConversationRow>(
    `select ${COLUMNS} from conversations v
     where v.account_id = $1 and v.contact_id = any($2::uuid[]) order by v.id for update`,
    [accountId, contactIds],
  );
  return rows;
}

/** The account of the snoozed conversation whose hour came first, but for those given; null: none. */
export async function findDueSnoozedAccount(
  sql: Queryable,
  now: Date,
  passed: readonly string[],
): Promise<string | null> {
  const { rows } = await sql.query<{ account_id: string }>({
    name: "find-due-snoozed-account",
    text: `select account_id from conversations
           where state = 'snoozed' and snoozed_until <= $1 and account_id <> all ($2::uuid[])
           order by snoozed_until limit 1`,
    values: [now, passed],
  });
  return rows[0]?.account_id ?? null;
}

/** An account's snoozed conversations whose hour has come, held by this transaction; what another holds is left to it. */
export async function lockDueSnoozed(
  sql: Queryable,
  accountId: string,
  due: { now: Date; countMax: number },
): Promise<ConversationRow[]> {
  const { rows } = await sql.query<ConversationRow>({
    name: "lock-due-snoozed",
    text: `select ${COLUMNS} from conversations v
           where v.account_id = $1 and v.state = 'snoozed' and v.snoozed_until <= $2
           order by v.snoozed_until limit $3 for update skip locked`,
    values: [accountId, due.now, due.countMax],
  });
  return rows;
}

/** How many messages the person has written on the channel after one of them. */
export async function countInboundAfter(
  sql: Queryable,
  conversation: ConversationRow,
  messageId: string,
): Promise<number> {
  const { rows } = await sql.query<{ count: number }>(
    `select count(*)::int as count from contact_addresses a
     join lateral (
       select from messages m where m.account_id = a.account_id and m.mobile = a.value and m.id > $4
         and m.direction = 'in' and m.channel_id = $3
     ) m on true
     where a.account_id = $1 and a.contact_id = $2`,
    [conversation.accountId, conversation.contactId, conversation.channelId, messageId],
  );
  return rows[0]?.count ?? 0;
}

function readView(row: Flat): ConversationView {
  const { lastId, lastDirection, lastKind, lastBody, lastStatus, lastAt, ...view } = row;
  const last = { direction: lastDirection, kind: lastKind, body: lastBody, status: lastStatus };
  return {
    ...view,
    lastMessage: lastId === null ? null : { id: lastId, ...last, at: lastAt },
  };
}
