/** What a person may do; the table of roles is the server's (`contract/console/permission.ts`). */
export type Permission =
  | "inbox.read"
  | "inbox.reply"
  | "inbox.assign"
  | "inbox.supervise"
  | "inbox.configure"
  | "contacts.write"
  | "templates.write"
  | "messages.send"
  | "wallet.read"
  | "wallet.topup"
  | "webhooks.write"
  | "tokens.write"
  | "people.write"
  | "settings.write"
  | "audit.read";

/** Who is signed in in this browser. */
export interface Session {
  user: { id: string; name: string; login: string; email: string | null; role: string };
  account: { id: string; name: string; currency: string; time_zone: string };
  permissions: readonly Permission[];
  /** Whether `/admin` is open to this person: an operator, or a reseller's administrator. */
  operates: boolean;
}

/** Whether the session's person may do all of it. */
export function may(session: Session, ...permissions: Permission[]): boolean {
  return permissions.every((permission) => session.permissions.includes(permission));
}
