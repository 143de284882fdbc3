import { createHash, randomBytes } from "node:crypto";
import { AppError } from "../platform/app-error.ts";
import { type Queryable, withTransaction } from "../storage/connect.ts";
import {
  confirmFactor,
  deleteFactor,
  type FactorKey,
  findFactor,
  insertFactor,
  replaceRecoveryCodes,
  useRecoveryCode,
  useStep,
} from "../storage/second-factors.ts";
import { deleteSessions } from "../storage/sessions.ts";
import { lockUser } from "../storage/users.ts";
import type { Operator } from "./operator.ts";
import { admitTry, settleTry } from "./sign-in-pace.ts";

/*
 * A second step of signing in: codes of an app by RFC 6238, as every such app makes them (SHA-1, six digits, 30 s), and
 * recovery codes for who has lost it.
 */

const ISSUER = "Recado";
const PERIOD_S = 30;
/** A clock may be so many steps off. */
const WINDOW = 1;
const RECOVERY_CODES = 10;
/** Crockford's letters: none that is taken for another. */
const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const RECOVERY_CHARACTERS = 16;

/** Makes a secret for the app. It is asked for when a code of it has been shown; see {@link confirmSecondFactor}. */
export async function beginSecondFactor(
  operator: Operator,
  user: FactorKey & { login: string },
): Promise<{ secret: string; uri: string }> {
  const { Secret } = await loadOtp();
  const secret = new Secret({ size: 20 }).base32;
  const sealed = operator.secretBox.seal(secret, placeOf(user));
  const at = new Date(operator.clock.now());
  const { accountId, userId } = user;
  if (!(await insertFactor(operator.pool, { accountId, userId, secret: sealed, at }))) {
    throw new AppError("conflict", "There is a second factor already: end it first.");
  }
  const totp = await makeTotp(secret, user.login);
  return { secret, uri: totp.toString() };
}

/** From now on signing in needs a code. Answers the recovery codes, which nobody can be shown again; ends the person's other sessions. */
export async function confirmSecondFactor(
  operator: Operator,
  user: FactorKey & { sessionId: string },
  code: string,
): Promise<string[]> {
  await admitTry(operator, { kind: "code", of: user.userId });
  const codes = await withTransaction(operator.pool, async (sql) => {
    await lockUser(sql, { ...user, id: user.userId });
    const factor = await findFactor(sql, user);
    if (!factor || factor.confirmedAt) {
      throw new AppError("conflict", "There is no second factor that waits to be confirmed.");
    }
    if (!(await spendCode(sql, operator, { ...keyOf(user), code }))) return null;
    await confirmFactor(sql, user, new Date(operator.clock.now()));
    await deleteSessions(sql, { ...user, id: user.userId }, user.sessionId);
    return issueRecoveryCodes(sql, user);
  });
  if (codes === null) throw refuse();
  await settleTry(operator, { kind: "code", of: user.userId });
  return codes;
}

/** Signing in needs no code any more, if this one is right. */
export async function endSecondFactor(
  operator: Operator,
  user: FactorKey,
  code: string,
): Promise<void> {
  await checkCode(operator, user, { code, use: (sql) => deleteFactor(sql, user) });
}

/** Ten new recovery codes, if this code is right; those before are worth nothing. */
export async function renewRecoveryCodes(
  operator: Operator,
  user: FactorKey,
  code: string,
): Promise<string[]> {
  return checkCode(operator, user, { code, use: (sql) => issueRecoveryCodes(sql, user) });
}

/** Takes a factor away without a code: for who has lost it, by whoever may. */
export async function resetSecondFactor(operator: Operator, user: FactorKey): Promise<void> {
  await withTransaction(operator.pool, (sql) => deleteFactor(sql, user));
}

/**
 * Uses a code up and does what it is needed for in the same transaction. Refuses with `sign_in_failed` one that is wrong or was used
 * before, whoever used it, and slows whoever guesses.
 */
export async function checkCode<T>(
  operator: Operator,
  user: FactorKey,
  given: { code: string; use(sql: Queryable): Promise<T> },
): Promise<T> {
  await admitTry(operator, { kind: "code", of: user.userId });
  const done = await withTransaction(operator.pool, async (sql) => {
    const factor = await findFactor(sql, user);
    if (!factor?.confirmedAt) throw new AppError("conflict", "There is no second factor.");
    if (!(await spendCode(sql, operator, { ...keyOf(user), code: given.code }))) return null;
    return { value: await given.use(sql) };
  });
  if (!done) throw refuse();
  await settleTry(operator, { kind: "code", of: user.userId });
  return done.value;
}

async function spendCode(
  sql: Queryable,
  operator: Operator,
  { code: given, ...user }: FactorKey & { code: string },
): Promise<boolean> {
  const factor = await findFactor(sql, user);
  if (!factor) return false;
  const code = given.replaceAll(/[\s-]/gu, "").toUpperCase();
  if (!/^\d{6}$/u.test(code)) {
    const hash = hashRecoveryCode(user.userId, code);
    const at = new Date(operator.clock.now());
    return factor.confirmedAt !== null && useRecoveryCode(sql, { ...user, hash }, at);
  }
  const totp = await makeTotp(String(operator.secretBox.open(factor.secret, placeOf(user))), "");
  const timestamp = operator.clock.now();
  const delta = totp.validate({ token: code, timestamp, window: WINDOW });
  if (delta === null) return false;
  return useStep(sql, factor, BigInt(Math.floor(timestamp / 1000 / PERIOD_S) + delta));
}

async function issueRecoveryCodes(sql: Queryable, user: FactorKey): Promise<string[]> {
  const codes = Array.from({ length: RECOVERY_CODES }, makeRecoveryCode);
  const hashes = codes.map((code) => hashRecoveryCode(user.userId, code));
  await replaceRecoveryCodes(sql, user, hashes);
  return codes.map((code) => code.match(/.{4}/gu)?.join("-") ?? code);
}

function makeRecoveryCode(): string {
  const bytes = randomBytes(RECOVERY_CHARACTERS);
  return [...bytes].map((byte) => LETTERS[byte % LETTERS.length]).join("");
}

/** Bound to the person: the same code of another one is another hash. */
function hashRecoveryCode(userId: string, code: string): Buffer {
  return createHash("sha256").update(`${userId} ${code}`, "utf8").digest();
}

function keyOf({ accountId, userId }: FactorKey): FactorKey {
  return { accountId, userId };
}

function placeOf({ userId }: FactorKey): string {
  return `second-factor:${userId}`;
}

function refuse(): AppError {
  return new AppError("sign_in_failed", "The code is wrong, too old, or was used already.");
}

async function makeTotp(secret: string, label: string) {
  const { TOTP, Secret } = await loadOtp();
  const options = { issuer: ISSUER, label, algorithm: "SHA1", digits: 6, period: PERIOD_S };
  return new TOTP({ ...options, secret: Secret.fromBase32(secret) });
}

/** Loaded when it is needed: a process that asks no codes does without its memory. */
function loadOtp() {
  return import("otpauth");
}
