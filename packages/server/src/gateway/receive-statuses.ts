import type { StatusItem } from "../domain/inbound.ts";
import type { MessageChange } from "../domain/message-status.ts";
import { isUuid } from "../platform/ids.ts";
import type { Transaction } from "../storage/connect.ts";
import { insertParked, type ParkedStatus } from "../storage/inbound.ts";
import { findMessagesByProvider } from "../storage/messages.ts";
import { askForTemplatesOfMessages } from "../storage/template-reads.ts";
import { type Applied, type ApplyDeps, applyChanges, type WantedChange } from "./apply-changes.ts";
import { isTemplateStale } from "./stale-template.ts";

/** A status and the account that it concerns. */
export interface OwnedStatus {
  accountId: string;
  item: StatusItem;
  /** Set for one that waited already. */
  parkedAt: Date | null;
}

/** What is told at the very end of a transaction, see `applyChanges`. */
export type FollowUp = Pick<Applied, "deliveries" | "finish">;

/** Several of them as one. */
export function joinFollowUps(followUps: readonly FollowUp[]): FollowUp {
  return {
    deliveries: followUps.reduce((sum, one) => sum + one.deliveries, 0),
    finish: () => followUps.flatMap((one) => one.finish()),
  };
}

/** A status that nobody knows is given up after this; providers repeat for seven days themselves. */
const PARKED_AGE_MAX_MS = 7 * 86_400_000;
const PARKED_FIRST_MS = 1_000;

/**
 * Applies statuses, all of an account at once, in the order given. One whose message is not known (yet)
 * is parked.
 */
export async function receiveStatuses(
  sql: Transaction,
  deps: ApplyDeps,
  given: { statuses: readonly OwnedStatus[]; nowMs: number },
): Promise<FollowUp> {
  const followUps: FollowUp[] = [];
  const byAccount = Map.groupBy(given.statuses, (status) => status.accountId);
  // One order for all who lock several accounts.
  for (const accountId of [...byAccount.keys()].sort()) {
    const statuses = byAccount.get(accountId) ?? [];
    const { changes, homeless } = await findMessages(sql, {
      accountId,
      statuses,
      nowMs: given.nowMs,
    });
    const report = await applyChanges(sql, deps, { accountId, changes, nowMs: given.nowMs });
    const missing = new Set(report.missing);
    const unknown = changes.filter((change) => missing.has(change.messageId));
    const statusless = [...homeless, ...unknown.map((change) => change.status)];
    await parkStatuses(sql, deps, { statuses: statusless, nowMs: given.nowMs });
    const stale = changes.filter(
      ({ status }) => status.item.failure !== null && isTemplateStale(status.item.failure),
    );
    if (stale.length > 0) {
      const messageIds = stale.map((change) => change.messageId);
      await askForTemplatesOfMessages(sql, accountId, { messageIds, now: new Date(given.nowMs) });
    }
    followUps.push(report);
  }
  return joinFollowUps(followUps);
}

type StatusChange = WantedChange & { status: OwnedStatus };

async function findMessages(
  sql: Transaction,
  of: { accountId: string; statuses: readonly OwnedStatus[]; nowMs: number },
): Promise<{ changes: StatusChange[]; homeless: OwnedStatus[] }> {
  const named = (status: OwnedStatus) =>
    status.item.opaque !== null && isUuid(status.item.opaque) ? status.item.opaque : null;
  const asked = of.statuses.filter((status) => named(status) === null);
  const found =
    asked.length === 0
      ? new Map<string, string>()
      : await findMessagesByProvider(sql, {
          accountId: of.accountId,
          providerMessageIds: asked.map((status) => status.item.providerMessageId),
          nowMs: of.nowMs,
        });
  const changes: StatusChange[] = [];
  const homeless: OwnedStatus[] = [];
  for (const status of of.statuses) {
    const messageId = named(status) ?? found.get(status.item.providerMessageId);
    if (messageId === undefined) homeless.push(status);
    else changes.push({ messageId, change: formatChange(status.item), status });
  }
  return { changes, homeless };
}

function formatChange(item: StatusItem): MessageChange {
  const { providerMessageId, whatsappId } = item;
  const atMs = item.at.getTime();
  if (item.status !== "failed") {
    return { kind: "progress", status: item.status, atMs, providerMessageId, whatsappId };
  }
  const { code = "402", reason = "" } = item.failure ?? {};
  return { kind: "failed", atMs, code, reason, providerMessageId };
}

/** Parks statuses; each waits twice as long each time, so that a stranger's status costs little. */
export async function parkStatuses(
  sql: Transaction,
  deps: ApplyDeps,
  { statuses, nowMs }: { statuses: readonly OwnedStatus[]; nowMs: number },
): Promise<void> {
  const parked = statuses.flatMap((status): (ParkedStatus & { retryAt: Date })[] => {
    const ageMs = status.parkedAt ? nowMs - status.parkedAt.getTime() : 0;
    if (ageMs > PARKED_AGE_MAX_MS) return [];
    return [
      {
        accountId: status.accountId,
        id: deps.ids.next(nowMs),
        item: status.item,
        parkedAt: status.parkedAt ?? new Date(nowMs),
        retryAt: new Date(nowMs + Math.max(PARKED_FIRST_MS, ageMs)),
      },
    ];
  });
  await insertParked(sql, parked);
}
