import type { ConversationRow } from "@recado/contract/console/inbox";
import type { LiveChange } from "@recado/contract/console/inbox-live";
import { EMPTY_MODEL } from "../../../live/live-model.ts";
import { startLive } from "../../../live/start-live.ts";
import type { Desk } from "./desk.ts";
import { inboxApi } from "./inbox-api.ts";
import { startOutbox } from "./send-message.ts";
import { verifyLive } from "./verify-live.ts";

/** What the page does when something happens while it is open. */
export interface DeskListener {
  personId: string;
  /** A person wrote, or somebody mentioned me. */
  onNews: (change: LiveChange, row: ConversationRow) => void;
}

/** Loads the inbox's state and keeps it true until the returned function is called. Rejects when the first load fails. */
export async function startDesk(desk: Desk, listener: DeskListener): Promise<() => void> {
  await loadState(desk);
  const stopOutbox = startOutbox(desk);
  const stopLive = startLive({
    model: desk.model,
    status: desk.status,
    personId: listener.personId,
    clientId: desk.clientId,
    onChanges: (changes) => {
      if (changes.some(({ kind }) => kind === "catalogue.changed")) void loadState(desk);
      if (changes.some(({ mentions }) => mentions.length > 0)) forgetMentions(desk);
      for (const change of changes) {
        const row = desk.model.get().rows.get(change.conversation_id ?? "");
        if (row !== undefined) listener.onNews(change, row);
      }
      verifyLive(desk);
    },
    onReset: async () => {
      // Lists and threads that are shown see that they are gone and load themselves anew; who is where is told, not loaded.
      desk.model.update(({ presence, here }) => ({ ...EMPTY_MODEL, presence, here }));
      desk.lists.update(() => new Map());
      return loadState(desk);
    },
  });
  // Whoever closes the tab is seen no more at once; who is killed, when the server hears nothing for a while.
  const leave = () => void inboxApi.leave(desk.clientId).catch(() => undefined);
  addEventListener("pagehide", leave);
  return () => {
    removeEventListener("pagehide", leave);
    stopLive();
    stopOutbox();
  };
}

async function loadState(desk: Desk): Promise<number> {
  const state = await inboxApi.state();
  desk.catalogue.update(() => state);
  desk.model.update((model) => ({
    ...model,
    seq: Math.max(model.seq, state.seq),
    counts: state.counts,
  }));
  return state.seq;
}

/** Who is mentioned where is the server's to say: the list is loaded anew when it is looked at. */
function forgetMentions(desk: Desk): void {
  desk.lists.update((lists) => new Map([...lists].filter(([key]) => !key.startsWith("mentions|"))));
}
