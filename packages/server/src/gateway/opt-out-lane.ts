import type { Logger } from "pino";
import type { Directory } from "../accounts/directory.ts";
import type { Clock } from "../platform/clock.ts";
import type { IdMaker } from "../platform/ids.ts";
import { createLane, type Lane } from "../platform/lane.ts";
import { type Database, withTransaction } from "../storage/connect.ts";
import {
  deleteReply,
  findDueOptOutAccount,
  lockDueOptOuts,
  lockWaitingMarketing,
  markLooked,
  type OptOutReply,
  takeReplies,
  WAITING_MAX,
} from "../storage/opt-outs.ts";
import { uuidFloor } from "../storage/partitions.ts";
import type { Acceptance } from "./accept.ts";
import { applyChanges } from "./apply-changes.ts";

/*
 * Follows up on who opted out: marketing that still waits for the person (scheduled, or held for want of money) fails with
 * 11 and is refunded, and the project's answer is sent.
 */

/** What the lane needs. */
export interface OptOutLaneDeps {
  pool: Database;
  clock: Clock;
  ids: IdMaker;
  logger: Logger;
  directory: Directory;
  acceptance: Pick<Acceptance, "send">;
  intervalMs: number;
  /** Told after a commit that put webhooks on their way. */
  onFollowUp(): void;
}

/** Of one account at a time. */
const PEOPLE_MAX = 500;
/** Before answers are sent. */
const TURNS_MAX = 100;
const REPLIES_MAX = 50;
const REPLY_LEASE_MS = 60_000;
/** Whatever was being accepted while the person opted out has been by then: no statement takes longer. */
const LOOK_AGAIN_MS = 90_000;
/** Nothing is scheduled further ahead, or held for longer. */
const WAITING_AGE_MAX_MS = 40 * 86_400_000;

const REASON = "El destinatario pidió no recibir mensajes de marketing";

/** Builds the lane. */
export function createOptOutLane(deps: OptOutLaneDeps): Lane {
  return createLane({
    name: "opt-outs",
    intervalMs: deps.intervalMs,
    logger: deps.logger,
    async round() {
      const more = await stopWaiting(deps);
      const replies = await sendReplies(deps);
      return more || replies === REPLIES_MAX;
    },
  });
}

/** True when there may be more people to look at. */
async function stopWaiting(deps: OptOutLaneDeps): Promise<boolean> {
  const nowMs = deps.clock.now();
  const passed: string[] = [];
  for (let turn = 0; turn < TURNS_MAX; turn += 1) {
    const accountId = await findDueOptOutAccount(deps.pool, new Date(nowMs), passed);
    if (accountId === null) return false;
    try {
      const { found, stopped } = await stopOfAccount(deps, accountId, nowMs);
      if (stopped > 0) deps.onFollowUp();
      if (found < PEOPLE_MAX) passed.push(accountId);
    } catch (error) {
      // One account's trouble must not let the others' marketing go on to people who said no.
      deps.logger.error({ accountId, err: error }, "opt_out.stop_failed");
      passed.push(accountId);
    }
  }
  return true;
}

function stopOfAccount(
  deps: OptOutLaneDeps,
  accountId: string,
  nowMs: number,
): Promise<{ found: number; stopped: number }> {
  return withTransaction(deps.pool, async (sql) => {
    const people = await lockDueOptOuts(sql, accountId, {
      now: new Date(nowMs),
      countMax: PEOPLE_MAX,
    });
    if (people.length === 0) return { found: 0, stopped: 0 };
    const sinceId = uuidFloor(nowMs - WAITING_AGE_MAX_MS);
    const ids = await lockWaitingMarketing(sql, accountId, { people, sinceId });
    // Else more of them are left: these people are looked at once more.
    if (ids.length < WAITING_MAX) {
      await markLooked(sql, accountId, { people, again: new Date(nowMs + LOOK_AGAIN_MS) });
    }
    if (ids.length > 0) {
      const change = { kind: "failed", atMs: nowMs, code: "11", reason: REASON } as const;
      const changes = ids.map((messageId) => ({ messageId, change }));
      const applied = await applyChanges(sql, deps, { accountId, changes, nowMs });
      await Promise.all(applied.finish());
    }
    return { found: people.length, stopped: ids.length };
  });
}

/** Each is sent under a key of its own: a process that dies in between leaves it to the next one, and it is sent once. */
async function sendReplies(deps: OptOutLaneDeps): Promise<number> {
  const nowMs = deps.clock.now();
  const at = { now: new Date(nowMs), leaseUntil: new Date(nowMs + REPLY_LEASE_MS) };
  const replies = await takeReplies(deps.pool, at, REPLIES_MAX);
  await Promise.all(replies.map((reply) => sendReply(deps, reply)));
  return replies.length;
}

async function sendReply(deps: OptOutLaneDeps, reply: OptOutReply): Promise<void> {
  const { accountId, id, projectId, channelId, mobile, body } = reply;
  const answer = await deps.acceptance.send({
    ...{ source: "auto", accountId, projectId, channelId, mobile, text: body },
    ...{ customField: "", mediaName: "", media: null },
    idempotencyKey: id,
  });
  // Refused for want of money, say: an answer that comes much later would be worse than none.
  if (answer.code !== 1) {
    deps.logger.warn({ accountId, projectId, code: answer.code }, "opt_out.not_answered");
  }
  await deleteReply(deps.pool, reply);
}
