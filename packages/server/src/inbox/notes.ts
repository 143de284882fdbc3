import { AppError } from "../platform/app-error.ts";
import { type Transaction, withTransaction } from "../storage/connect.ts";
import {
  deleteMentionsOf,
  findNoteByKey,
  insertNote,
  lockNote,
  putMentions,
  updateNote,
} from "../storage/notes.ts";
import type { NoteRow } from "../storage/thread-items.ts";
import { changeLocked, checkPeople, type Happening } from "./change-locked.ts";
import type { Agent, AgentAct, InboxDeps } from "./inbox-deps.ts";

/** A note that somebody writes. */
export interface NewNote extends AgentAct {
  /** The page's own mark: the same within an hour is the same note. */
  key: string | undefined;
  text: string;
  mentions: readonly string[];
}

const SAME_KEY_MS = 3_600_000;

/** Writes a note; whoever is mentioned finds the conversation among their mentions. Answers the note's id. Safe to repeat. */
export async function addNote(deps: InboxDeps, note: NewNote): Promise<string> {
  let id = "";
  await changeLocked(deps, note, async (sql) => {
    const written = await writeNote(sql, deps, note);
    id = written.id;
    return written.isNew ? [written.happening] : [];
  });
  return id;
}

/** Writes a note of a conversation that is locked. */
export async function writeNote(
  sql: Transaction,
  deps: InboxDeps,
  note: NewNote,
): Promise<{ id: string; isNew: boolean; happening: Happening }> {
  const { accountId, conversationId, userId, key, text, mentions } = note;
  const nowMs = deps.clock.now();
  await checkPeople(sql, accountId, { path: "mentions", ids: mentions });
  const made = deps.ids.next(nowMs);
  // The page's mark lives on in the random end of the id: nothing more needs to be kept.
  const id = key === undefined ? made : made.slice(0, 19) + key.slice(19);
  const sinceMs = nowMs - SAME_KEY_MS;
  const known = key && (await findNoteByKey(sql, { ...note, key, sinceMs }));
  const row: NoteRow = {
    ...{ id: known || id, conversationId, authorId: userId, body: text },
    ...{ mentions: [...new Set(mentions)], editedAt: null, deletedAt: null },
  };
  const happening: Happening = {
    kind: "note.added",
    data: { noteId: row.id, mentions: row.mentions },
  };
  if (known) return { id: row.id, isNew: false, happening };
  await insertNote(sql, accountId, row);
  await mention(sql, accountId, row);
  return { id: row.id, isNew: true, happening };
}

/** Changes a note of one's own. */
export function changeNote(
  deps: InboxDeps,
  act: Agent & { noteId: string; text: string; mentions: readonly string[] },
): Promise<void> {
  const { accountId, userId, text } = act;
  return withNote(deps, act, async (sql, note) => {
    if (note.authorId !== userId) throw new AppError("forbidden", "The note is somebody else's.");
    const mentions = [...new Set(act.mentions)];
    await checkPeople(sql, accountId, { path: "mentions", ids: mentions });
    const next = { ...note, body: text, mentions, editedAt: new Date(deps.clock.now()) };
    await updateNote(sql, accountId, next);
    const added = mentions.filter((one) => !note.mentions.includes(one));
    await mention(sql, accountId, { ...next, mentions: added });
    return { kind: "note.changed", data: { noteId: note.id, mentions: added } };
  });
}

/** Deletes a note: its words go, and a line says that it was there. */
export function deleteNote(
  deps: InboxDeps,
  act: Agent & { noteId: string; maySupervise: boolean },
): Promise<void> {
  const { accountId, userId, maySupervise } = act;
  return withNote(deps, act, async (sql, note) => {
    if (note.authorId !== userId && !maySupervise) {
      throw new AppError("forbidden", "The note is somebody else's.");
    }
    const deletedAt = new Date(deps.clock.now());
    await updateNote(sql, accountId, { ...note, body: "", mentions: [], deletedAt });
    await deleteMentionsOf(sql, accountId, note.id);
    return { kind: "note.deleted", data: { noteId: note.id } };
  });
}

async function withNote(
  deps: InboxDeps,
  { accountId, userId, noteId }: Agent & { noteId: string },
  work: (sql: Transaction, note: NoteRow) => Promise<Happening>,
): Promise<void> {
  // Conversations are held before their notes, by all who hold both.
  const note = await withTransaction(deps.pool, (sql) => lockNote(sql, accountId, noteId));
  if (!note) throw new AppError("not_found", "There is no such note.");
  const { conversationId } = note;
  await changeLocked(deps, { accountId, userId, conversationId }, async (sql) => {
    const held = await lockNote(sql, accountId, noteId);
    if (!held || held.deletedAt !== null) {
      throw new AppError("not_found", "There is no such note.");
    }
    return [await work(sql, held)];
  });
}

async function mention(sql: Transaction, accountId: string, note: NoteRow): Promise<void> {
  const others = note.mentions.filter((id) => id !== note.authorId);
  const { id: noteId, conversationId } = note;
  if (others.length > 0)
    await putMentions(sql, accountId, { noteId, conversationId, userIds: others });
}
