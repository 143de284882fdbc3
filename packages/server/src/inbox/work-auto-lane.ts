import type { Logger } from "pino";
import type { Acceptance } from "../gateway/accept.ts";
import type { Clock } from "../platform/clock.ts";
import { createLane, type Lane } from "../platform/lane.ts";
import {
  type AutoMessage,
  type AutoStanding,
  deleteAutoMessage,
  findStanding,
  takeAutoMessages,
} from "../storage/auto-messages.ts";
import type { Database } from "../storage/connect.ts";
import { deleteUnanswered } from "../storage/ratings.ts";

/*
 * Says what was decided to be said without anybody. Each is sent under a key of its own: a process that dies in between leaves
 * it to the next one, and it is sent once.
 */

/** What the lane needs. */
export interface AutoLaneDeps {
  pool: Database;
  clock: Clock;
  logger: Logger;
  acceptance: Pick<Acceptance, "send">;
}

const BATCH = 50;
const LEASE_MS = 60_000;

/** Builds the lane. */
export function createAutoLane(deps: AutoLaneDeps & { intervalMs: number }): Lane {
  return createLane({
    name: "auto-messages",
    intervalMs: deps.intervalMs,
    logger: deps.logger,
    round: async () => (await sayAutoMessages(deps)) === BATCH,
  });
}

/** One batch; answers how many were looked at. */
export async function sayAutoMessages(deps: AutoLaneDeps): Promise<number> {
  const nowMs = deps.clock.now();
  const at = { now: new Date(nowMs), leaseUntil: new Date(nowMs + LEASE_MS) };
  const messages = await takeAutoMessages(deps.pool, at, BATCH);
  await Promise.all(messages.map((message) => say(deps, message)));
  return messages.length;
}

async function say(deps: AutoLaneDeps, message: AutoMessage): Promise<void> {
  const { accountId, id, kind, projectId, mobile, body, interactive } = message;
  const standing = await findStanding(deps.pool, message);
  const isFit = standing !== null && fits(message, standing, deps.clock.now());
  const answer = isFit
    ? await deps.acceptance.send({
        ...{ source: "auto", accountId, projectId, mobile, text: body, interactive },
        ...{ customField: "", mediaName: "", media: null },
        idempotencyKey: id,
      })
    : null;
  if (answer?.code !== 1 && kind === "rating") await deleteUnanswered(deps.pool, { accountId, id });
  if (answer && answer.code !== 1) {
    deps.logger.warn({ accountId, projectId, kind, code: answer.code }, "auto_message.refused");
  }
  await deleteAutoMessage(deps.pool, message);
}

/** It may have been opened again, the window may have closed, or it is simply too late. */
function fits({ kind, expiresAt }: AutoMessage, standing: AutoStanding, nowMs: number): boolean {
  if (expiresAt.getTime() <= nowMs || standing.windowExpiresAt.getTime() <= nowMs) return false;
  if (!standing.sameChannel) return false;
  // Whoever asked not to be bothered is not asked how it was.
  return kind !== "rating" || (standing.state === "resolved" && !standing.optedOut);
}
