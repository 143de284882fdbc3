import type { Logger } from "pino";
import type { Directory } from "../accounts/directory.ts";
import type { Clock } from "../platform/clock.ts";
import type { IdMaker } from "../platform/ids.ts";
import { createLane, type Lane } from "../platform/lane.ts";
import { type Database, withTransaction } from "../storage/connect.ts";
import {
  deleteReply,
  lockDueOptOuts,
  lockWaitingMarketing,
  markLooked,
  type OptOutReply,
  type Person,
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

const PEOPLE_MAX = 500;
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
      const people = await stopWaiting(deps);
      const replies = await sendReplies(deps);
      return people === PEOPLE_MAX || replies === REPLIES_MAX;
    },
  });
}

async function stopWaiting(deps: OptOutLaneDeps): Promise<number> {
  const nowMs = deps.clock.now();
  const { found, stopped } = await withTransaction(deps.pool, async (sql) => {
    const people = await lockDueOptOuts(sql, new Date(nowMs), PEOPLE_MAX);
    if (people.length === 0) return { found: 0, stopped: 0 };
    const sinceId = uuidFloor(nowMs - WAITING_AGE_MAX_MS);
    const byAccount = Map.groupBy(people, (person) => person.accountId);
    const finishes: (() => Promise<unknown>[])[] = [];
    const looked: Person[] = [];
    let messages = 0;
    for (const accountId of [...byAccount.keys()].sort()) {
      const of = { people: byAccount.get(accountId) ?? [], sinceId };
      const ids = await lockWaitingMarketing(sql, accountId, of);
      // More of them are left: these people are looked at once more at the next round.
      if (ids.length < WAITING_MAX) looked.push(...of.people);
      if (ids.length === 0) continue;
      messages += ids.length;
      const change = { kind: "failed", atMs: nowMs, code: "11", reason: REASON } as const;
      const changes = ids.map((messageId) => ({ messageId, change }));
      finishes.push((await applyChanges(sql, deps, { accountId, changes, nowMs })).finish);
    }
    await markLooked(sql, looked, new Date(nowMs + LOOK_AGAIN_MS));
    for (const finish of finishes) await Promise.all(finish());
    return { found: people.length, stopped: messages };
  });
  if (stopped > 0) deps.onFollowUp();
  return found;
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
