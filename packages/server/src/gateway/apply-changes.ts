import type { Directory } from "../accounts/directory.ts";
import { type AccountSnapshot, findTemplateById } from "../domain/account-snapshot.ts";
import { isErasedMobile } from "../domain/erased.ts";
import { type EventSubject, wantsEvent } from "../domain/event-filter.ts";
import type { PlannedTransfer, WantedTransfer } from "../domain/ledger.ts";
import { isMessageNews, type MessageNews, makeMessageBody } from "../domain/message-news.ts";
import { advanceMessage, type MessageChange } from "../domain/message-status.ts";
import type { IdMaker } from "../platform/ids.ts";
import type { MeteredMoney } from "../platform/metrics.ts";
import { afterCommit, type Transaction } from "../storage/connect.ts";
import { insertDeliveries, type NewDelivery } from "../storage/deliveries.ts";
import { findAccountEndpoints, type ProjectEndpoint } from "../storage/endpoints.ts";
import { insertEvents, type NewEvent } from "../storage/events.ts";
import { type LockedMessage, lockMessages, updateMessageStates } from "../storage/messages.ts";
import { postTransfers } from "../wallet/post.ts";
import { type Correction, correctLimits } from "./correct-limits.ts";

/** A change and the message it concerns. */
export interface WantedChange {
  messageId: string;
  change: MessageChange;
}

/** What applying changes needs. */
export interface ApplyDeps {
  directory: Directory;
  ids: IdMaker;
  /** Told of money given back or taken again, once its transaction is committed. */
  onMoney?(money: MeteredMoney): void;
}

/** How it went, and how it ends. */
export interface Applied {
  /** Messages that there are none of. */
  missing: string[];
  /** Webhooks that will be on their way. */
  deliveries: number;
  /**
   * Sends the last statements: events and deliveries. The account's event counter is locked from here to
   * the commit, and all that happens to the account waits for it: call it as the very last, and let the
   * commit leave in the same turn.
   */
  finish(): Promise<unknown>[];
}

/**
 * Follows up on what happened to messages of one account, in the caller's transaction: new states, money
 * back or taken again, events, and webhooks on their way, all together or not at all. Changes of one
 * message are applied in the order given. Nothing is told before `finish`. Safe to repeat.
 */
export async function applyChanges(
  sql: Transaction,
  deps: ApplyDeps,
  wanted: { accountId: string; changes: readonly WantedChange[]; nowMs: number },
): Promise<Applied> {
  const { accountId, nowMs } = wanted;
  const ids = [...new Set(wanted.changes.map((change) => change.messageId))];
  // Three questions that need not wait for one another.
  const [locked, endpoints, snapshots] = await Promise.all([
    lockMessages(sql, accountId, ids),
    findAccountEndpoints(sql, accountId),
    deps.directory.snapshots(sql, [accountId]),
  ]);
  const messages = new Map(locked.map((message) => [message.id, message]));
  const outcome = decideAll(messages, wanted.changes);
  const events = outcome.steps.map((step) => toEvent(step, () => deps.ids.next(nowMs)));
  const told = outcome.steps.flatMap((step, index) =>
    step.tell ? [{ ...step, tell: step.tell, eventId: events[index]?.id ?? "" }] : [],
  );
  const snapshot = snapshots.get(accountId);
  const rows = planDeliveries(deps, { accountId, nowMs, told, endpoints, snapshot });
  const updated = updateMessageStates(sql, [...outcome.changed]);
  updated.catch(() => {});
  const posted = await postTransfers(sql, outcome.transfers, new Date(nowMs));
  const corrected = correctLimits(sql, {
    ...{ accountId, capped: snapshot?.limits.capped ?? false },
    corrections: outcome.corrections.filter((_, index) => posted.results[index] === "done"),
  });
  return {
    missing: ids.filter((id) => !messages.has(id)),
    deliveries: rows.length,
    finish() {
      if (posted.moved.length > 0) {
        afterCommit(sql, () => tellMoney(deps, posted.moved, snapshot));
      }
      return [updated, ...corrected, insertEvents(sql, events), insertDeliveries(sql, rows)];
    },
  };
}

function tellMoney(
  deps: ApplyDeps,
  moved: readonly PlannedTransfer[],
  snapshot: AccountSnapshot | undefined,
): void {
  for (const { kind, amount } of snapshot && deps.onMoney ? moved : []) {
    if (kind !== "refund" && kind !== "refund-reversal") continue;
    deps.onMoney?.({ movement: kind, currency: snapshot?.currency ?? "", amount });
  }
}

interface Step {
  message: LockedMessage;
  event: { kind: string; atMs: number; data: Record<string, string> | null };
  tell: "sent" | "delivered" | "read" | "failed" | null;
}

function decideAll(messages: Map<string, LockedMessage>, changes: readonly WantedChange[]) {
  const changed = new Set<LockedMessage>();
  const transfers: WantedTransfer[] = [];
  const corrections: Correction[] = [];
  const steps: Step[] = [];
  for (const { messageId, change } of changes) {
    const message = messages.get(messageId);
    if (!message) continue;
    const { next, event, tell, money } = advanceMessage(message.state, change);
    if (!event) continue;
    const before = message.state.status;
    message.state = next;
    if ("to" in change && change.to) message.channelId = change.to.channelId;
    changed.add(message);
    // Of a person whose data were erased nothing is told any more, and nothing noted but the step itself.
    const isErased = isErasedMobile(message.mobile);
    const step = isErased ? { event: { ...event, data: null }, tell: null } : { event, tell };
    steps.push({ message: { ...message }, ...step });
    if (money === null) continue;
    transfers.push({ accountId: message.accountId, causeId: messageId, kind: money, amount: 0n });
    const ended = (money === "refund" ? next.status : before) === "failed" ? "failed" : "cancelled";
    const sign = money === "refund" ? -1 : 1;
    corrections.push({ messageId, campaignId: message.campaignId, ended, sign });
    const data = { kind: money };
    steps.push({ message, event: { kind: "money", atMs: event.atMs, data }, tell: null });
  }
  return { changed, transfers, corrections, steps };
}

function toEvent({ message, event, tell }: Step, nextId: () => string): NewEvent {
  return {
    accountId: message.accountId,
    id: nextId(),
    kind: event.kind,
    messageId: message.id,
    projectId: message.projectId,
    at: new Date(event.atMs),
    data: isQuiet(event, tell) ? { ...event.data, quiet: "true" } : event.data,
  };
}

/** Whether an event is of a kind that is told, and came too late to be: those who pull pass over it as well. */
function isQuiet(event: Step["event"], tell: Step["tell"]): boolean {
  return tell === null && isMessageNews(event.kind);
}

interface Telling {
  accountId: string;
  nowMs: number;
  told: readonly (Step & { tell: MessageNews; eventId: string })[];
  endpoints: readonly ProjectEndpoint[];
  snapshot: AccountSnapshot | undefined;
}

function planDeliveries(deps: ApplyDeps, telling: Telling): NewDelivery[] {
  const { accountId, nowMs, told, endpoints, snapshot } = telling;
  return told.flatMap((step) => {
    const subject = { kind: step.tell, ...findSubject(snapshot, step.message) };
    return endpoints
      .filter((endpoint) => endpoint.projectId === step.message.projectId)
      .filter((endpoint) => wantsEvent(endpoint, subject))
      .map((endpoint) => ({
        accountId,
        id: deps.ids.next(nowMs),
        endpointId: endpoint.id,
        seq: null,
        eventId: step.eventId,
        kind: step.tell,
        orderKey: step.message.id,
        messageId: step.message.id,
        body: formatBody(step, snapshot?.projects.get(step.message.projectId)?.timeZone),
        at: new Date(nowMs),
      }));
  });
}

/** What endpoints can ask for, of a message. */
export function findSubject(
  snapshot: AccountSnapshot | undefined,
  message: { channelId: string; templateId: string | null },
): Pick<EventSubject, "officialNumber" | "template"> {
  const { channelId, templateId } = message;
  const officialNumber = snapshot?.channels.get(channelId)?.officialNumber ?? null;
  const template = snapshot ? findTemplateById(snapshot, templateId) : null;
  return { officialNumber, template };
}

function formatBody({ message, event, tell }: Telling["told"][number], timeZone?: string): string {
  const { code, reason, providerMessageId } = message.state;
  const whatsappId = event.data?.whatsappId ?? providerMessageId ?? "";
  const facts = { messageId: message.id, whatsappId, at: new Date(event.atMs), timeZone };
  return JSON.stringify(makeMessageBody(tell, { ...facts, code, reason }));
}
