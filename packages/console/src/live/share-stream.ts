import type { InboxCounts } from "@recado/contract/console/inbox";
import type {
  LiveBeat,
  LiveChange,
  LivePresence,
  LiveReset,
} from "@recado/contract/console/inbox-live";
import type { LiveConnection, LiveListener, LiveMessage, LiveState } from "./live-connection.ts";
import type { TabMessage, WorkerMessage } from "./shared-messages.ts";

/** The worker's end of the way to a tab. */
export interface TabPort {
  postMessage: (message: WorkerMessage) => void;
  onmessage: ((event: { data: TabMessage }) => void) | null;
}

/** Opens the one stream, behind event number `after`. */
export type OpenStream = (after: number, listener: LiveListener) => LiveConnection;

/** How many changes are kept for tabs that come later; who is further behind loads everything anew. */
const KEPT_MAX = 500;

/**
 * Holds one stream for many tabs. Whoever joins is told what happened since its own number, who is where and the newest counts,
 * so that it ends where it would with a stream of its own; when that is not known any more it is told `reset`. Without tabs there is
 * no stream. Answers what takes in a tab.
 */
export function shareStream(open: OpenStream): (port: TabPort) => void {
  const tabs = new Set<TabPort>();
  let connection: LiveConnection | null = null;
  let state: LiveState = "connecting";
  let known = forgetAll(0);

  const tell = (message: WorkerMessage) => {
    for (const tab of tabs) tab.postMessage(message);
  };
  const start = (after: number) => {
    connection?.close();
    known = forgetAll(after);
    connection = open(after, {
      onState: (next) => {
        state = next;
        tell({ type: "state", state });
      },
      onMessages: (messages) => {
        known = keep(known, messages);
        if (connection !== null && messages.some(({ event }) => event === "beat")) {
          connection.moveTo(String(known.to));
        }
        tell({ type: "messages", messages, to: known.to });
      },
    });
  };
  const join = (tab: TabPort, after: number) => {
    const isFirst = connection === null || state === "refused";
    tabs.add(tab);
    if (isFirst) return start(after);
    tab.postMessage({ type: "state", state });
    tab.postMessage({ type: "messages", messages: catchUp(known, after), to: known.to });
  };
  const leave = (tab: TabPort) => {
    tabs.delete(tab);
    if (tabs.size > 0) return;
    connection?.close();
    connection = null;
  };
  return (port) => {
    port.onmessage = ({ data }) => {
      if (data.type === "join") join(port, data.after);
      else if (data.type === "leave") leave(port);
      else if (data.type === "ping") port.postMessage({ type: "pong" });
      else connection?.hurry();
    };
  };
}

/** What the worker knows of the stream's past. */
interface Known {
  /** All changes after this number and up to `to` are in `changes`. */
  from: number;
  to: number;
  changes: LiveMessage[];
  /** Everybody, gathered from what was said of some. */
  presence: LivePresence | null;
  counts: InboxCounts | null;
}

function forgetAll(after: number): Known {
  return { from: after, to: after, changes: [], presence: null, counts: null };
}

function keep(before: Known, messages: readonly LiveMessage[]): Known {
  const known = { ...before, changes: [...before.changes] };
  for (const message of messages) {
    const { event, data, lastEventId } = message;
    if (data === null) continue;
    if (event === "change") known.changes.push(message);
    if (event === "presence") known.presence = gatherPresence(known.presence, data as LivePresence);
    if (event === "counts") known.counts = data as InboxCounts;
    if (event === "beat") known.to = Math.max(known.to, (data as LiveBeat).seq);
    if (event === "reset") {
      // Whoever comes later and knows less must load anew, too.
      const { seq } = data as LiveReset;
      known.from = seq;
      known.to = seq;
      known.changes = [];
    }
    if (lastEventId !== "") known.to = Math.max(known.to, Number(lastEventId));
  }
  const cut = known.changes.at(-KEPT_MAX - 1);
  if (cut !== undefined) {
    known.from = Math.max(known.from, (cut.data as LiveChange).seq);
    known.changes = known.changes.slice(-KEPT_MAX);
  }
  return known;
}

function catchUp(known: Known, after: number): LiveMessage[] {
  const { from, to, changes, presence, counts } = known;
  const lastEventId = String(to);
  const make = (event: string, data: unknown): LiveMessage => ({ event, data, lastEventId });
  const missed = changes.filter(({ data }) => (data as LiveChange).seq > after);
  return [
    ...(after < from ? [make("reset", { seq: to, why: "too_old" })] : missed),
    ...(presence === null ? [] : [make("presence", presence)]),
    ...(counts === null ? [] : [make("counts", counts)]),
  ];
}

function gatherPresence(before: LivePresence | null, news: LivePresence): LivePresence {
  const known = news.complete ? [] : (before?.conversations ?? []);
  const all = new Map(known.map((one) => [one.conversation_id, one]));
  for (const one of news.conversations) {
    if (one.people.length === 0 && one.composer === null) all.delete(one.conversation_id);
    else all.set(one.conversation_id, one);
  }
  return {
    complete: true,
    here: news.here ?? before?.here ?? null,
    conversations: [...all.values()],
  };
}
