import type { ConsoleRole } from "@recado/contract/console/permission";
import { browseUsers, findLogin } from "../accounts/browse.ts";
import { createUser, updateUser } from "../accounts/users.ts";
import type { Foundation } from "../compose-foundation.ts";

/** Somebody who works for the demonstration's account. */
export interface DemoPerson {
  role: ConsoleRole;
  login: string;
  name: string;
}

/** One for each role, and a second agent to hand conversations to. All of them have the demonstration's password. */
export const DEMO_PEOPLE: readonly DemoPerson[] = [
  { role: "owner", login: "demo", name: "Camila Restrepo" },
  { role: "administrator", login: "demo-administradora", name: "Lucía Herrera" },
  { role: "supervisor", login: "demo-supervisor", name: "Andrés Molina" },
  { role: "agent", login: "demo-agente", name: "Valentina Díaz" },
  { role: "agent", login: "demo-agente-2", name: "Mateo Ríos" },
  { role: "developer", login: "demo-desarrollador", name: "Julián Pardo" },
  { role: "read-only", login: "demo-lectora", name: "Sara Niño" },
];

const PEOPLE_MAX = 500;

/** The e-mail address of a demonstration's login. */
export function demoEmail(login: string): string {
  return `${login}@example.com`;
}

/**
 * Makes whoever of {@link DEMO_PEOPLE} is missing, in a demonstration of an earlier version as well, and the owner an operator. Whoever is
 * there is left alone: somebody may be trying something out.
 */
export async function seedDemoPeople(
  base: Foundation,
  demo: { accountId: string; password: string },
): Promise<void> {
  const { accountId, password } = demo;
  const { items } = await browseUsers(base.shared.pool, accountId, { limit: PEOPLE_MAX });
  const owner = items.find(({ login }) => login === DEMO_PEOPLE[0]?.login);
  if (owner && !owner.operator) {
    const name = owner.name === owner.login ? DEMO_PEOPLE[0]?.name : undefined;
    await updateUser(base.shared, owner, { operator: true, name });
  }
  for (const { role, login, name } of DEMO_PEOPLE) {
    if (await findLogin(base.shared.pool, login)) continue;
    const email = demoEmail(login);
    await createUser(base.shared, { accountId, login, name, email, role, password });
  }
}
