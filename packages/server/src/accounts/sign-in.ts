import { AppError } from "../platform/app-error.ts";
import { withTransaction } from "../storage/connect.ts";
import { deleteSession } from "../storage/sessions.ts";
import {
  findSignInCandidates,
  lockVerified,
  noteSignIn,
  type SignInCandidate,
} from "../storage/users.ts";
import type { Operator } from "./operator.ts";
import { verifyPassword } from "./passwords.ts";
import { checkCode } from "./second-factor.ts";
import { openSession, type Session, type SessionOffice, type Visit } from "./sessions.ts";
import { admitTry, settleTry } from "./sign-in-pace.ts";

/** What somebody signs in with. */
export interface Credentials {
  /** A login, or an e-mail address. */
  login: string;
  password: string;
}

/** Verified when there is nobody to verify, so that a login that exists takes no longer than one that does not. */
const NOBODYS_HASH =
  "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$4Yv1Cz0bk9vUMk2OMhV3lvPyUQsYDf7ZBbiZPCMFiDQ";

/** How a try to sign in ended. */
export type SignInOutcome =
  | { kind: "in"; cookie: string; id: string; person: SignInCandidate }
  /** `person`: whose login or address was given; null when nobody's. */
  | { kind: "refused"; person: SignInCandidate | null };

/**
 * Signs a person in by password. Whoever has a second factor gets a session that awaits its code. Slows whoever guesses with
 * `too_many_requests`.
 */
export async function signIn(
  office: SessionOffice,
  given: Credentials,
  visit: Visit,
): Promise<SignInOutcome> {
  await admitTry(office, { kind: "address", of: visit.address });
  await admitTry(office, { kind: "login", of: given.login });
  const candidates = await findSignInCandidates(office.pool, given.login.trim());
  const person = await pickPerson(candidates, given.password);
  if (!person) return { kind: "refused", person: candidates[0] ?? null };
  const state = person.hasSecondFactor ? "second-factor" : "open";
  const { accountId, id: userId } = person;
  const opened = await withTransaction(office.pool, async (sql) => {
    if (!(await lockVerified(sql, person))) return null;
    if (state === "open") await noteSignIn(sql, person, new Date(office.clock.now()));
    return openSession(sql, office, { ...visit, accountId, userId, state });
  });
  if (!opened) return { kind: "refused", person };
  await settleTry(office, { kind: "address", of: visit.address });
  await settleTry(office, { kind: "login", of: given.login });
  return { kind: "in", ...opened, person };
}

/**
 * The second step: a code of the app, or a recovery code. The session that waited for it is replaced by an open one. Refuses with
 * `sign_in_failed` a wrong or used code, and with `unauthenticated` a session that ended meanwhile.
 */
export async function giveCode(
  office: SessionOffice & Operator,
  session: Session,
  given: Visit & { code: string },
): Promise<{ cookie: string; id: string }> {
  const { accountId, userId } = session;
  return checkCode(office, session, {
    code: given.code,
    async use(sql) {
      await noteSignIn(sql, { accountId, id: userId }, new Date(office.clock.now()));
      if (!(await deleteSession(sql, session))) {
        throw new AppError("unauthenticated", "This sign-in has ended: begin again.");
      }
      return openSession(sql, office, { ...given, accountId, userId, state: "open" });
    },
  });
}

/** Ends a session, whatever its state. Safe to repeat. */
export async function signOut(office: SessionOffice, session: Session): Promise<void> {
  await deleteSession(office.pool, session);
}

/** Whose password it is, of those who may be meant. */
async function pickPerson(
  candidates: readonly SignInCandidate[],
  password: string,
): Promise<SignInCandidate | null> {
  for (const candidate of candidates) {
    if (await verifyPassword(candidate.passwordHash, password)) return candidate;
  }
  if (candidates.length === 0) await verifyPassword(NOBODYS_HASH, password);
  return null;
}
