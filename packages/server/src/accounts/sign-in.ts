import { AppError } from "../platform/app-error.ts";
import { withTransaction } from "../storage/connect.ts";
import { deleteSession } from "../storage/sessions.ts";
import { findSignInCandidates, noteSignIn, type SignInCandidate } from "../storage/users.ts";
import { verifyPassword } from "./passwords.ts";
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

/**
 * Signs a person in by password. Whoever has a second factor gets a session that awaits its code. Refuses with
 * `sign_in_failed`, in one way whatever was wrong, and slows whoever guesses with `too_many_requests`.
 */
export async function signIn(
  office: SessionOffice,
  given: Credentials,
  visit: Visit,
): Promise<{ cookie: string; id: string; person: SignInCandidate }> {
  await admitTry(office, { kind: "address", of: visit.address });
  await admitTry(office, { kind: "login", of: given.login });
  const person = await findPerson(office, given);
  if (!person) throw refuse();
  await settleTry(office, { kind: "address", of: visit.address });
  await settleTry(office, { kind: "login", of: given.login });
  const state = person.hasSecondFactor ? "second-factor" : "open";
  const { accountId, id: userId } = person;
  return withTransaction(office.pool, async (sql) => {
    if (state === "open") await noteSignIn(sql, person, new Date(office.clock.now()));
    const opened = await openSession(sql, office, { ...visit, accountId, userId, state });
    return { ...opened, person };
  });
}

/** Ends a session, whatever its state. Safe to repeat. */
export async function signOut(office: SessionOffice, session: Session): Promise<void> {
  await deleteSession(office.pool, session);
}

/** Whoever has this login or address and this password; people who are disabled, or whose account is, are nobody. */
async function findPerson(
  office: SessionOffice,
  { login, password }: Credentials,
): Promise<SignInCandidate | null> {
  const candidates = await findSignInCandidates(office.pool, login.trim());
  for (const candidate of candidates) {
    if (await verifyPassword(candidate.passwordHash, password)) return candidate;
  }
  if (candidates.length === 0) await verifyPassword(NOBODYS_HASH, password);
  return null;
}

function refuse(): AppError {
  return new AppError("sign_in_failed", "The login or the password is wrong.");
}
