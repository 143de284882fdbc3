import type { FastifyBaseLogger } from "fastify";
import type { BehaviourKeeper } from "./behaviour.ts";
import type { Clock } from "./clock.ts";
import type { Live } from "./live.ts";
import type { MediaFiles } from "./media-files.ts";
import type { Events } from "./store/events.ts";
import type { MediaTable } from "./store/media.ts";
import type { Messages } from "./store/messages.ts";
import type { Numbers } from "./store/numbers.ts";
import type { Store } from "./store/open-store.ts";
import type { Receivers } from "./store/receivers.ts";
import type { Settings } from "./store/settings.ts";
import type { Templates } from "./store/templates.ts";
import type { Windows } from "./store/windows.ts";
import type { Writing } from "./telephones/write-inbound.ts";
import type { MetaParts } from "./upstreams/meta/meta-parts.ts";
import type { Upstreams } from "./upstreams/upstream.ts";

/** The running simulator, as its own API sees it. */
export interface SimulatorParts {
  store: Store;
  settings: Settings;
  numbers: Numbers;
  templates: Templates;
  messages: Messages;
  events: Events;
  windows: Windows;
  media: MediaTable;
  mediaFiles: MediaFiles;
  receivers: Receivers;
  behaviour: BehaviourKeeper;
  live: Live;
  clock: Clock;
  log: FastifyBaseLogger;
  meta: MetaParts;
  upstreams: Upstreams;
  /** A person writes; inside {@link Store.write}. */
  write(writing: Writing): string;
  wakePosting(): void;
  /** Forgets messages, events, receivers' records and behaviour; keeps numbers, templates and secrets. */
  reset(): Promise<void>;
}
