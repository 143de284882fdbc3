import type { Directory } from "../accounts/directory.ts";
import type { AccountSnapshot } from "../domain/account-snapshot.ts";
import type { MessageItem, PreferenceItem } from "../domain/inbound.ts";
import { readWish } from "../domain/limits.ts";
import type { IdMaker } from "../platform/ids.ts";
import { type NewAccountEvent, prepareAccountEvents } from "../storage/account-events.ts";
import type { Transaction } from "../storage/connect.ts";
import type { NumberOwner } from "../storage/inbound.ts";
import {
  endOptOut,
  findProjectOfMessage,
  findProjectsOfChannel,
  insertOptOuts,
  insertReplies,
  noteOptIn,
  type OptOutSource,
  type Person,
} from "../storage/opt-outs.ts";
import { makeInboundId } from "./receive-messages.ts";
import { type FollowUp, joinFollowUps } from "./receive-statuses.ts";

/*
 * A person who writes nothing but STOP or BAJA, or says so in WhatsApp's own settings, is put on the project's opt-out
 * list; ALTA takes it off. A message's words are looked at in memory; only one that is such a word costs a question.
 */

/** What following persons' wishes needs. */
export interface WishDeps {
  directory: Directory;
  ids: IdMaker;
}

interface Received {
  messages: readonly { owner: NumberOwner; item: MessageItem }[];
  preferences: readonly { owner: NumberOwner; item: PreferenceItem }[];
  nowMs: number;
}

interface Wish extends Person {
  wants: "out" | "in";
  source: OptOutSource;
  at: Date;
  /** What the message with this id is answered; null: nothing. */
  reply: { id: string; body: string } | null;
}

/** Changes the opt-out lists as persons wish, and tells the integrator. Safe to repeat. */
export async function receiveWishes(
  sql: Transaction,
  deps: WishDeps,
  received: Received,
): Promise<FollowUp> {
  const wishes = [
    ...(await readMessageWishes(sql, deps, received)),
    ...(await readPreferenceWishes(sql, received)),
  ];
  const followed: Wish[] = [];
  for (const wish of wishes) {
    if (await followWish(sql, { wish, nowMs: received.nowMs })) followed.push(wish);
  }
  const followUps: FollowUp[] = [];
  const byAccount = Map.groupBy(followed, (wish) => wish.accountId);
  for (const accountId of [...byAccount.keys()].sort()) {
    const events = (byAccount.get(accountId) ?? []).map((wish) => formatWishEvent(wish, wish));
    const { nowMs } = received;
    followUps.push(await prepareAccountEvents(sql, deps, { accountId, nowMs, events }));
  }
  return joinFollowUps(followUps);
}

/** What the integrator is told of a person who was listed, or taken off the list. */
export function formatWishEvent(
  person: Person,
  wish: { wants: "out" | "in"; source: OptOutSource; at: Date; note?: string },
): NewAccountEvent {
  const { mobile, projectId } = person;
  return {
    type: wish.wants === "out" ? "contact.opted_out" : "contact.opted_in",
    subject: mobile,
    projectId,
    at: wish.at,
    data: {
      mobile,
      project_id: projectId,
      source: wish.source,
      ...(wish.note && { note: wish.note }),
      at: wish.at.toISOString(),
    },
  };
}

async function readMessageWishes(
  sql: Transaction,
  deps: WishDeps,
  { messages }: Received,
): Promise<Wish[]> {
  const wishes: Wish[] = [];
  for (const { owner, item } of messages) {
    const mobile = item.from ?? item.userId;
    if (mobile === null || item.text === "") continue;
    const { accountId } = owner;
    const snapshot = await findSnapshot(sql, deps, accountId);
    const rules = snapshot?.limits.optOutRules;
    const mayBe = [undefined, ...(rules?.values() ?? [])].some((each) => readWish(item.text, each));
    if (!mayBe) continue;
    const message = { accountId, id: makeInboundId(owner, item) };
    const projectId = await findProjectOfMessage(sql, message);
    if (projectId === null) continue;
    const rule = rules?.get(projectId);
    const wants = readWish(item.text, rule);
    if (wants === null) continue;
    const body = (wants === "out" ? rule?.outReply : rule?.inReply) ?? null;
    const person = { accountId, projectId, mobile };
    const reply = body === null ? null : { id: message.id, body };
    wishes.push({ ...person, wants, source: "word", at: item.at, reply });
  }
  return wishes;
}

/** A number may serve several projects; the person means the number. */
async function readPreferenceWishes(sql: Transaction, { preferences }: Received): Promise<Wish[]> {
  const wishes: Wish[] = [];
  for (const { owner, item } of preferences) {
    const { accountId, channelId } = owner;
    for (const projectId of await findProjectsOfChannel(sql, accountId, channelId)) {
      const wants = item.marketing === "stop" ? "out" : "in";
      const person = { accountId, projectId, mobile: item.mobile };
      const about = {
        wants,
        source: "whatsapp",
        at: item.at,
        reply: null,
      } as const;
      wishes.push({ ...person, ...about });
    }
  }
  return wishes;
}

/** Whether it changed anything. */
async function followWish(
  sql: Transaction,
  { wish, nowMs }: { wish: Wish; nowMs: number },
): Promise<boolean> {
  const { accountId, projectId, mobile, source, at, reply } = wish;
  const person = { accountId, projectId, mobile };
  const now = new Date(nowMs);
  const changed =
    wish.wants === "out"
      ? (await insertOptOuts(sql, [{ ...person, source, note: "", createdAt: at }], now)).length > 0
      : // What somebody said to the project itself is not undone by a switch in WhatsApp's settings.
        await endOptOut(sql, person, { at, sources: source === "whatsapp" ? [source] : null });
  if (!changed && wish.wants === "in" && source === "word") await noteOptIn(sql, person, at);
  if (changed && reply !== null) {
    await insertReplies(sql, [{ ...person, ...reply }], now);
  }
  return changed;
}

async function findSnapshot(
  sql: Transaction,
  deps: WishDeps,
  accountId: string,
): Promise<AccountSnapshot | undefined> {
  return (await deps.directory.snapshots(sql, [accountId])).get(accountId);
}
