import type { MessageItem } from "../domain/inbound.ts";
import { readRatingId } from "../domain/rating-question.ts";
import type { IdMaker } from "../platform/ids.ts";
import type { Transaction } from "../storage/connect.ts";
import type { ContactEvent } from "../storage/contact-events.ts";
import {
  extendWindow,
  findCommentHours,
  lockOpenRating,
  type OpenRating,
  updateComment,
  updateScore,
} from "../storage/ratings.ts";
import { makeContactEvent } from "./contact-events.ts";

/*
 * A person who answers the question how it was says nothing that anybody must answer: the answer is written down and opens no
 * conversation. Only a first word to a channel on which the person has nothing open is looked at.
 */

/** A person's word, and whose it is. */
export interface SaidAfterEnd {
  accountId: string;
  contactId: string;
  channelId: string;
  item: MessageItem;
  windowExpiresAt: Date;
  nowMs: number;
}

/** What became of it: the conversation that it is about, and what happened. */
export interface NotedRating {
  conversationId: string;
  events: ContactEvent[];
}

const HOUR_MS = 3_600_000;
const COMMENT_LENGTH_MAX = 2_000;
/** What was never set is one hour. */
const COMMENT_HOURS = 1;

/** Notes a score or its comment; null when it is neither. */
export async function noteRating(
  sql: Transaction,
  ids: IdMaker,
  said: SaidAfterEnd,
): Promise<NotedRating | null> {
  const { accountId, contactId, channelId, item, nowMs } = said;
  if (!SAYING.includes(item.type)) return null;
  const now = new Date(nowMs);
  const open = await lockOpenRating(sql, { accountId, contactId, channelId, now });
  if (open === null) return null;
  const score = readScore(item, open);
  const events: ContactEvent[] = [];
  if (score !== null) {
    const hours = (await findCommentHours(sql, accountId, open.projectId)) ?? COMMENT_HOURS;
    const commentUntil = hours === 0 ? null : new Date(nowMs + hours * HOUR_MS);
    await updateScore(sql, { accountId, ...open }, { score, at: now, commentUntil });
    events.push(makeRated(ids, said, { open, score }));
  } else if (open.takesComment && item.text.trim() !== "") {
    await updateComment(sql, { accountId, id: open.id }, item.text.slice(0, COMMENT_LENGTH_MAX));
  } else return null;
  await extendWindow(sql, { accountId, ...open }, said.windowExpiresAt);
  return { conversationId: open.conversationId, events };
}

/** Kinds of messages in which something is said: what is tapped, and what is written. */
const SAYING = ["interactive", "button", "text"];

function readScore(item: MessageItem, open: OpenRating): number | null {
  const choice = readRatingId(item.content?.choice?.id ?? null);
  if (choice !== null) return choice.ratingId === open.id && open.takesScore ? choice.score : null;
  const written = /^\s*([1-5])\s*$/u.exec(item.text)?.[1];
  return open.takesScore && written !== undefined ? Number(written) : null;
}

function makeRated(
  ids: IdMaker,
  { accountId, contactId, nowMs }: SaidAfterEnd,
  { open, score }: { open: OpenRating; score: number },
): ContactEvent {
  const { conversationId, projectId, userId, id: ratingId } = open;
  return makeContactEvent(ids, {
    ...{ accountId, projectId, contactIds: [contactId], atMs: nowMs },
    kind: "conversation.rated",
    data: { conversationId, contactId, ratingId, rating: score, ofUserId: userId, by: "person" },
  });
}
