import { backoffDelayMs } from "./backoff.ts";
import { createSseParser, type SseMessage } from "./parse-sse.ts";

/** What a page wants to know of its connection. */
export interface LiveListener {
  /** Messages in the server's order, gathered for some milliseconds so that a flood costs few renderings. */
  onMessages: (messages: LiveMessage[]) => void;
  onState: (state: LiveState) => void;
}

/** A message of the stream with its data read. */
export interface LiveMessage {
  event: string;
  data: unknown;
  /** The last id that the stream named up to here; empty: none. */
  lastEventId: string;
}

/**
 * `live`: the stream is open and was heard lately. `connecting`: it is being opened. `lost`: it broke and will be tried
 * again. `refused`: the server does not know this session any more; nothing is tried.
 */
export type LiveState = "connecting" | "live" | "lost" | "refused";

/** Where and how to connect. */
export interface LiveOptions {
  /** The address of the stream that goes on after event number `after`. */
  address: (after: string) => string;
  /** Number of the last event that the page has; the stream's ids move it on. */
  after: string;
  listener: LiveListener;
  /** A stream that says nothing for so long is taken for dead; the server beats every 10 s. */
  silenceMaxMs?: number;
  /** From 0 to 1; chance is handed in so that a test can hold it. */
  chance?: () => number;
}

/** An open connection. */
export interface LiveConnection {
  /** From now on a new try begins after this event: a load or a beat told it. */
  moveTo: (after: string) => void;
  /** Tries at once instead of waiting: the browser is online or visible again. */
  hurry: () => void;
  close: () => void;
}

const GATHER_MS = 24;
const SILENCE_MAX_MS = 25_000;

/**
 * Keeps the live stream open until it is closed. It is read with `fetch`, since an `EventSource` hides whether it was
 * refused and cannot be told from which event to go on.
 */
export function openLiveConnection(options: LiveOptions): LiveConnection {
  const { listener, chance = Math.random, silenceMaxMs = SILENCE_MAX_MS } = options;
  let { after } = options;
  let attempt = 0;
  let closed = false;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let current: AbortController | null = null;

  const run = async (): Promise<void> => {
    retryTimer = undefined;
    const abort = new AbortController();
    current = abort;
    listener.onState("connecting");
    const onOpen = () => {
      attempt = 0;
      listener.onState("live");
    };
    const gather = createGatherer((messages) => {
      if (closed || current !== abort) return;
      listener.onMessages(messages);
      // Only what was handed over counts as had.
      after = messages.at(-1)?.lastEventId || after;
    });
    const request = { address: options.address(after), abort, silenceMaxMs };
    const refused = await readStream(request, { onOpen, onMessage: gather.add });
    gather.flush();
    if (closed || current !== abort) return;
    listener.onState(refused ? "refused" : "lost");
    if (refused) return;
    retryTimer = setTimeout(() => void run(), backoffDelayMs(attempt, chance()));
    attempt += 1;
  };
  const restart = () => {
    clearTimeout(retryTimer);
    current?.abort();
    void run();
  };

  void run();
  return {
    moveTo: (next) => {
      after = next;
    },
    hurry: () => {
      if (!closed && retryTimer !== undefined) restart();
    },
    close: () => {
      closed = true;
      clearTimeout(retryTimer);
      current?.abort();
    },
  };
}

interface StreamRequest {
  address: string;
  abort: AbortController;
  silenceMaxMs: number;
}

interface StreamListener {
  onOpen: () => void;
  onMessage: (message: SseMessage) => void;
}

/** Reads until the stream ends, breaks or is silent for too long. True: the server refuses this session. */
async function readStream(request: StreamRequest, listener: StreamListener): Promise<boolean> {
  const { address, abort, silenceMaxMs } = request;
  let silence: ReturnType<typeof setTimeout> | undefined;
  const heard = () => {
    clearTimeout(silence);
    silence = setTimeout(() => abort.abort(), silenceMaxMs);
  };
  try {
    heard();
    const response = await fetch(address, {
      signal: abort.signal,
      headers: { accept: "text/event-stream" },
      cache: "no-store",
    });
    if (response.status === 401 || response.status === 403) return true;
    if (!response.ok || response.body === null) return false;
    listener.onOpen();
    const parser = createSseParser();
    const decoder = new TextDecoder();
    const reader = response.body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return false;
      heard();
      for (const message of parser.push(decoder.decode(value, { stream: true }))) {
        listener.onMessage(message);
      }
    }
  } catch {
    // Whatever broke it, the answer is the same: go on after the last event that is known.
    return false;
  } finally {
    clearTimeout(silence);
    abort.abort();
  }
}

function createGatherer(give: (messages: LiveMessage[]) => void) {
  let gathered: LiveMessage[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (gathered.length === 0) return;
    const messages = gathered;
    gathered = [];
    give(messages);
  };
  return {
    flush,
    add: ({ event, data, lastEventId }: SseMessage) => {
      gathered.push({ event, data: parseData(data), lastEventId });
      timer ??= setTimeout(flush, GATHER_MS);
    },
  };
}

function parseData(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
