import type { ConsoleRole } from "@recado/contract/console/permission";
import { AppError } from "../platform/app-error.ts";
import { touchAccount } from "../storage/accounts.ts";
import { withTransaction } from "../storage/connect.ts";
import { deleteLinks } from "../storage/one-time-links.ts";
import { deleteSessions } from "../storage/sessions.ts";
import { findUser, lockOwners, type UserRow, updateUser } from "../storage/users.ts";
import { checkName } from "./check-fields.ts";
import type { Operator } from "./operator.ts";
import { createUser } from "./users.ts";

/*
 * What people of an account may do to one another. That they may do it at all is a permission; this is about whom: an owner
 * answers to owners alone, an operator of the platform to operators, and nobody decides about what they are themselves.
 */

/** Who changes other people. */
export interface Manager {
  accountId: string;
  userId: string;
  role: ConsoleRole;
  operator: boolean;
}

/** What may change in a person; what is undefined stays. */
export interface PersonChanges {
  name?: string | undefined;
  email?: string | null | undefined;
  role?: ConsoleRole | undefined;
  state?: UserRow["state"] | undefined;
}

/** Refuses with `forbidden` to do anything to a person who is above the one who asks. */
export function checkMayManage(manager: Manager, person: UserRow): void {
  if (person.id === manager.userId) return;
  if (person.operator && !manager.operator) {
    throw new AppError("forbidden", "This person operates the platform: only operators may.");
  }
  if (person.role === "owner" && manager.role !== "owner") {
    throw new AppError("forbidden", "This person is an owner: only owners may.");
  }
}

/** Adds a person without a password. Refuses to make an owner unless one asks, and a login that is taken. */
export async function invitePerson(
  operator: Operator,
  manager: Manager,
  wish: { login?: string | undefined; name: string; email?: string | undefined; role: ConsoleRole },
): Promise<UserRow> {
  checkMayGive(manager, wish.role);
  const { name, email, role } = wish;
  const login = wish.login ?? email ?? "";
  return createUser(operator, { accountId: manager.accountId, login, name, email, role });
}

/** Changes a person by the rules above. The last active owner stays one, however many try at once. Being disabled ends every session. */
export async function changePerson(
  operator: Operator,
  manager: Manager,
  change: { person: UserRow; changes: PersonChanges },
): Promise<UserRow> {
  const { name, email, role, state } = change.changes;
  const checked = {
    ...{ email, role, state },
    ...(name === undefined ? {} : { name: checkName("name", name) }),
  };
  return withTransaction(operator.pool, async (sql) => {
    // Before the person is looked at: what an owner is now, they are until the end.
    const owners = await lockOwners(sql, manager.accountId);
    const self = await findUser(sql, { accountId: manager.accountId, id: manager.userId });
    const person = await findUser(sql, change.person);
    if (!person || !self) throw new AppError("not_found", "There is no such user.");
    const now = { ...manager, role: self.role, operator: self.operator };
    checkMayManage(now, person);
    checkMayChange(now, person, { role, state });
    const isLast = owners.length === 1 && owners[0] === person.id;
    const steps = (role !== undefined && role !== "owner") || state === "disabled";
    if (isLast && steps) {
      throw new AppError("conflict", "The account's last owner stays one: name another first.");
    }
    await updateUser(sql, person, checked);
    if (state === "disabled") {
      await deleteSessions(sql, person, null);
      await deleteLinks(sql, person);
    }
    await touchAccount(sql, [person.accountId]);
    return (await findUser(sql, person)) ?? person;
  });
}

function checkMayChange(
  manager: Manager,
  person: UserRow,
  { role, state }: Pick<PersonChanges, "role" | "state">,
): void {
  const changesRole = role !== undefined && role !== person.role;
  const changesState = state !== undefined && state !== person.state;
  if (person.id === manager.userId && (changesRole || changesState)) {
    throw new AppError("forbidden", "Nobody changes their own role or state: ask another owner.");
  }
  if (changesRole) checkMayGive(manager, role);
}

function checkMayGive(manager: Manager, role: ConsoleRole): void {
  if (role === "owner" && manager.role !== "owner") {
    throw new AppError("forbidden", "Only an owner makes another one.");
  }
}
