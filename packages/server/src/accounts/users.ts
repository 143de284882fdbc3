import { AppError } from "../platform/app-error.ts";
import { findAccount, touchAccount } from "../storage/accounts.ts";
import { findSqlState, withTransaction } from "../storage/connect.ts";
import { deleteLinks } from "../storage/one-time-links.ts";
import { deleteSessions } from "../storage/sessions.ts";
import {
  findUser,
  insertUser,
  type NewUserRow,
  type UserRole,
  type UserRow,
  updatePreferences,
  updateUser as updateRow,
} from "../storage/users.ts";
import { checkName, refuseField } from "./check-fields.ts";
import { type Operator, stamp } from "./operator.ts";
import { hashPassword } from "./passwords.ts";

/** A person of an account. */
export type User = UserRow;

/** What a new user needs. */
export interface NewUser {
  accountId: string;
  /** 1 to 128 characters without blanks, unique on the whole platform whatever its case. */
  login: string;
  /** Default: the login. */
  name?: string | undefined;
  email?: string | undefined;
  /** Default `developer`. */
  role?: UserRole | undefined;
  /** For the console; without one the person cannot enter it. */
  password?: string | undefined;
}

/** Creates a user. Refuses a login that is taken, with `conflict`. */
export async function createUser(operator: Operator, given: NewUser): Promise<UserRow> {
  const { id, at } = stamp(operator);
  const user: NewUserRow = {
    accountId: given.accountId,
    id,
    login: checkLogin(given.login),
    name: checkName("name", given.name ?? given.login),
    email: given.email ?? null,
    role: given.role ?? "developer",
    state: "active",
    createdAt: at,
    passwordHash: given.password === undefined ? null : await hashPassword(given.password),
  };
  try {
    await withTransaction(operator.pool, async (sql) => {
      if (!(await findAccount(sql, user.accountId))) {
        throw new AppError("not_found", "There is no such account.");
      }
      await insertUser(sql, user);
      await touchAccount(sql, [user.accountId]);
    });
  } catch (error) {
    if (findSqlState(error) !== "23505") throw error;
    throw new AppError("conflict", `The login ${user.login} is taken: choose another one.`);
  }
  const { passwordHash, ...row } = user;
  const fresh = { operator: false, hasSecondFactor: false, signedInAt: null };
  return { ...row, ...fresh, hasPassword: passwordHash !== null };
}

/** What may change in a user; what is undefined stays. */
export interface UserUpdate {
  name?: string | undefined;
  role?: UserRole | undefined;
  state?: UserRow["state"] | undefined;
  password?: string | undefined;
  email?: string | null | undefined;
  /** Administers the whole platform in the console; whoever calls has proved the right to give this. */
  operator?: boolean | undefined;
}

/** Changes a user. A new password, or being disabled, ends every session and link of theirs. */
export async function updateUser(
  operator: Operator,
  user: UserRow,
  changes: UserUpdate,
): Promise<UserRow> {
  const { password, name, role, state, email, operator: isOperator } = changes;
  const endsSessions = password !== undefined || state === "disabled";
  const checked = {
    ...{ role, state, email, operator: isOperator },
    ...(name === undefined ? {} : { name: checkName("name", name) }),
    ...(password === undefined ? {} : { passwordHash: await hashPassword(password) }),
  };
  return withTransaction(operator.pool, async (sql) => {
    await updateRow(sql, user, checked);
    if (endsSessions) {
      await deleteSessions(sql, user, null);
      await deleteLinks(sql, user);
    }
    await touchAccount(sql, [user.accountId]);
    const changed = await findUser(sql, user);
    if (!changed) throw new AppError("not_found", "There is no such user.");
    return changed;
  });
}

function checkLogin(login: string): string {
  if (!/^[^\s\p{Cc}]{1,128}$/u.test(login)) {
    refuseField("login", "must have 1 to 128 characters, none of them a blank");
  }
  return login;
}

/** A person's language and colours in the console; null: those of the browser. What is undefined stays. */
export async function setPreferences(
  operator: Pick<Operator, "pool">,
  key: { accountId: string; id: string },
  wish: {
    locale?: "es" | "en" | null | undefined;
    theme?: "light" | "dark" | "auto" | null | undefined;
  },
): Promise<void> {
  await updatePreferences(operator.pool, key, wish);
}

/** Changes a person's name. */
export async function renameUser(
  operator: Pick<Operator, "pool">,
  key: { accountId: string; id: string },
  name: string,
): Promise<void> {
  await updateRow(operator.pool, key, { name: checkName("name", name) });
}
