import type { Logger } from "pino";
import { AppError } from "../platform/app-error.ts";
import { createLane, type Lane } from "../platform/lane.ts";
import type { Mail, Mailer } from "../platform/mailer.ts";
import {
  deleteReset,
  findResetPeople,
  insertReset,
  noteAnswered,
  postponeReset,
  type ResetPerson,
  type TakenReset,
  takeResets,
} from "../storage/password-resets.ts";
import { noteDoor } from "./audit.ts";
import { makeForgottenLink } from "./one-time-links.ts";
import { type Operator, stamp } from "./operator.ts";
import { admitTry } from "./sign-in-pace.ts";

/*
 * Whoever asks is answered before anything is looked up: one sealed row, whoever is meant and whether anybody is, so that
 * neither the answer nor its time tells who has an account. A worker finds out later, makes the link and mails it.
 */

/** The console's call by which it is asked for, as the audit names it. */
const ACTION = "POST /console/api/password-resets";
const COUNT_MAX = 10;
/** Longer than five mails can take. */
const LEASE_MS = 240_000;
const RETRY_MS = 30_000;
/** Nobody waits longer than this for a mail: they have asked again. */
const LIVES_MS = 30 * 60_000;

/**
 * Notes that somebody forgot a password; `login` is a login or an e-mail address as it was typed. Refuses with
 * `too_many_requests` whoever asks too often, from one address or for one login, whether or not there is such a person.
 */
export async function askForReset(
  operator: Operator,
  asked: { login: string; address: string },
): Promise<void> {
  const login = asked.login.trim();
  await admitTry(operator, { kind: "reset-address", of: asked.address });
  await admitTry(operator, { kind: "reset", of: login });
  const { id, at: createdAt } = stamp(operator);
  const sealed = operator.secretBox.seal(login, placeOf(id));
  await insertReset(operator.pool, { id, login: sealed, address: asked.address, createdAt });
}

/** What the lane needs. */
export interface ResetLaneDeps extends Operator {
  logger: Logger;
  mailer: Mailer;
  intervalMs: number;
  /** Says it in words; `secret` stands in no log and is kept nowhere. */
  formatMail(
    person: ResetPerson,
    link: { secret: string; expiresAt: Date },
  ): Omit<Mail, "to" | "id">;
}

/** Answers them: finds who is meant, makes each a link and mails it to the address that is known of them. */
export function createResetLane(deps: ResetLaneDeps): Lane {
  return createLane({
    name: "password-resets",
    intervalMs: deps.intervalMs,
    logger: deps.logger,
    async round() {
      const nowMs = deps.clock.now();
      const taken = await takeResets(deps.pool, {
        now: new Date(nowMs),
        leaseUntil: new Date(nowMs + LEASE_MS),
        countMax: COUNT_MAX,
      });
      await Promise.all(taken.map((reset) => answer(deps, reset)));
      return taken.length === COUNT_MAX;
    },
  });
}

async function answer(deps: ResetLaneDeps, reset: TakenReset): Promise<void> {
  const isOver = deps.clock.now() - reset.createdAt.getTime() > LIVES_MS;
  const people = isOver ? [] : await findResetPeople(deps.pool, openLogin(deps, reset));
  let hasFailed = false;
  for (const person of people) {
    if (reset.answered.includes(person.id)) continue;
    if (!(await isAdmitted(deps, reset, person))) continue;
    if (await mailTo(deps, reset, person)) await noteAnswered(deps.pool, reset.id, person.id);
    else hasFailed = true;
  }
  if (!hasFailed) return deleteReset(deps.pool, reset.id);
  await postponeReset(deps.pool, reset.id, new Date(deps.clock.now() + RETRY_MS));
}

/** One person has a login and an address, and may be asked for by both: their mailbox is one. */
async function isAdmitted(
  deps: ResetLaneDeps,
  reset: TakenReset,
  person: ResetPerson,
): Promise<boolean> {
  if (reset.attempts > 1) return true;
  const { accountId, id: userId } = person;
  try {
    await admitTry(deps, { kind: "reset", of: userId });
  } catch (error) {
    if (error instanceof AppError && error.code === "too_many_requests") return false;
    throw error;
  }
  const { address } = reset;
  const event = { accountId, userId, sessionId: null, address, action: ACTION, status: 202 };
  await noteDoor(deps, event);
  return true;
}

/** False: the server may take it later. What it never takes is not tried again. */
async function mailTo(
  deps: ResetLaneDeps,
  reset: TakenReset,
  person: ResetPerson,
): Promise<boolean> {
  const link = await makeForgottenLink(deps, person);
  const { id } = stamp(deps);
  const mail = { to: person.email, id, ...deps.formatMail(person, link) };
  const outcome = await deps.mailer.send(mail);
  const { accountId, id: userId } = person;
  const about = { accountId, userId, attempt: reset.attempts, outcome: outcome.kind };
  if (outcome.kind === "sent") deps.logger.info(about, "password_reset.mailed");
  else deps.logger.warn({ ...about, why: outcome.why }, "password_reset.mailed");
  return outcome.kind !== "failed";
}

/** Nobody is meant by what does not open: its key is gone. */
function openLogin(deps: ResetLaneDeps, reset: TakenReset): string {
  try {
    return String(deps.secretBox.open(reset.login, placeOf(reset.id)));
  } catch (error) {
    deps.logger.error({ err: error }, "password_reset.unreadable");
    return "";
  }
}

function placeOf(id: string): string {
  return `password-reset:${id}`;
}
