import { openLiveConnection } from "./live-connection.ts";
import { type LineWish, type LiveLine, streamAddress } from "./live-line.ts";
import type { TabMessage, WorkerMessage } from "./shared-messages.ts";

/** How often the worker is asked whether it lives, which costs it nothing. */
const PING_MS = 4_000;
/** So many questions without an answer, and another worker is begun; then each tab helps itself. */
const UNANSWERED_MAX = 2;
const UNANSWERED_LAST = 6;

/**
 * Opens the line of a page: one stream for all tabs of a person in this browser, held by a shared worker, since a browser opens
 * six connections to a host and the seventh tab would wait for ever. Where there are no shared workers (Chromium on Android)
 * each tab has a stream of its own.
 */
export function openLine(wish: LineWish): LiveLine {
  if (typeof SharedWorker !== "function") return openOwnLine(wish);
  let own: LiveLine | null = null;
  const shared = openSharedLine(wish, (after) => {
    own = openOwnLine({ ...wish, after });
  });
  return {
    moveTo: (after) => (own ?? shared).moveTo(after),
    hurry: () => (own ?? shared).hurry(),
    close: () => {
      shared.close();
      own?.close();
    },
  };
}

function openOwnLine({ personId, clientId, after, listener }: LineWish): LiveLine {
  const address = (from: string) => streamAddress(personId, clientId, from);
  return openLiveConnection({ address, after, listener });
}

/** `onImpossible`: the browser does not start the worker; from which event to go on without it. */
function openSharedLine(wish: LineWish, onImpossible: (after: string) => void): LiveLine {
  const { personId, listener } = wish;
  let after = Number(wish.after);
  let isClosed = false;
  let worker: SharedWorker | null = null;
  let unanswered = 0;

  const say = (message: TabMessage) => worker?.port.postMessage(message);
  const ask = () => {
    if (unanswered === UNANSWERED_LAST) {
      end();
      return onImpossible(String(after));
    }
    if (unanswered % UNANSWERED_MAX === UNANSWERED_MAX - 1) begin();
    unanswered += 1;
    say({ type: "ping" });
  };
  const take = ({ data }: MessageEvent<WorkerMessage>) => {
    if (isClosed) return;
    unanswered = 0;
    if (data.type === "pong") return;
    if (data.type === "state") return listener.onState(data.state);
    if (data.messages.length > 0) listener.onMessages(data.messages);
    after = Math.max(after, data.to);
  };
  const begin = () => {
    drop(worker);
    worker = new SharedWorker(new URL("./live-worker.ts", import.meta.url), {
      type: "module",
      name: personId,
    });
    const mine = worker;
    worker.onerror = () => {
      if (isClosed || worker !== mine) return;
      end();
      onImpossible(String(after));
    };
    worker.port.onmessage = take;
    // The worker was killed: another one goes on where this tab is.
    worker.port.addEventListener("close", () => {
      if (!isClosed && worker === mine) begin();
    });
    say({ type: "join", after });
  };
  const end = () => {
    isClosed = true;
    clearInterval(pings);
    drop(worker);
    worker = null;
    watch.abort();
  };
  const watch = watchSleep({ sleep: () => say({ type: "leave" }), wake: begin });
  const pings = setInterval(ask, PING_MS);
  begin();
  return {
    moveTo: (next) => {
      after = Number(next);
    },
    hurry: () => say({ type: "hurry" }),
    close: end,
  };
}

/** The tab leaves when it is closed or put aside, and begins again when the reader comes back to it. */
function watchSleep({ sleep, wake }: { sleep: () => void; wake: () => void }): AbortController {
  const watch = new AbortController();
  const { signal } = watch;
  addEventListener("pagehide", sleep, { signal });
  addEventListener("pageshow", ({ persisted }) => persisted && wake(), { signal });
  return watch;
}

function drop(worker: SharedWorker | null): void {
  if (worker === null) return;
  worker.onerror = null;
  worker.port.onmessage = null;
  worker.port.postMessage({ type: "leave" } satisfies TabMessage);
  worker.port.close();
}
