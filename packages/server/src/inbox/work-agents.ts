import type { Agent } from "@recado/contract/console/work";
import { AppError } from "../platform/app-error.ts";
import { type AgentRow, listAgents, putAgent } from "../storage/agents.ts";
import { withTransaction } from "../storage/connect.ts";
import { listWorkSettings } from "../storage/work-settings.ts";
import { readWork, type SettingsDeps } from "./work-settings.ts";

/** Everybody of an account who can answer, as work is given out. */
export async function listPeople(deps: SettingsDeps, accountId: string): Promise<Agent[]> {
  const agents = await listAgents(deps.pool, accountId, new Date(deps.clock.now()));
  const capacity = await findCapacity(deps, accountId);
  return agents.map((agent) => formatAgent(agent, capacity));
}

/** One of them; refuses with `not_found` whoever cannot answer, or is another account's. */
export async function getPerson(
  deps: SettingsDeps,
  key: { accountId: string; userId: string },
): Promise<Agent> {
  const agents = await listPeople(deps, key.accountId);
  const agent = agents.find((one) => one.user_id === key.userId);
  if (!agent) throw new AppError("not_found", "There is no such person who answers.");
  return agent;
}

/** Changes what is said of somebody, or how much the rules may give them. */
export async function changePerson(
  deps: SettingsDeps,
  key: { accountId: string; userId: string },
  change: { state?: "available" | "away" | undefined; capacity?: number | null | undefined },
): Promise<Agent> {
  const at = new Date(deps.clock.now());
  await withTransaction(deps.pool, async (sql) => {
    const known = await listAgents(sql, key.accountId, at);
    if (!known.some(({ userId }) => userId === key.userId)) {
      throw new AppError("not_found", "There is no such person who answers.");
    }
    await putAgent(sql, key, { ...change, at });
  });
  return getPerson(deps, key);
}

/** Shows somebody. */
export function formatAgent(row: AgentRow, capacity: number): Agent {
  const state = row.here ? row.said : "offline";
  const since = state === "offline" ? row.seenAt : row.saidAt;
  return {
    ...{ user_id: row.userId, name: row.name, role: row.role, state },
    since: since?.toISOString() ?? null,
    seen_at: row.seenAt?.toISOString() ?? null,
    capacity: row.capacity ?? capacity,
    capacity_own: row.capacity,
    open: row.open,
  };
}

/** The greatest of the projects' capacities: what somebody may be given in all. */
export async function findCapacity(deps: SettingsDeps, accountId: string): Promise<number> {
  const rows = await listWorkSettings(deps.pool, accountId);
  return Math.max(0, ...rows.map((row) => readWork(row).assignment.capacity));
}
