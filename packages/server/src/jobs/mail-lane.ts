import type { Logger } from "pino";
import type { Clock } from "../platform/clock.ts";
import { createLane, type Lane } from "../platform/lane.ts";
import type { Mailer, MailOutcome } from "../platform/mailer.ts";
import { findRetryDelayMs, type RetrySchedule } from "../platform/retry-schedule.ts";
import type { Database } from "../storage/connect.ts";
import { endMail, type TakenMail, takeMails } from "../storage/mail-outbox.ts";

/*
 * Sends the mails of the outbox. A mail is a row until the server has taken it, so none is lost. One whose end is not
 * known (the process died, or the line was cut after the last byte) is sent again, under the same Message-ID; one that
 * is known to be sent is not, even when that could not be written down at once.
 */

/** What the lane needs. */
export interface MailLaneDeps {
  pool: Database;
  clock: Clock;
  logger: Logger;
  mailer: Mailer;
  instanceId: string;
  intervalMs: number;
  /** Evenly spread in [0, 1). */
  random(): number;
}

const MAILS_AT_ONCE_MAX = 5;
/** Longer than any attempt can take. */
const LEASE_MS = 180_000;
const MINUTE_MS = 60_000;
const SCHEDULE: RetrySchedule = {
  delaysMs: [0, 1, 5, 30, 120, 360, 720, 1_440].map((minutes) => minutes * MINUTE_MS),
  jitter: 0.2,
};
const REMEMBERED_MAX = 10_000;

/** Builds the lane. */
export function createMailLane(deps: MailLaneDeps): Lane {
  const sent = new Set<string>();
  return createLane({
    name: "mail",
    intervalMs: deps.intervalMs,
    logger: deps.logger,
    async round() {
      const nowMs = deps.clock.now();
      const mails = await takeMails(deps.pool, {
        owner: deps.instanceId,
        now: new Date(nowMs),
        leaseUntil: new Date(nowMs + LEASE_MS),
        countMax: MAILS_AT_ONCE_MAX,
      });
      await Promise.all(mails.map((mail) => sendMail(deps, mail, sent)));
      return mails.length === MAILS_AT_ONCE_MAX;
    },
  });
}

async function sendMail(deps: MailLaneDeps, mail: TakenMail, sent: Set<string>): Promise<void> {
  const outcome = sent.has(mail.id) ? ({ kind: "sent" } as const) : await callServer(deps, mail);
  if (outcome.kind === "sent") {
    if (sent.size >= REMEMBERED_MAX) sent.clear();
    sent.add(mail.id);
  }
  await endMail(deps.pool, { ...mail, owner: deps.instanceId }, planEnd(deps, mail, outcome));
}

async function callServer(deps: MailLaneDeps, mail: TakenMail): Promise<MailOutcome> {
  const { id, recipient: to, subject, body: text, accountId } = mail;
  const outcome = await deps.mailer.send({ id, to, subject, text });
  const about = { accountId, mailId: id, attempt: mail.attempts, outcome: outcome.kind };
  if (outcome.kind === "sent") deps.logger.info(about, "mail.attempted");
  else deps.logger.warn({ ...about, why: outcome.why }, "mail.attempted");
  return outcome;
}

function planEnd(deps: MailLaneDeps, mail: TakenMail, outcome: MailOutcome) {
  const nowMs = deps.clock.now();
  const at = new Date(nowMs);
  if (outcome.kind === "sent") return { state: "sent", dueAt: null, error: null, at } as const;
  const attempt = { number: mail.attempts, random: deps.random() };
  const delayMs = outcome.kind === "refused" ? null : findRetryDelayMs(SCHEDULE, attempt);
  const error = outcome.why;
  if (delayMs === null) return { state: "failed", dueAt: null, error, at } as const;
  return { state: "pending", dueAt: new Date(nowMs + delayMs), error, at } as const;
}
