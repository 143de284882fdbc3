import type { PlannedStep } from "../telephones/plan-life.ts";
import { openFetches } from "./fetches.ts";
import type { MessageRow } from "./messages.ts";
import type { Store } from "./open-store.ts";

/** A provider's event on its way to a callback. */
export interface OutboxEntry {
  numberId: string;
  /** The user whose order among each other the events keep; any text. */
  orderKey: string;
  dueAt: number;
  /** `status` and `message` are gathered with others of their number; a `field` change stands alone. */
  kind: "status" | "message" | "field";
  /** Already escaped as the provider writes it; what it is depends on `kind` and provider. */
  json: string;
  /** The message whose second tick depends on the callback's 200. */
  messageSeq?: number;
}

/** A row of `outbox`. */
export interface OutboxRow {
  seq: number;
  number_id: string;
  lane: number;
  due_at: number;
  kind: OutboxEntry["kind"];
  json: string;
  message_seq: number | null;
}

/** A body that was posted in vain and is repeated byte for byte. */
export interface PostRow {
  seq: number;
  number_id: string;
  body: string;
  due_at: number;
  attempts: number;
  first_at: number;
  message_seqs: string;
}

/** A step that is due, joined with its message. */
export interface DueStep extends Omit<MessageRow, "seq"> {
  step_seq: number;
  message_seq: number;
  kind: PlannedStep["kind"];
  happened_at: number;
  copies: number;
  detail: string | null;
}

/** How many posts to one callback may be under way at once; the events of one user share a lane. */
export const lanes = 4;

/** What will happen, and what waits to be told. Everything that writes belongs inside {@link Store.write}. */
export type Events = ReturnType<typeof openEvents>;

/** Reads and writes the tables `steps`, `outbox` and `posts`. */
export function openEvents(store: Store) {
  return {
    ...openSteps(store),
    ...openOutbox(store),
    ...openPosts(store),
    ...openFetches(store),
  };
}

function openSteps(store: Store) {
  const { db } = store;
  const insert = db.prepare("INSERT INTO steps VALUES (?, ?, ?, ?, ?, ?, ?)");
  const due = db.prepare(
    `SELECT m.*, s.seq AS step_seq, s.message_seq, s.kind, s.happened_at, s.copies, s.detail
     FROM steps s JOIN messages m ON m.seq = s.message_seq
     WHERE s.due_at <= ? ORDER BY s.due_at, s.seq LIMIT ?`,
  );
  const remove = db.prepare("DELETE FROM steps WHERE seq = ?");
  const next = db.prepare("SELECT min(due_at) AS due_at FROM steps");
  const hasRead = db.prepare("SELECT 1 FROM steps WHERE message_seq = ? AND kind = 'read'");
  return {
    insertSteps(messageSeq: number, steps: PlannedStep[], now: number): void {
      for (const step of steps) {
        insert.run(
          store.nextSequence(),
          now + step.dueInMs,
          messageSeq,
          step.kind,
          now + step.happenedInMs,
          step.copies,
          step.failure === undefined ? null : JSON.stringify(step.failure),
        );
      }
    },
    listDueSteps: (now: number, limit: number) => due.all(now, limit) as unknown as DueStep[],
    removeStep: (seq: number) => remove.run(seq),
    findNextStepDue(): number | null {
      return (next.get()?.due_at as number | null | undefined) ?? null;
    },
    willBeRead: (messageSeq: number) => hasRead.get(messageSeq) !== undefined,
  };
}

function openOutbox(store: Store) {
  const { db } = store;
  const insert = db.prepare("INSERT INTO outbox VALUES (?, ?, ?, ?, ?, ?, ?)");
  const due = db.prepare(
    "SELECT * FROM outbox WHERE number_id = ? AND lane = ? AND due_at <= ? ORDER BY due_at, seq LIMIT ?",
  );
  const remove = db.prepare("DELETE FROM outbox WHERE seq = ?");
  const count = db.prepare(
    "SELECT (SELECT count(*) FROM outbox) + (SELECT count(*) FROM posts) AS waiting",
  );
  const any = db.prepare("SELECT 1 FROM outbox LIMIT 1");
  return {
    insertOutbox(entry: OutboxEntry): void {
      insert.run(
        store.nextSequence(),
        entry.numberId,
        laneOf(entry.orderKey),
        entry.dueAt,
        entry.kind,
        entry.json,
        entry.messageSeq ?? null,
      );
    },
    listDueOutbox: (query: { numberId: string; lane: number; now: number; limit: number }) =>
      due.all(query.numberId, query.lane, query.now, query.limit) as unknown as OutboxRow[],
    removeOutbox(rows: OutboxRow[]): void {
      for (const row of rows) remove.run(row.seq);
    },
    hasOutbox: () => any.get() !== undefined,
    /** Events that no callback has taken yet. */
    countWaiting: () => Number(count.get()?.waiting ?? 0),
  };
}

function openPosts(store: Store) {
  const { db } = store;
  const insert = db.prepare("INSERT INTO posts VALUES (?, ?, ?, ?, ?, ?, ?)");
  const due = db.prepare("SELECT * FROM posts WHERE due_at <= ? ORDER BY due_at, seq LIMIT ?");
  const postpone = db.prepare("UPDATE posts SET due_at = ?, attempts = attempts + 1 WHERE seq = ?");
  const remove = db.prepare("DELETE FROM posts WHERE seq = ?");
  const next = db.prepare("SELECT min(due_at) AS due_at FROM posts");
  const hasten = db.prepare("UPDATE posts SET due_at = ? WHERE due_at > ?");
  return {
    insertPost(post: Omit<PostRow, "seq">): void {
      insert.run(
        store.nextSequence(),
        post.number_id,
        post.body,
        post.due_at,
        post.attempts,
        post.first_at,
        post.message_seqs,
      );
    },
    listDuePosts: (now: number, limit: number) => due.all(now, limit) as unknown as PostRow[],
    postponePost: (seq: number, dueAt: number) => postpone.run(dueAt, seq),
    removePost: (seq: number) => remove.run(seq),
    /** Whatever waits is due at `now`. */
    hastenPosts: (now: number) => hasten.run(now, now),
    findNextPostDue(): number | null {
      return (next.get()?.due_at as number | null | undefined) ?? null;
    },
  };
}

function laneOf(key: string): number {
  let hash = 0;
  for (let index = 0; index < key.length; index++) hash = (hash * 31 + key.charCodeAt(index)) | 0;
  return Math.abs(hash) % lanes;
}
