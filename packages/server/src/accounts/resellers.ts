import { hasResale } from "../storage/accounts.ts";
import type { Queryable } from "../storage/connect.ts";
import type { UserRole } from "../storage/users.ts";

/** Whether a person administers a reseller: by role, in an account that has customers or an administrator's token. */
export async function isReseller(
  sql: Queryable,
  person: { accountId: string; role: UserRole },
): Promise<boolean> {
  const administers = person.role === "owner" || person.role === "administrator";
  return administers && hasResale(sql, person.accountId);
}
