import type { ConversationRow, InboxState } from "@recado/contract/console/inbox";
import { createContext, useCallback, useContext, useEffect, useMemo, useState } from "react";
import { threadKey } from "../../../live/live-model.ts";
import { sameList, useStore } from "../../../live/use-store.ts";
import { useSession } from "../../../session/use-session.ts";
import { useDesk } from "./desk.ts";
import { filterKey, type InboxFilter, listRows } from "./inbox-filter.ts";
import { listPart, loadList } from "./load-list.ts";
import { loadConversation, loadThread } from "./load-thread.ts";
import type { WorkActions } from "./work-actions.ts";

/** What people do with conversations, for everything within. */
export const ActionsContext = createContext<WorkActions | null>(null);

/** See {@link WorkActions}. */
export function useActions(): WorkActions {
  const actions = useContext(ActionsContext);
  if (actions === null) throw new Error("there is no inbox around this");
  return actions;
}

/** People, teams, labels, canned replies. Only within the page that waited for them. */
export function useCatalogue(): InboxState {
  const catalogue = useStore(useDesk().catalogue, (state) => state);
  if (catalogue === null) throw new Error("the inbox is not loaded");
  return catalogue;
}

/** Who of us somebody is: the name, and whether it is the person at this browser. */
export function usePeople(): PersonOf {
  const catalogue = useCatalogue();
  const known = personOf.get(catalogue);
  if (known !== undefined) return known;
  const { people, me } = catalogue;
  const names = new Map(people.map((person) => [person.id, person.name]));
  const made: PersonOf = (id) => ({ name: names.get(id ?? "") ?? "", isMe: id === me });
  personOf.set(catalogue, made);
  return made;
}

type PersonOf = (id: string | null) => { name: string; isMe: boolean };

/** Made once for each catalogue: every row of the list asks for it when it comes into sight. */
const personOf = new WeakMap<InboxState, PersonOf>();

/** The rows of a list as they are now, loaded when nobody has. */
export function useList(filter: InboxFilter) {
  const desk = useDesk();
  const me = useSession().person.id;
  const key = filterKey(filter);
  const part = useStore(desk.lists, (lists) => listPart(lists, filter));
  const known = useStore(desk.model, (model) => model.rows);
  const pending = useStore(desk.pending, (value) => value);
  const isNew = part.horizon === null && !part.isLoading && part.error === null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says all of the filter.
  useEffect(() => {
    if (isNew) void loadList(desk, filter);
  }, [desk, key, isNew]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says all of the filter.
  const rows = useMemo(() => {
    const shown = pending.size === 0 ? known.values() : withPending(known, pending);
    const horizon = part.horizon ?? { last: null };
    return listRows(shown, filter, { me, mentionIds: part.mentionIds, horizon });
  }, [known, pending, key, part, me]);
  return { rows, part };
}

/** One conversation, loaded when no list brought it, with why it is not here; `not_found`: there is none for this person. */
export function useConversation(id: string) {
  const desk = useDesk();
  const [error, setError] = useState<unknown>(null);
  const known = useStore(desk.model, (model) => model.rows.get(id) ?? null);
  const shown = useStore(desk.pending, (pending) => pending.get(id));
  const isKnown = known !== null;
  const load = useCallback(() => {
    setError(null);
    loadConversation(desk, id).catch(setError);
  }, [desk, id]);
  useEffect(() => {
    if (!isKnown) load();
  }, [isKnown, load]);
  const row = useMemo(
    () => (known === null || shown === undefined ? known : { ...known, ...shown }),
    [known, shown],
  );
  return { row, error, retry: load };
}

/** The thread of a conversation, loaded when it is not here; undefined until then. */
export function useThread(row: ConversationRow) {
  const desk = useDesk();
  const [error, setError] = useState<unknown>(null);
  const thread = useStore(desk.model, (model) => model.threads.get(threadKey(row)));
  const isMissing = thread === undefined;
  const key = threadKey(row);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says which thread.
  useEffect(() => {
    if (isMissing && error === null) loadThread(desk, row).catch(setError);
  }, [desk, key, isMissing, error]);
  const outgoing = useStore(
    desk.outbox,
    (outbox) => outbox.filter(({ conversationId }) => conversationId === row.id),
    sameList,
  );
  return { thread, outgoing, error, retry: () => setError(null) };
}

function* withPending(
  known: ReadonlyMap<string, ConversationRow>,
  pending: ReadonlyMap<string, Partial<ConversationRow>>,
): Generator<ConversationRow> {
  for (const row of known.values()) {
    const shown = pending.get(row.id);
    yield shown === undefined ? row : { ...row, ...shown };
  }
}
