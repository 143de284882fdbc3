import { PRESENCE_LIVES_S } from "@recado/contract/console/inbox-actions";
import { AppError } from "../platform/app-error.ts";
import { freeUnseenComposers } from "../storage/composers.ts";
import { findInboxRows } from "../storage/inbox-rows.ts";
import {
  beatPresence,
  deletePresence,
  type PresenceRow,
  putPresence,
} from "../storage/presence.ts";
import type { InboxDeps } from "./inbox-deps.ts";

/** Says where a tab of somebody is. Renewing it costs one statement and is told to nobody. */
export async function notePresence(
  deps: InboxDeps,
  tab: PresenceRow & { accountId: string },
): Promise<void> {
  const { accountId, conversationId } = tab;
  const nowMs = deps.clock.now();
  const until = { now: new Date(nowMs), goneAt: new Date(nowMs + PRESENCE_LIVES_S * 1_000) };
  if (conversationId !== null) {
    const [row] = await findInboxRows(deps.pool, accountId, [conversationId]);
    if (!row) throw new AppError("not_found", "There is no such conversation.");
  }
  const differs = await putPresence(deps.pool, accountId, { ...tab, ...until });
  if (!differs) return;
  await beatPresence(deps.pool, accountId);
  deps.kick(accountId);
}

/**
 * Forgets a tab of somebody that was closed, and what was composed in it: a browser that closes a tab may let only one word
 * of it out. One that was killed says nothing, and is forgotten when its time is over.
 */
export async function forgetPresence(
  deps: InboxDeps,
  tab: Pick<PresenceRow, "clientId" | "userId"> & { accountId: string },
): Promise<void> {
  const { accountId } = tab;
  const wasHere = await deletePresence(deps.pool, accountId, tab);
  const now = new Date(deps.clock.now());
  const composed = await freeUnseenComposers(deps.pool, accountId, { ...tab, now });
  if (!wasHere && !composed) return;
  await beatPresence(deps.pool, accountId);
  deps.kick(accountId);
}
