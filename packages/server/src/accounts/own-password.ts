import { AppError } from "../platform/app-error.ts";
import { withTransaction } from "../storage/connect.ts";
import { deleteLinks } from "../storage/one-time-links.ts";
import { deleteSessions } from "../storage/sessions.ts";
import { findPasswordHash, type UserRow, updateUser } from "../storage/users.ts";
import type { Operator } from "./operator.ts";
import { hashPassword, verifyPassword } from "./passwords.ts";
import { admitTry, settleTry } from "./sign-in-pace.ts";

type Key = Pick<UserRow, "accountId" | "id">;

/** Refuses with `sign_in_failed` what is not the person's password: a browser that was left open is not its owner. Slows who guesses. */
export async function checkOwnPassword(
  operator: Operator,
  user: Key,
  password: string,
): Promise<void> {
  const attempt = { kind: "password", of: user.id } as const;
  await admitTry(operator, attempt);
  const hash = await findPasswordHash(operator.pool, user);
  if (hash === null || !(await verifyPassword(hash, password))) {
    throw new AppError("sign_in_failed", "The password is wrong.");
  }
  await settleTry(operator, attempt);
}

/** Changes a person's own password. Every other session ends, and every link for a new one. */
export async function changeOwnPassword(
  operator: Operator,
  user: Key & { sessionId: string },
  given: { current: string; next: string },
): Promise<void> {
  await checkOwnPassword(operator, user, given.current);
  const passwordHash = await hashPassword(given.next);
  await withTransaction(operator.pool, async (sql) => {
    await updateUser(sql, user, { passwordHash });
    await deleteSessions(sql, user, user.sessionId);
    await deleteLinks(sql, user);
  });
}
