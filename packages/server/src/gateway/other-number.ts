import {
  type AccountSnapshot,
  findTemplateById,
  type ProjectView,
} from "../domain/account-snapshot.ts";
import { REST_WORTH_LEAVING_MS } from "../domain/failover.ts";
import type { MessageChange, NextNumber } from "../domain/message-status.ts";
import type { Transaction } from "../storage/connect.ts";
import { findChannelRest, hasOpenWindow } from "../storage/other-number.ts";
import type { QueuedMessage, WaitingChannel } from "../storage/submitting.ts";

/*
 * A project's second number. A message goes there once, from the first, and never back; only when the first is
 * known not to have taken it (`domain/failover.ts`), and only if it can be said there: the template is approved
 * at that number's business account, or the person has written to that number within a day.
 */

/** Of a message, what decides where else it can go. */
export type Movable = Pick<QueuedMessage, "projectId" | "kind" | "templateId" | "mobile" | "media">;

/** The window in which a person may be written to freely (Meta, "Customer service windows"). */
const WINDOW_MS = 24 * 3_600_000;

/** The number that the message can go to instead of `channelId`; null: none. */
export async function findOtherNumber(
  sql: Transaction,
  snapshot: AccountSnapshot,
  at: { message: Movable; channelId: string; nowMs: number },
): Promise<NextNumber | null> {
  const { message, nowMs } = at;
  const project = snapshot.projects.get(message.projectId);
  const channelId = project?.fallbackChannelId ?? null;
  if (channelId === null || project?.channelId !== at.channelId) return null;
  if (!snapshot.channels.get(channelId)?.active) return null;
  if (!(await canBeSaid(sql, snapshot, { message, channelId, nowMs }))) return null;
  const rest = await findChannelRest(sql, { accountId: snapshot.accountId, channelId });
  if (rest !== null && rest.getTime() - nowMs > REST_WORTH_LEAVING_MS) return null;
  return { channelId, hasFile: message.media !== null };
}

async function canBeSaid(
  sql: Transaction,
  snapshot: AccountSnapshot,
  { message, channelId, nowMs }: { message: Movable; channelId: string; nowMs: number },
): Promise<boolean> {
  if (message.kind === "template") {
    return findTemplateById(snapshot, message.templateId)?.twins.has(channelId) ?? false;
  }
  // What stands in the first number's chat is not in the second's.
  if (message.kind === "reaction") return false;
  const { accountId } = snapshot;
  const since = new Date(nowMs - WINDOW_MS);
  return hasOpenWindow(sql, { accountId, channelId, mobile: message.mobile, since });
}

/** Changes for those of a number's messages that need not wait until it can send again. */
export async function planMoves(
  sql: Transaction,
  snapshot: AccountSnapshot,
  at: {
    channel: WaitingChannel;
    queued: readonly QueuedMessage[];
    restUntilMs: number | null;
    nowMs: number;
  },
): Promise<{ messageId: string; change: MessageChange }[]> {
  const { channel, nowMs, restUntilMs } = at;
  if (restUntilMs !== null && restUntilMs - nowMs <= REST_WORTH_LEAVING_MS) return [];
  const reason = restUntilMs === null ? "El número está inactivo" : "El número descansa";
  const changes: { messageId: string; change: MessageChange }[] = [];
  for (const message of at.queued) {
    const given = { message, channelId: channel.channelId, nowMs };
    const to = await findOtherNumber(sql, snapshot, given);
    if (to === null) continue;
    const change: MessageChange = { kind: "moved", atMs: nowMs, to, code: "402", reason };
    changes.push({ messageId: message.id, change });
  }
  return changes;
}

/**
 * The project with the number that can send now: the wanted one; else the first, or the second while the first is
 * inactive.
 */
export function withUsableNumber(
  project: ProjectView,
  snapshot: AccountSnapshot,
  wantedId: string | null = null,
): ProjectView {
  const { channelId, fallbackChannelId } = project;
  const isActive = (id: string | null) => id !== null && snapshot.channels.get(id)?.active === true;
  if (isActive(wantedId)) return { ...project, channelId: wantedId };
  if (isActive(channelId) || !isActive(fallbackChannelId)) return project;
  return { ...project, channelId: fallbackChannelId };
}
