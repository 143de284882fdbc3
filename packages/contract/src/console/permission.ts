import type { TokenScope } from "../admin-api.ts";

/*
 * What people may do in the console. A role is a list of permissions and nothing else: no code asks for a role where it
 * means a permission. `/v1` and its scopes follow from the same table, so one person may do the same by every door.
 */

/** What a person is in an account. */
export const CONSOLE_ROLES = [
  "owner",
  "administrator",
  "supervisor",
  "agent",
  "developer",
  "read-only",
] as const;

/** One of {@link CONSOLE_ROLES}. */
export type ConsoleRole = (typeof CONSOLE_ROLES)[number];

/** Everything that can be permitted. */
export const PERMISSIONS = [
  "inbox.read",
  "inbox.reply",
  "inbox.assign",
  "inbox.supervise",
  "inbox.configure",
  "contacts.write",
  "templates.write",
  "messages.send",
  "wallet.read",
  "wallet.topup",
  "webhooks.write",
  "tokens.write",
  "people.write",
  "settings.write",
  "audit.read",
] as const;

/** One of {@link PERMISSIONS}. */
export type Permission = (typeof PERMISSIONS)[number];

/** What each role may do. */
export const ROLE_PERMISSIONS: Readonly<Record<ConsoleRole, readonly Permission[]>> = {
  owner: PERMISSIONS,
  administrator: PERMISSIONS,
  supervisor: [
    "inbox.read",
    "inbox.reply",
    "inbox.assign",
    "inbox.supervise",
    "inbox.configure",
    "contacts.write",
    "templates.write",
    "wallet.read",
    "messages.send",
  ],
  agent: ["inbox.read", "inbox.reply", "inbox.assign", "contacts.write", "messages.send"],
  developer: [
    "inbox.read",
    "webhooks.write",
    "tokens.write",
    "templates.write",
    "messages.send",
    "wallet.read",
  ],
  "read-only": ["inbox.read", "wallet.read"],
};

/** The scopes of `/v1` that come with a permission. */
export const PERMISSION_SCOPES: Readonly<Partial<Record<Permission, readonly TokenScope[]>>> = {
  "inbox.read": ["messages:read", "templates:read", "contacts:read", "conversations:read"],
  "inbox.reply": ["conversations:write"],
  "contacts.write": ["contacts:write"],
  "templates.write": ["templates:write"],
  "messages.send": ["messages:write", "media:write"],
  "wallet.read": ["wallet:read"],
  "webhooks.write": ["webhooks:read", "webhooks:write", "events:read"],
  "settings.write": ["wallet:write", "contacts:export", "contacts:erase"],
};

/** The scopes of `/v1` that a role has, each once. */
export function scopesOfRole(role: ConsoleRole): TokenScope[] {
  const scopes = ROLE_PERMISSIONS[role].flatMap(
    (permission) => PERMISSION_SCOPES[permission] ?? [],
  );
  return [...new Set(scopes)];
}
