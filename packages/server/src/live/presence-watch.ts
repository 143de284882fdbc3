import type { LivePresence } from "@recado/contract/console/inbox-live";
import type { Clock } from "../platform/clock.ts";
import { listComposers } from "../storage/composers.ts";
import type { Database } from "../storage/connect.ts";
import { listPresence, type PresenceRow } from "../storage/presence.ts";
import { formatFrame } from "./listeners.ts";

/** Who is where in one account, and what of it has changed. */
export interface PresenceWatch {
  /** Everything, as a frame. */
  whole(): Promise<string>;
  /** What has changed since the last look, as a frame; empty: nothing. */
  news(): Promise<string>;
}

type OneConversation = LivePresence["conversations"][number];

/** Knows nothing until it is asked. */
export function createPresenceWatch(
  deps: { pool: Database; clock: Clock },
  accountId: string,
): PresenceWatch {
  let known = new Map<string, string>();
  let knownHere = "";
  // One look after the other, and each said before the next: an older look that ends later would be said as the newer one.
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = (say: () => Promise<string>) => {
    const said = turn.then(say);
    turn = said.catch(() => undefined);
    return said;
  };

  const load = async () => {
    const now = new Date(deps.clock.now());
    const [tabs, composers] = await Promise.all([
      listPresence(deps.pool, accountId, now),
      listComposers(deps.pool, accountId, now),
    ]);
    const conversations = new Map<string, OneConversation>();
    const of = (id: string) => {
      const one = conversations.get(id) ?? { conversation_id: id, people: [], composer: null };
      conversations.set(id, one);
      return one;
    };
    for (const [id, rows] of groupByConversation(tabs)) of(id).people = listDoing(rows);
    for (const { conversationId, userId, takenAt } of composers) {
      of(conversationId).composer = { user_id: userId, since: takenAt.toISOString() };
    }
    return { here: [...new Set(tabs.map(({ userId }) => userId))].sort(), conversations };
  };
  return {
    whole: () =>
      inTurn(async () => {
        const { here, conversations } = await load();
        const data = { complete: true, here, conversations: [...conversations.values()] };
        return formatFrame({ event: "presence", data });
      }),
    news: () =>
      inTurn(async () => {
        const { here, conversations } = await load();
        const next = new Map([...conversations].map(([id, one]) => [id, JSON.stringify(one)]));
        const changed = [...conversations].flatMap(([id, one]) =>
          known.get(id) === next.get(id) ? [] : [one],
        );
        const left = [...known.keys()]
          .filter((id) => !next.has(id))
          .map((id) => ({ conversation_id: id, people: [], composer: null }));
        const isSame = knownHere === here.join();
        known = next;
        knownHere = here.join();
        const all = [...changed, ...left];
        if (all.length === 0 && isSame) return "";
        const data = { complete: false, here: isSame ? null : here, conversations: all };
        return formatFrame({ event: "presence", data });
      }),
  };
}

function groupByConversation(tabs: readonly PresenceRow[]): Map<string, PresenceRow[]> {
  const groups = new Map<string, PresenceRow[]>();
  for (const tab of tabs) {
    if (tab.conversationId === null) continue;
    groups.set(tab.conversationId, [...(groups.get(tab.conversationId) ?? []), tab]);
  }
  return groups;
}

const RANK = { looking: 0, noting: 1, typing: 2 } as const;

/** Of somebody with several tabs, the one in which most is done. */
function listDoing(tabs: readonly PresenceRow[]): OneConversation["people"] {
  const people = new Map<string, PresenceRow["doing"]>();
  for (const { userId, doing } of tabs) {
    const before = people.get(userId) ?? "looking";
    people.set(userId, RANK[doing] > RANK[before] ? doing : before);
  }
  return [...people]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([user_id, doing]) => ({ user_id, doing }));
}
