import type {
  ArrivedMessage,
  ButtonOnTelephone,
  ListOnTelephone,
  MediaOnTelephone,
  ThreadItem,
  TickState,
} from "@recado/contract/simulator-api";
import type { Store } from "./open-store.ts";

/** What stands in the table `messages`; times in milliseconds, JSON as text. */
export interface MessageRow {
  seq: number;
  id: string;
  version: number;
  provider: "meta" | "gupshup";
  number_id: string;
  mobile: string;
  official: string;
  direction: "in" | "out";
  type: string;
  template_name: string | null;
  template_language: string | null;
  category: string | null;
  header_text: string | null;
  body: string | null;
  footer: string | null;
  buttons: string;
  payloads: string | null;
  media: string | null;
  media_id: string | null;
  media_in_header: number;
  reply_to: string | null;
  reaction: string | null;
  opaque: string | null;
  status: TickState;
  arrived: number;
  at: number;
  list: string | null;
}

/** A message to be kept; what is not named is null, empty or false. */
export interface NewMessage {
  id: string;
  provider: "meta" | "gupshup";
  numberId: string;
  mobile: string;
  official: string;
  direction: "in" | "out";
  type: string;
  template?: { name: string; language: string } | null;
  category?: string | null;
  headerText?: string | null;
  body?: string | null;
  footer?: string | null;
  buttons?: ButtonOnTelephone[];
  /** What a tap on the button of that label answers to the business. */
  payloads?: Record<string, string> | null;
  list?: ListOnTelephone | null;
  media?: MediaOnTelephone | null;
  mediaId?: string | null;
  mediaInHeader?: boolean;
  replyTo?: string | null;
  opaque?: string | null;
  status: TickState;
  /** Whether it is to be listed as arrived (see {@link Messages.listArrived}). */
  arrived: boolean;
  at: number;
}

const rank: Record<TickState, number> = { pending: 0, sent: 1, failed: 1, delivered: 2, read: 3 };

/** Both directions of every chat. Everything that writes must be called inside {@link Store.write}. */
export type Messages = ReturnType<typeof openMessages>;

/** Reads and writes the table `messages`. */
export function openMessages(store: Store) {
  const { db } = store;
  const insert = db.prepare(
    `INSERT INTO messages VALUES (${Array.from({ length: 27 }, () => "?").join(",")})`,
  );
  const byId = db.prepare("SELECT * FROM messages WHERE id = ?");
  const bySeq = db.prepare("SELECT * FROM messages WHERE seq = ?");
  const setStatus = db.prepare("UPDATE messages SET status = ?, version = ? WHERE seq = ?");
  const setReaction = db.prepare("UPDATE messages SET reaction = ?, version = ? WHERE seq = ?");
  const setBody = db.prepare("UPDATE messages SET body = ?, version = ? WHERE seq = ?");
  const revoke = db.prepare(
    "UPDATE messages SET type = 'revoked', body = NULL, media = NULL, media_id = NULL, reaction = NULL, version = ? WHERE seq = ?",
  );
  const setMedia = db.prepare(
    "UPDATE messages SET media = ?, media_id = ?, arrived = 1, version = ? WHERE seq = ?",
  );
  const priced = db.prepare(
    "SELECT count(*) AS count FROM messages WHERE number_id = ? AND category IS NOT NULL AND status <> 'failed'",
  );
  const pages = openPages(store);

  return {
    ...pages,
    insert(message: NewMessage): number {
      const seq = store.nextSequence();
      insert.run(...columns(message, seq));
      return seq;
    },
    find: (id: string) => byId.get(id) as MessageRow | undefined,
    /** Templates that went out from the number and did not fail. */
    countPriced: (numberId: string) => Number(priced.get(numberId)?.count),
    findBySeq: (seq: number) => bySeq.get(seq) as MessageRow | undefined,
    /** Moves the ticks, never backwards; `failed` only replaces what was not delivered yet. */
    advance(row: Pick<MessageRow, "seq" | "status">, status: TickState): boolean {
      const failsTooLate = status === "failed" && rank[row.status] >= rank.delivered;
      const isBack = status !== "failed" && rank[status] <= rank[row.status];
      if (failsTooLate || (isBack && !(row.status === "failed" && rank[status] > 1))) return false;
      setStatus.run(status, store.nextSequence(), row.seq);
      return true;
    },
    setReaction(seq: number, emoji: string | null): void {
      setReaction.run(emoji, store.nextSequence(), seq);
    },
    setBody(seq: number, body: string): void {
      setBody.run(body, store.nextSequence(), seq);
    },
    /** Its writer took it back: that it was there remains. */
    revoke(seq: number): void {
      revoke.run(store.nextSequence(), seq);
    },
    /** The linked file has been fetched: the message arrives with it. */
    setMedia(seq: number, media: MediaOnTelephone, mediaId: string): void {
      setMedia.run(JSON.stringify(media), mediaId, store.nextSequence(), seq);
    },
  };
}

function openPages(store: Store) {
  const { db } = store;
  const page = db.prepare("SELECT * FROM messages WHERE seq > ? ORDER BY seq LIMIT ?");
  const pageOfMobile = db.prepare(
    "SELECT * FROM messages WHERE mobile = ? AND seq > ? ORDER BY seq LIMIT ?",
  );
  const changed = db.prepare("SELECT * FROM messages WHERE version > ? ORDER BY version LIMIT ?");
  const unread = db.prepare(
    "SELECT * FROM messages WHERE mobile = ? AND direction = 'in' AND status = 'delivered' ORDER BY seq",
  );
  const unseen = db.prepare(
    "SELECT * FROM messages WHERE mobile = ? AND number_id = ? AND direction = 'out' AND seq <= ? AND status <> 'read'",
  );
  const telephones = db.prepare(
    `SELECT mobile, max(at) AS last_at,
      sum(direction = 'in' AND status IN ('sent', 'delivered') AND type <> 'reaction') AS unread
     FROM messages GROUP BY mobile ORDER BY last_at DESC`,
  );
  return {
    /** At most `limit` rows after `seq`, oldest first; of one telephone, or of all. */
    page(after: number, limit: number, mobile?: string): MessageRow[] {
      const rows =
        mobile === undefined ? page.all(after, limit) : pageOfMobile.all(mobile, after, limit);
      return rows as unknown as MessageRow[];
    },
    changedAfter: (version: number, limit: number) =>
      changed.all(version, limit) as unknown as MessageRow[],
    /** What lies delivered and unread on a telephone. */
    listUnread: (mobile: string) => unread.all(mobile) as unknown as MessageRow[],
    /** What a person wrote to a number, up to `row`, and the business has not read. */
    listUnseenUpTo: (row: MessageRow) =>
      unseen.all(row.mobile, row.number_id, row.seq) as unknown as MessageRow[],
    listTelephones: () =>
      telephones.all() as unknown as { mobile: string; last_at: number; unread: number }[],
  };
}

function columns(message: NewMessage, seq: number): (string | number | null)[] {
  return [
    seq,
    message.id,
    seq,
    message.provider,
    message.numberId,
    message.mobile,
    message.official,
    message.direction,
    message.type,
    message.template?.name ?? null,
    message.template?.language ?? null,
    message.category ?? null,
    message.headerText ?? null,
    message.body ?? null,
    message.footer ?? null,
    message.buttons === undefined || message.buttons.length === 0
      ? "[]"
      : JSON.stringify(message.buttons),
    message.payloads ? JSON.stringify(message.payloads) : null,
    message.media ? JSON.stringify(message.media) : null,
    message.mediaId ?? null,
    message.mediaInHeader ? 1 : 0,
    message.replyTo ?? null,
    null,
    message.opaque ?? null,
    message.status,
    message.arrived ? 1 : 0,
    message.at,
    message.list ? JSON.stringify(message.list) : null,
  ];
}

/** A row as `/sim/messages` lists it. */
export function toArrivedMessage(row: MessageRow): ArrivedMessage {
  return {
    id: row.id,
    to: row.mobile,
    from: row.official,
    provider: row.provider,
    type: row.type,
    template:
      row.template_name === null
        ? null
        : { name: row.template_name, language: row.template_language ?? "" },
    text: row.body,
    media: row.media === null ? null : (JSON.parse(row.media) as MediaOnTelephone),
    interactive:
      row.type === "interactive"
        ? {
            header: row.header_text,
            footer: row.footer,
            buttons: JSON.parse(row.buttons) as ButtonOnTelephone[],
            list: readList(row),
          }
        : null,
    replyTo: row.reply_to,
    opaque: row.opaque,
    at: new Date(row.at).toISOString(),
  };
}

/** What the row's list holds; null without one. */
export function readList(row: Pick<MessageRow, "list">): ListOnTelephone | null {
  return row.list === null ? null : (JSON.parse(row.list) as ListOnTelephone);
}

/** A row as a bubble of its chat. */
export function toThreadItem(row: MessageRow): ThreadItem {
  const media = row.media === null ? null : (JSON.parse(row.media) as MediaOnTelephone);
  const withId = media === null ? null : { ...media, mediaId: row.media_id ?? "" };
  return {
    id: row.id,
    mobile: row.mobile,
    official: row.official,
    direction: row.direction,
    type: row.type,
    header: headerOf(row, media),
    body: row.body,
    footer: row.footer,
    buttons: JSON.parse(row.buttons) as ButtonOnTelephone[],
    list: readList(row),
    media: row.media_in_header === 1 ? null : withId,
    replyTo: row.reply_to,
    reaction: row.reaction,
    status: row.status,
    at: new Date(row.at).toISOString(),
  };
}

function headerOf(row: MessageRow, media: MediaOnTelephone | null): ThreadItem["header"] {
  if (row.media_in_header === 1 && media !== null) {
    return { kind: "media", media, mediaId: row.media_id ?? "" };
  }
  return row.header_text === null ? null : { kind: "text", text: row.header_text };
}
