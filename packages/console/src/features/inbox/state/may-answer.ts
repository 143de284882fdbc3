import type { ConsoleRole } from "@recado/contract/console/permission";

/** Whoever looks on: roles without the permission `inbox.reply`. */
const ONLOOKERS: readonly string[] = ["developer", "read-only"] satisfies ConsoleRole[];

/** Whether people of a role answer conversations, so that it makes sense to call one to them. */
export function mayAnswer(role: string): boolean {
  return !ONLOOKERS.includes(role);
}
