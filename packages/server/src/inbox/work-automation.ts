import type { Directory } from "../accounts/directory.ts";
import { findClosing, isOpenAt } from "../domain/business-hours.ts";
import { readWish } from "../domain/limits.ts";
import { makeRatingQuestion } from "../domain/rating-question.ts";
import type { WorkEvent } from "../domain/work-facts.ts";
import type { IdMaker } from "../platform/ids.ts";
import {
  type AutoMessage,
  findEnded,
  findSaid,
  insertAutoMessages,
  insertAway,
  type SaidRow,
} from "../storage/auto-messages.ts";
import type { Transaction } from "../storage/connect.ts";
import { insertRating, wasAsked } from "../storage/ratings.ts";
import { listWorkSettings, type WorkSettingsRow } from "../storage/work-settings.ts";
import { readHours, readWork } from "./work-settings.ts";

/*
 * What is said without anybody: that nobody is there, the question how it was, and thanks. It is decided in the transaction that
 * notes how far the log was followed, so each event decides once, whatever dies; a lane says it afterwards under a key.
 */

/** What deciding needs. */
export interface AutomationDeps {
  directory: Directory;
  ids: IdMaker;
}

/** A followed event, with the message that it is about. */
export type HeardEvent = WorkEvent & { messageId: string | null; ended: boolean };

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** What happened longer ago is history: nothing is said about it any more. */
const FRESH_MS = 15 * MINUTE_MS;
/** What is not said by then would come too late to be understood. */
const SAID_WITHIN_MS = 10 * MINUTE_MS;

/** Writes down what is to be said about a batch of events; answers how much. */
export async function planAutoMessages(
  sql: Transaction,
  deps: AutomationDeps,
  batch: { accountId: string; events: readonly HeardEvent[]; nowMs: number },
): Promise<number> {
  const { accountId, nowMs } = batch;
  const events = batch.events.filter(({ at }) => nowMs - at.getTime() < FRESH_MS);
  if (events.length === 0) return 0;
  const settings = await listWorkSettings(sql, accountId);
  if (settings.every(({ set }) => !set?.away.enabled && !set?.rating.enabled)) return 0;
  const plan = { ...batch, events, settings: new Map(settings.map((row) => [row.projectId, row])) };
  const messages = [
    ...(await planAway(sql, deps, plan)),
    ...(await planRatings(sql, deps, plan)),
    ...(await planThanks(sql, deps, plan)),
  ];
  await insertAutoMessages(sql, messages, new Date(nowMs));
  return messages.length;
}

interface Plan {
  accountId: string;
  events: readonly HeardEvent[];
  settings: ReadonlyMap<string, WorkSettingsRow>;
  nowMs: number;
}

async function planAway(
  sql: Transaction,
  deps: AutomationDeps,
  plan: Plan,
): Promise<AutoMessage[]> {
  const { accountId, events, settings, nowMs } = plan;
  const heard = events.flatMap((event) => {
    const row = settings.get(event.projectId);
    const work = row && readWork(row);
    if (event.kind !== "reply" || event.ended || !row || !work?.away.enabled) return [];
    const zoned = readHours(row);
    const atMs = event.at.getTime();
    if (isOpenAt(zoned, atMs)) return [];
    return [{ event, body: work.away.text, closedAt: new Date(findClosing(zoned, atMs)) }];
  });
  if (heard.length === 0) return [];
  const ids = heard.flatMap(({ event }) => event.messageId ?? []);
  const said = new Map((await findSaid(sql, accountId, ids)).map((row) => [row.id, row]));
  const rules = (await deps.directory.snapshots(sql, [accountId])).get(accountId)?.limits
    .optOutRules;
  const messages: AutoMessage[] = [];
  for (const { event, body, closedAt } of heard) {
    const { conversationId, projectId } = event;
    const word = said.get(event.messageId ?? "");
    if (!word || !asksForAnswer(word) || readWish(word.body, rules?.get(projectId)) !== null)
      continue;
    if (!(await insertAway(sql, { accountId, id: conversationId }, closedAt))) continue;
    messages.push({
      ...{ accountId, id: deps.ids.next(nowMs), kind: "away", conversationId, projectId },
      ...{
        mobile: word.mobile,
        body,
        interactive: null,
        expiresAt: new Date(nowMs + SAID_WITHIN_MS),
      },
    });
  }
  return messages;
}

async function planRatings(
  sql: Transaction,
  deps: AutomationDeps,
  plan: Plan,
): Promise<AutoMessage[]> {
  const { accountId, events, settings, nowMs } = plan;
  const messages: AutoMessage[] = [];
  for (const { kind, conversationId, projectId, byUserId } of events) {
    const row = settings.get(projectId);
    const rating = row && readWork(row).rating;
    if (kind !== "conversation.resolved" || !rating?.enabled) continue;
    const ended = await findEnded(sql, accountId, conversationId);
    if (!ended || !isMobile(ended.mobile) || ended.windowExpiresAt.getTime() <= nowMs) continue;
    if (await wasAsked(sql, { accountId, id: conversationId }, new Date(nowMs - DAY_MS))) continue;
    const id = deps.ids.next(nowMs);
    await insertRating(sql, {
      ...{ accountId, id, conversationId, projectId, channelId: ended.channelId },
      ...{ userId: ended.assigneeId ?? byUserId, teamId: ended.teamId, askedAt: new Date(nowMs) },
      answerUntil: new Date(nowMs + rating.answer_within_h * HOUR_MS),
    });
    const question = rating.question.trim() === "" ? DEFAULT_QUESTION : rating.question;
    messages.push({
      ...{ accountId, id, kind: "rating", conversationId, projectId, mobile: ended.mobile },
      ...{ body: question, interactive: makeRatingQuestion(id, question) },
      expiresAt: new Date(nowMs + SAID_WITHIN_MS),
    });
  }
  return messages;
}

async function planThanks(
  sql: Transaction,
  deps: AutomationDeps,
  plan: Plan,
): Promise<AutoMessage[]> {
  const { accountId, events, settings, nowMs } = plan;
  const messages: AutoMessage[] = [];
  for (const { kind, conversationId, projectId } of events) {
    const row = settings.get(projectId);
    const thanks = row && readWork(row).rating.thanks;
    if (kind !== "conversation.rated" || !thanks || thanks.trim() === "") continue;
    const ended = await findEnded(sql, accountId, conversationId);
    if (!ended || !isMobile(ended.mobile)) continue;
    messages.push({
      ...{ accountId, id: deps.ids.next(nowMs), kind: "thanks", conversationId, projectId },
      ...{ mobile: ended.mobile, body: thanks, interactive: null },
      expiresAt: new Date(nowMs + SAID_WITHIN_MS),
    });
  }
  return messages;
}

const DEFAULT_QUESTION = "¿Cómo le pareció la atención?";

/** A tap on an emoji, or what WhatsApp itself tells, waits for nobody. */
function asksForAnswer({ kind, mobile }: SaidRow): boolean {
  return kind !== "reaction" && kind !== "system" && kind !== "unsupported" && isMobile(mobile);
}

/** Whoever hides the number cannot be written to. */
function isMobile(address: string | null): address is string {
  return address !== null && /^\d+$/u.test(address);
}
