import type { FastifyBaseLogger } from "fastify";
import type { BehaviourKeeper } from "./behaviour.ts";
import { behaviourDefault } from "./behaviour.ts";
import type { Clock } from "./clock.ts";
import { createLive } from "./live.ts";
import { openMediaFiles } from "./media-files.ts";
import type { SimulatorParts } from "./simulator-parts.ts";
import { openEvents } from "./store/events.ts";
import { openMediaTable } from "./store/media.ts";
import { openMessages } from "./store/messages.ts";
import { openNumbers } from "./store/numbers.ts";
import type { Store } from "./store/open-store.ts";
import { openReceivers } from "./store/receivers.ts";
import type { Settings } from "./store/settings.ts";
import { openTemplates } from "./store/templates.ts";
import { openTroubles } from "./store/troubles.ts";
import { openWindows } from "./store/windows.ts";
import { type Life, startLife } from "./telephones/run-life.ts";
import { type Writing, writeInbound } from "./telephones/write-inbound.ts";
import { createGupshupEvents } from "./upstreams/gupshup/events.ts";
import { formatFileUrl } from "./upstreams/gupshup/files.ts";
import { createMetaEvents } from "./upstreams/meta/events.ts";
import { type LinkFetching, startFetchingLinks } from "./upstreams/meta/fetch-links.ts";
import { createLimits } from "./upstreams/meta/limits.ts";
import { createDownloadUrl } from "./upstreams/meta/media.ts";
import type { MetaParts } from "./upstreams/meta/meta-parts.ts";
import type { Upstreams } from "./upstreams/upstream.ts";
import { type Posting, startPosting } from "./webhooks/post-events.ts";

/** What the simulator is built from. */
export interface Foundation {
  store: Store;
  settings: Settings;
  behaviour: BehaviourKeeper;
  clock: Clock;
  dataDir: string;
  downloadKey: string;
  log: FastifyBaseLogger;
  pairBurst: number;
  eventsPerPostMax: number;
  /** The simulator's own address; known once it listens. */
  url(): string;
}

/** The parts, put together but not moving yet. */
export interface ComposedSimulator {
  parts: SimulatorParts;
  /** Sets telephones, posts and fetches going, with what an earlier run left. */
  start(): void;
  stop(): Promise<void>;
}

const forgotten = [
  "messages",
  "steps",
  "outbox",
  "posts",
  "windows",
  "refusals",
  "fetches",
  "received",
];

/** Builds the whole; the one file that knows everybody. */
export function composeSimulator(foundation: Foundation): ComposedSimulator {
  const { store, settings, behaviour, clock, log } = foundation;
  const tables = {
    numbers: openNumbers(store),
    templates: openTemplates(store),
    messages: openMessages(store),
    events: openEvents(store),
    windows: openWindows(store),
    media: openMediaTable(store),
    receivers: openReceivers(store),
  };
  let resetVersion = Number(settings.find("reset-version") ?? 0);
  const live = createLive({ ...tables, behaviour, resetVersion: () => resetVersion });
  const moving: { life?: Life; posting?: Posting; links?: LinkFetching } = {};
  const shared = { store, behaviour, clock, log, ...tables, random: Math.random };
  const meta: MetaParts = {
    ...shared,
    troubles: openTroubles(store, settings),
    mediaFiles: openMediaFiles(foundation.dataDir),
    limits: createLimits(clock, foundation.pairBurst),
    downloadKey: foundation.downloadKey,
    expectStep: (dueAt) => moving.life?.expect(dueAt),
    fetchLinks: () => moving.links?.wake(),
    wakePosting: () => moving.posting?.wake(),
    changed: () => live.changed(),
  };
  const upstreams = createUpstreams(meta, foundation.url);
  const write = (writing: Writing) => writeInbound({ ...tables, clock, upstreams }, writing);

  async function reset(): Promise<void> {
    moving.posting?.forget();
    meta.limits.reset();
    resetVersion = await forget(store, settings);
    await behaviour.change(behaviourDefault);
    moving.posting?.wake();
    live.changed();
  }

  return {
    parts: {
      ...shared,
      settings,
      mediaFiles: meta.mediaFiles,
      live,
      meta,
      upstreams,
      write,
      wakePosting: meta.wakePosting,
      reset,
    },
    start() {
      moving.posting = startPosting({ ...shared, eventsPerPostMax: foundation.eventsPerPostMax });
      moving.life = startLife({
        ...shared,
        upstreams,
        reply(step) {
          const number = tables.numbers.find(step.number_id);
          if (number === undefined) return;
          const payload = { type: "text", text: "ok" } as const;
          write({ number, mobile: step.mobile, quoted: undefined, payload });
        },
        changed() {
          moving.posting?.wake();
          live.changed();
        },
      });
      moving.links = startFetchingLinks(meta);
    },
    async stop() {
      await Promise.allSettled([moving.links?.close(), moving.life?.close()]);
      await moving.posting?.close();
    },
  };
}

/** How each provider tells what happens. */
function createUpstreams(meta: MetaParts, url: () => string): Upstreams {
  return {
    meta: createMetaEvents((id) => createDownloadUrl(meta, id, url())),
    gupshup: createGupshupEvents((number, id) => formatFileUrl(number, id, url())),
  };
}

/** Empties what a reset empties; the sequence at which it did. */
function forget(store: Store, settings: Settings): Promise<number> {
  return store.write(() => {
    for (const table of forgotten) store.db.exec(`DELETE FROM ${table}`);
    store.db.exec("UPDATE receivers SET behaviour = NULL");
    store.db.exec("DELETE FROM receivers WHERE secret IS NULL");
    const version = store.nextSequence();
    settings.keep("reset-version", version);
    return version;
  });
}
