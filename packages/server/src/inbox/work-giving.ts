import type { Logger } from "pino";
import {
  type ContactEventKind,
  makeContactEvent,
  tellContactEvents,
} from "../contacts/contact-events.ts";
import { type Candidate, type GivingMode, pickAgent } from "../domain/pick-agent.ts";
import type { Clock } from "../platform/clock.ts";
import type { IdMaker } from "../platform/ids.ts";
import { createLane, type Lane } from "../platform/lane.ts";
import {
  type AgentRow,
  listAgents,
  lockGiving,
  noteAgentsSeen,
  noteGiven,
} from "../storage/agents.ts";
import { deleteComposer } from "../storage/composers.ts";
import { type Database, type Transaction, withTransaction } from "../storage/connect.ts";
import type { ContactEvent } from "../storage/contact-events.ts";
import { type ConversationRow, updateConversation } from "../storage/conversations.ts";
import { type GivenPlaces, listMembers, lockAbandoned, lockQueue } from "../storage/giving.ts";
import {
  listGivingAccounts,
  listTeamRules,
  listWorkSettings,
  type TeamRuleRow,
  type WorkSettingsRow,
} from "../storage/work-settings.ts";
import { readWork } from "./work-settings.ts";

/*
 * Gives waiting conversations to people, whoever waits longest first, only to whoever is here and available and has room. One
 * process at a time gives in an account, and each conversation is held while it is given: none gets two people, and nobody
 * gets more than they may have, however many processes there are.
 */

/** What giving needs. */
export interface GivingDeps {
  pool: Database;
  clock: Clock;
  ids: IdMaker;
}

/** What a round did in an account. */
export interface GivingRound {
  given: number;
  takenBack: number;
  /** There may be more to give at once. */
  more: boolean;
}

const BATCH = 100;
/** Conversations that are looked at for somebody who may have them; the rest waits for the next round. */
const LOOKED_AT_MAX = 1_000;
const SEEN_EVERY_MS = 15_000;

/** Builds the lane. */
export function createGivingLane(deps: GivingDeps & { logger: Logger; intervalMs: number }): Lane {
  return createLane({
    name: "giving",
    intervalMs: deps.intervalMs,
    logger: deps.logger,
    async round() {
      const nowMs = deps.clock.now();
      await noteAgentsSeen(deps.pool, new Date(nowMs), new Date(nowMs - SEEN_EVERY_MS));
      let more = false;
      for (const accountId of await listGivingAccounts(deps.pool)) {
        try {
          more = (await giveConversations(deps, accountId)).more || more;
        } catch (error) {
          // One account's trouble must not keep the others' people without work.
          deps.logger.error({ accountId, err: error }, "giving.failed");
        }
      }
      return more;
    },
  });
}

/** One round in an account. */
export function giveConversations(deps: GivingDeps, accountId: string): Promise<GivingRound> {
  return withTransaction(deps.pool, async (sql) => {
    if (!(await lockGiving(sql, accountId))) return { given: 0, takenBack: 0, more: false };
    const nowMs = deps.clock.now();
    const office = await openOffice(sql, accountId, nowMs);
    const takenBack = await takeBack(sql, deps, office);
    const { given, more } = await giveQueue(sql, deps, office);
    for (const userId of office.givenTo) {
      await noteGiven(sql, accountId, { userId, at: new Date(nowMs) });
    }
    await tellContactEvents(sql, office.events);
    return { given, takenBack, more };
  });
}

type Agent = AgentRow & Candidate;

/** An account as giving looks at it. */
interface Office {
  accountId: string;
  nowMs: number;
  projects: ReadonlyMap<string, WorkSettingsRow>;
  rules: ReadonlyMap<string, TeamRuleRow>;
  agents: Agent[];
  /** Of each team, who is in it. */
  members: ReadonlyMap<string, ReadonlySet<string>>;
  givenTo: Set<string>;
  events: ContactEvent[];
}

async function openOffice(sql: Transaction, accountId: string, nowMs: number): Promise<Office> {
  const settings = await listWorkSettings(sql, accountId);
  const rules = await listTeamRules(sql, accountId);
  const agents = await listAgents(sql, accountId, new Date(nowMs));
  const members = Map.groupBy(await listMembers(sql, accountId), ({ teamId }) => teamId);
  return {
    ...{ accountId, nowMs, givenTo: new Set<string>(), events: [] },
    projects: new Map(settings.map((row) => [row.projectId, row])),
    rules: new Map(rules.map((rule) => [rule.teamId, rule])),
    agents: agents.map((agent) => ({ ...agent, givenAtMs: agent.givenAt?.getTime() ?? null })),
    members: new Map(
      [...members].map(([id, people]) => [id, new Set(people.map(({ userId }) => userId))]),
    ),
  };
}

async function giveQueue(
  sql: Transaction,
  deps: GivingDeps,
  office: Office,
): Promise<{ given: number; more: boolean }> {
  const places = listPlaces(office);
  let after = { at: "-infinity", id: "00000000-0000-0000-0000-000000000000" };
  let given = 0;
  for (let seen = 0; seen < LOOKED_AT_MAX && hasRoom(office); seen += BATCH) {
    const queue = await lockQueue(sql, places, { after, limit: BATCH });
    for (const conversation of queue) {
      if (await give(sql, deps, { office, conversation })) given += 1;
    }
    const last = queue.at(-1);
    if (!last || queue.length < BATCH) return { given, more: false };
    after = { at: last.place, id: last.id };
  }
  return { given, more: given > 0 && hasRoom(office) };
}

async function give(
  sql: Transaction,
  deps: GivingDeps,
  { office, conversation }: { office: Office; conversation: ConversationRow },
): Promise<boolean> {
  const rule = findRule(office, conversation);
  if (rule === null) return false;
  const team = conversation.teamId === null ? null : office.members.get(conversation.teamId);
  const present = office.agents.filter(
    (agent) => isPresent(agent) && (team === null || team?.has(agent.userId)),
  );
  const agent = pickAgent(present, rule);
  if (agent === null) return false;
  agent.open += 1;
  // Within a round the order of giving is what counts, not the clock.
  agent.givenAtMs = office.nowMs + office.events.length;
  office.givenTo.add(agent.userId);
  await hand(sql, deps, { office, conversation, assigneeId: agent.userId });
  return true;
}

/** What waits for somebody who is gone goes back into the queue. */
async function takeBack(sql: Transaction, deps: GivingDeps, office: Office): Promise<number> {
  let count = 0;
  for (const row of office.projects.values()) {
    const { reassign_after_s: afterS } = readWork(row).assignment;
    if (afterS === null) continue;
    const beforeMs = office.nowMs - afterS * 1_000;
    const presentIds = office.agents
      .filter((agent) => isPresent(agent) || (findGoneMs(agent) ?? 0) > beforeMs)
      .map(({ userId }) => userId);
    const of = { accountId: office.accountId, projectId: row.projectId, presentIds };
    const rows = await lockAbandoned(sql, { ...of, before: new Date(beforeMs) }, BATCH);
    for (const conversation of rows) {
      await hand(sql, deps, { office, conversation, assigneeId: null });
    }
    count += rows.length;
  }
  return count;
}

async function hand(
  sql: Transaction,
  deps: GivingDeps,
  given: { office: Office; conversation: ConversationRow; assigneeId: string | null },
): Promise<void> {
  const { office, conversation, assigneeId } = given;
  const { accountId, id: conversationId, contactId, channelId, projectId, teamId } = conversation;
  await updateConversation(sql, { ...conversation, assigneeId }, new Date(office.nowMs));
  await deleteComposer(sql, { accountId, id: conversationId }, { butOf: assigneeId });
  const kind: ContactEventKind =
    assigneeId === null ? "conversation.unassigned" : "conversation.assigned";
  const previous = conversation.assigneeId;
  office.events.push(
    makeContactEvent(deps.ids, {
      ...{ accountId, projectId, kind, contactIds: [contactId], atMs: office.nowMs },
      data: {
        ...{
          conversationId,
          contactId,
          channelId,
          assigneeId,
          previousAssigneeId: previous,
          teamId,
        },
        by: "rule",
      },
    }),
  );
}

function listPlaces({ accountId, projects, rules }: Office): GivenPlaces {
  const giving = [...projects.values()].filter((row) => readWork(row).assignment.mode !== "off");
  const own = [...rules.values()].filter(({ mode }) => mode !== null);
  return {
    accountId,
    projectIds: giving.map(({ projectId }) => projectId),
    teamIds: own.filter(({ mode }) => mode !== "off").map(({ teamId }) => teamId),
    restingTeamIds: own.filter(({ mode }) => mode === "off").map(({ teamId }) => teamId),
  };
}

function findRule(
  office: Office,
  { projectId, teamId }: ConversationRow,
): { mode: GivingMode; capacity: number } | null {
  const row = office.projects.get(projectId);
  if (!row) return null;
  const { assignment } = readWork(row);
  const mode = (teamId === null ? null : office.rules.get(teamId)?.mode) ?? assignment.mode;
  return mode === "off" ? null : { mode, capacity: assignment.capacity };
}

/** Whether anybody is here at all who has room by the most generous of the projects. */
function hasRoom({ agents, projects }: Office): boolean {
  const most = Math.max(
    0,
    ...[...projects.values()].map((row) => readWork(row).assignment.capacity),
  );
  return agents.some((agent) => isPresent(agent) && agent.open < (agent.capacity ?? most));
}

function isPresent({ here, said }: AgentRow): boolean {
  return here && said === "available";
}

/** When somebody who is not present went away; null: was never here. */
function findGoneMs({ here, said, saidAt, seenAt }: AgentRow): number | null {
  const wentMs = here ? null : (seenAt?.getTime() ?? 0);
  const saidMs = said === "away" ? (saidAt?.getTime() ?? 0) : null;
  const times = [wentMs, saidMs].filter((ms) => ms !== null);
  return times.length === 0 ? null : Math.min(...times);
}
