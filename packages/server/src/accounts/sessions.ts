import { createHash, randomBytes } from "node:crypto";
import { AppError } from "../platform/app-error.ts";
import type { Queryable } from "../storage/connect.ts";
import { deleteOldLinks } from "../storage/one-time-links.ts";
import { deleteOldResets } from "../storage/password-resets.ts";
import {
  deleteOldSessions,
  deleteSession,
  deleteSessions,
  findLiveSession,
  insertSession,
  listSessions,
  type SessionRow,
  type SessionView,
  touchSession,
} from "../storage/sessions.ts";
import { deleteOldTries } from "../storage/sign-in-tries.ts";
import { type Operator, stamp } from "./operator.ts";

/** A browser that is signed in, with its person. */
export type Session = SessionView;
/** As {@link Session}, by itself. */
export type OpenSession = SessionRow;

/** How long people stay signed in. */
export interface SessionRules {
  /** After so long without a call a session is over. */
  idleMs: number;
  /** However much it is used, it is over after so long. */
  lifeMs: number;
}

/** What opening and reading sessions takes. */
export interface SessionOffice extends Pick<Operator, "pool" | "clock" | "ids"> {
  sessions: SessionRules;
}

/** Where a session is opened from. */
export interface Visit {
  address: string;
  agent: string;
}

/** A code must come within so long after the password. */
const SECOND_FACTOR_MS = 10 * 60_000;
/** That a session is in use is written down once in so long. */
const TOUCH_EVERY_MS = 60_000;
const AGENT_CHARACTERS_MAX = 300;
const COOKIE = /^[\w-]{43}$/u;

/** Opens a session of 256 random bits. `cookie` is the only copy there will ever be. */
export async function openSession(
  sql: Queryable,
  office: Omit<SessionOffice, "pool">,
  given: Visit & { accountId: string; userId: string; state: SessionRow["state"] },
): Promise<{ cookie: string; id: string }> {
  const { id, at } = stamp(office);
  const cookie = randomBytes(32).toString("base64url");
  const { idleMs, lifeMs } = office.sessions;
  const livesMs = given.state === "open" ? Math.min(idleMs, lifeMs) : SECOND_FACTOR_MS;
  await insertSession(sql, {
    ...given,
    ...{ id, hash: hashCookie(cookie), createdAt: at, seenAt: at },
    expiresAt: new Date(at.getTime() + livesMs),
    agent: given.agent.replaceAll(/\p{Cc}/gu, "").slice(0, AGENT_CHARACTERS_MAX),
  });
  return { cookie, id };
}

/**
 * Whose cookie it is; null when nobody's: unknown, ended, over, or of a disabled person or account. The look-up is by
 * SHA-256, so how long it takes says nothing about how close a guess came. Using a session keeps it alive.
 */
export async function findSession(office: SessionOffice, cookie: string): Promise<Session | null> {
  if (!COOKIE.test(cookie)) return null;
  const hash = hashCookie(cookie);
  const nowMs = office.clock.now();
  const session = await findLiveSession(office.pool, hash, new Date(nowMs));
  if (session?.state !== "open") return session;
  if (nowMs - session.seenAt.getTime() < TOUCH_EVERY_MS) return session;
  const { idleMs, lifeMs } = office.sessions;
  const expiresAt = new Date(Math.min(nowMs + idleMs, session.createdAt.getTime() + lifeMs));
  await touchSession(office.pool, hash, { seenAt: new Date(nowMs), expiresAt });
  return { ...session, expiresAt };
}

const DAY_MS = 86_400_000;

/** Forgets what is over: sessions, links, tries that nobody has to wait for any more, and forgotten passwords that nobody could answer. Answers how many of each. */
export async function sweepSessions(
  operator: Pick<Operator, "pool" | "clock">,
): Promise<{ sessions: number; links: number; tries: number; resets: number }> {
  const now = new Date(operator.clock.now());
  const dayAgo = new Date(now.getTime() - DAY_MS);
  return {
    sessions: await deleteOldSessions(operator.pool, now),
    links: await deleteOldLinks(operator.pool, dayAgo),
    tries: await deleteOldTries(operator.pool, dayAgo),
    resets: await deleteOldResets(operator.pool, dayAgo),
  };
}

/** Where a person is signed in, newest first. */
export function browseSessions(
  operator: Pick<Operator, "pool" | "clock">,
  user: { accountId: string; id: string },
): Promise<SessionRow[]> {
  return listSessions(operator.pool, user, new Date(operator.clock.now()));
}

/** Ends one of a person's sessions. Refuses with `not_found` one that is none of theirs. */
export async function endSession(
  sql: Queryable,
  key: { accountId: string; userId: string; id: string },
): Promise<void> {
  if (!(await deleteSession(sql, key))) {
    throw new AppError("not_found", "There is no such session.");
  }
}

/** Ends a person's sessions but one (null: every one); answers how many. */
export function endSessions(
  sql: Queryable,
  user: { accountId: string; id: string },
  exceptId: string | null,
): Promise<number> {
  return deleteSessions(sql, user, exceptId);
}

/** Whose cookie it is, as {@link findSession} says, without keeping the session alive: an open line is nobody at work. */
export async function peekSession(
  office: Pick<SessionOffice, "pool" | "clock">,
  cookie: string,
): Promise<Session | null> {
  if (!COOKIE.test(cookie)) return null;
  return findLiveSession(office.pool, hashCookie(cookie), new Date(office.clock.now()));
}

/** By which a session is stored and found. */
export function hashCookie(cookie: string): Buffer {
  return createHash("sha256").update(cookie, "utf8").digest();
}
