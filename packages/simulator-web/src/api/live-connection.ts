import type { LiveEvent } from "@recado/contract/simulator-api";

/** An event with its place in the simulator's log. */
export interface NumberedEvent {
  /** Grows with every event; 0 when the simulator gave none. */
  seq: number;
  event: LiveEvent;
}

/** What the page wants to know of its connection. */
export interface LiveListener {
  /** The stream is open, for the first time or again: whatever was fetched before may be stale. */
  onOpen: () => void;
  onLost: () => void;
  /** Events in their order, gathered for some milliseconds so that a flood costs few renderings. */
  onEvents: (events: NumberedEvent[]) => void;
}

const eventNames = ["message", "thread", "receiver", "behaviour", "reset"];
const gatherMs = 40;
const retryMs = 1500;

/**
 * Keeps `/sim/live` open until the returned function is called. The browser resumes with `Last-Event-ID` by itself; when
 * it gives up (an HTTP error while the simulator restarts), the stream is opened anew.
 */
export function openLiveConnection(listener: LiveListener): () => void {
  let source: EventSource | null = null;
  let retryTimer: number | undefined;
  let gatherTimer: number | undefined;
  let gathered: NumberedEvent[] = [];

  const flush = () => {
    gatherTimer = undefined;
    const events = gathered;
    gathered = [];
    listener.onEvents(events);
  };
  const take = (message: MessageEvent<string>) => {
    const event = parseLiveEvent(message.data);
    if (event === null) {
      return;
    }
    gathered.push({ seq: Number(message.lastEventId) || 0, event });
    gatherTimer ??= window.setTimeout(flush, gatherMs);
  };
  const connect = () => {
    source = new EventSource("sim/live");
    source.onopen = listener.onOpen;
    source.onerror = () => {
      listener.onLost();
      if (source?.readyState === EventSource.CLOSED) {
        retryTimer = window.setTimeout(connect, retryMs);
      }
    };
    for (const name of eventNames) {
      source.addEventListener(name, take);
    }
  };

  connect();
  return () => {
    window.clearTimeout(retryTimer);
    window.clearTimeout(gatherTimer);
    source?.close();
  };
}

function parseLiveEvent(text: string): LiveEvent | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && "kind" in value
      ? (value as LiveEvent)
      : null;
  } catch {
    return null;
  }
}
