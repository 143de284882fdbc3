import type { InboxCounts } from "@recado/contract/console/inbox";
import type { LiveBeat, LiveChange, LivePresence } from "@recado/contract/console/inbox-live";
import { applyChanges, applyPresence } from "./apply-change.ts";
import type { ExternalStore } from "./external-store.ts";
import type { LiveMessage, LiveState } from "./live-connection.ts";
import type { LiveModel } from "./live-model.ts";
import { openLine } from "./open-line.ts";

/** How fresh the page is. */
export interface LiveStatus {
  state: LiveState;
  /** When the server was last heard, by this machine's clock; 0: never. */
  heardAtMs: number;
}

/** What {@link startLive} works on and tells. */
export interface LiveParts {
  model: ExternalStore<LiveModel>;
  status: ExternalStore<LiveStatus>;
  /** Whose page it is. */
  personId: string;
  /** Marks this tab; presence is kept for each. */
  clientId: string;
  /** Changes in their order, after they are in the model. */
  onChanges: (changes: readonly LiveChange[]) => void;
  /** Too much was missed: everything must be loaded again. Answers the number from which to go on. */
  onReset: () => Promise<number | null>;
}

/** Keeps the model true until the returned function is called. */
export function startLive(parts: LiveParts): () => void {
  const { model, status, personId, clientId } = parts;
  let resetting = false;
  const connection = openLine({
    personId,
    clientId,
    after: String(model.get().seq),
    listener: {
      onState: (state) =>
        status.update(({ heardAtMs }) => ({
          state,
          heardAtMs: state === "live" ? Date.now() : heardAtMs,
        })),
      onMessages: (messages) => {
        status.update(({ state }) => ({ state, heardAtMs: Date.now() }));
        takeMessages(parts, messages);
        const beat = messages.findLast(({ event }) => event === "beat")?.data as LiveBeat | null;
        if (beat) connection.moveTo(String(beat.seq));
        if (messages.some(({ event }) => event === "reset")) void reset();
      },
    },
  });
  const reset = async () => {
    if (resetting) return;
    resetting = true;
    const seq = await parts.onReset().catch(() => null);
    resetting = false;
    if (seq !== null) connection.moveTo(String(seq));
  };
  const wake = () => {
    if (document.visibilityState === "visible") connection.hurry();
  };
  window.addEventListener("online", wake);
  document.addEventListener("visibilitychange", wake);
  return () => {
    window.removeEventListener("online", wake);
    document.removeEventListener("visibilitychange", wake);
    connection.close();
  };
}

/** One update of the model for all that came together. */
function takeMessages({ model, onChanges }: LiveParts, messages: readonly LiveMessage[]): void {
  const ofKind = <Data>(event: string) =>
    messages.flatMap((message) =>
      message.event === event && message.data !== null ? [message.data as Data] : [],
    );
  const changes = ofKind<LiveChange>("change");
  const counts = ofKind<InboxCounts>("counts").at(-1);
  const presences = ofKind<LivePresence>("presence");
  const beat = ofKind<LiveBeat>("beat").at(-1);
  model.update((before) => {
    let next = changes.length > 0 ? applyChanges(before, changes) : before;
    for (const news of presences) next = applyPresence(next, news);
    if (counts !== undefined) next = { ...next, counts };
    if (beat !== undefined && beat.seq > next.seq) next = { ...next, seq: beat.seq };
    return next;
  });
  if (changes.length > 0) onChanges(changes);
}
