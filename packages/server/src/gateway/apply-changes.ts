import type { WebhookEvent } from "@recado/contract/webhook-payloads";
import type { Directory } from "../accounts/directory.ts";
import type { WantedTransfer } from "../domain/ledger.ts";
import { advanceMessage, type MessageChange } from "../domain/message-status.ts";
import {
  makeDeliveredBody,
  makeFailedBody,
  makeReadBody,
  makeSentBody,
} from "../domain/webhook-body.ts";
import type { IdMaker } from "../platform/ids.ts";
import type { Transaction } from "../storage/connect.ts";
import { insertDeliveries } from "../storage/deliveries.ts";
import { findProjectEndpoints } from "../storage/endpoints.ts";
import { insertEvents, type NewEvent } from "../storage/events.ts";
import { type LockedMessage, lockMessages, updateMessageStates } from "../storage/messages.ts";
import { postTransfers } from "../wallet/post.ts";

/** A change and the message it concerns. */
export interface WantedChange {
  messageId: string;
  change: MessageChange;
}

/** What applying changes needs. */
export interface ApplyDeps {
  directory: Directory;
  ids: IdMaker;
}

/** How it went. */
export interface ApplyReport {
  /** Messages that there are none of. */
  missing: string[];
  /** Webhooks that were put on their way. */
  deliveries: number;
}

/**
 * Follows up on what happened to messages of one account, in the caller's transaction: new states, money
 * back or taken again, events, and webhooks on their way, all together or not at all. Changes of one
 * message are applied in the order given. Safe to repeat.
 */
export async function applyChanges(
  sql: Transaction,
  deps: ApplyDeps,
  wanted: { accountId: string; changes: readonly WantedChange[]; nowMs: number },
): Promise<ApplyReport> {
  const ids = [...new Set(wanted.changes.map((change) => change.messageId))];
  const messages = new Map(
    (await lockMessages(sql, wanted.accountId, ids)).map((message) => [message.id, message]),
  );
  const outcome = decideAll(messages, wanted.changes);
  await updateMessageStates(sql, [...outcome.changed]);
  await postTransfers(sql, outcome.transfers, new Date(wanted.nowMs));
  const events = outcome.steps.map(({ message, event }) =>
    toEvent(message, event, () => deps.ids.next(wanted.nowMs)),
  );
  const seqs = await insertEvents(sql, events);
  const told = outcome.steps.flatMap((step, index) =>
    step.tell ? [{ ...step, tell: step.tell, seq: seqs[index] ?? 0n }] : [],
  );
  const deliveries = await tellIntegrators(sql, deps, { ...wanted, told });
  return { missing: ids.filter((id) => !messages.has(id)), deliveries };
}

interface Step {
  message: LockedMessage;
  event: { kind: string; atMs: number; data: Record<string, string> | null };
  tell: "sent" | "delivered" | "read" | "failed" | null;
}

function decideAll(messages: Map<string, LockedMessage>, changes: readonly WantedChange[]) {
  const changed = new Set<LockedMessage>();
  const transfers: WantedTransfer[] = [];
  const steps: Step[] = [];
  for (const { messageId, change } of changes) {
    const message = messages.get(messageId);
    if (!message) continue;
    const { next, event, tell, money } = advanceMessage(message.state, change);
    if (!event) continue;
    message.state = next;
    changed.add(message);
    steps.push({ message: { ...message }, event, tell });
    if (money === null) continue;
    transfers.push({ accountId: message.accountId, causeId: messageId, kind: money, amount: 0n });
    const data = { kind: money };
    steps.push({ message, event: { kind: "money", atMs: event.atMs, data }, tell: null });
  }
  return { changed, transfers, steps };
}

function toEvent(message: LockedMessage, event: Step["event"], nextId: () => string): NewEvent {
  return {
    accountId: message.accountId,
    id: nextId(),
    kind: event.kind,
    messageId: message.id,
    projectId: message.projectId,
    at: new Date(event.atMs),
    data: event.data,
  };
}

interface Telling {
  accountId: string;
  nowMs: number;
  told: readonly (Step & { tell: WebhookEvent; seq: bigint })[];
}

async function tellIntegrators(
  sql: Transaction,
  deps: ApplyDeps,
  { accountId, nowMs, told }: Telling,
): Promise<number> {
  if (told.length === 0) return 0;
  const projectIds = new Set(told.map((step) => step.message.projectId));
  const keys = [...projectIds].map((projectId) => ({ accountId, projectId }));
  const endpoints = await findProjectEndpoints(sql, keys);
  if (endpoints.length === 0) return 0;
  const snapshot = (await deps.directory.snapshots(sql, [accountId])).get(accountId);
  const rows = told.flatMap((step) =>
    endpoints
      .filter((endpoint) => endpoint.projectId === step.message.projectId)
      .filter((endpoint) => endpoint.events?.includes(step.tell) ?? true)
      .map((endpoint) => ({
        accountId,
        id: deps.ids.next(nowMs),
        endpointId: endpoint.id,
        seq: step.seq,
        kind: step.tell,
        orderKey: step.message.id,
        messageId: step.message.id,
        body: formatBody(step, snapshot?.projects.get(step.message.projectId)?.timeZone),
        at: new Date(nowMs),
      })),
  );
  await insertDeliveries(sql, rows);
  return rows.length;
}

function formatBody({ message, event, tell }: Step, timeZone = "America/Bogota"): string {
  const { code, reason, providerMessageId } = message.state;
  const facts = {
    messageId: message.id,
    whatsappId: providerMessageId ?? "",
    at: new Date(event.atMs),
    timeZone,
  };
  switch (tell) {
    case "failed":
      return JSON.stringify(
        makeFailedBody({ messageId: message.id, code: code ?? "402", reason: reason ?? "" }),
      );
    case "read":
      return JSON.stringify(makeReadBody(facts));
    case "delivered":
      return JSON.stringify(makeDeliveredBody(facts));
    default:
      return JSON.stringify(makeSentBody(facts));
  }
}
