import type { FastifyBaseLogger } from "fastify";
import type { BehaviourKeeper } from "../../behaviour.ts";
import type { Clock } from "../../clock.ts";
import type { MediaFiles } from "../../media-files.ts";
import type { Events } from "../../store/events.ts";
import type { MediaTable } from "../../store/media.ts";
import type { Messages } from "../../store/messages.ts";
import type { Numbers } from "../../store/numbers.ts";
import type { Store } from "../../store/open-store.ts";
import type { Templates } from "../../store/templates.ts";
import type { Troubles } from "../../store/troubles.ts";
import type { Windows } from "../../store/windows.ts";
import type { Limits } from "./limits.ts";

/** What Meta's upstream is made of. */
export interface MetaParts {
  store: Store;
  numbers: Numbers;
  templates: Templates;
  messages: Messages;
  events: Events;
  windows: Windows;
  media: MediaTable;
  mediaFiles: MediaFiles;
  behaviour: BehaviourKeeper;
  troubles: Troubles;
  limits: Limits;
  clock: Clock;
  log: FastifyBaseLogger;
  /** Key of the addresses from which media are downloaded. */
  downloadKey: string;
  /** Between 0 and 1. */
  random(): number;
  /** Makes a step happen when it is due. */
  expectStep(dueAt: number): void;
  /** A linked file is to be fetched. */
  fetchLinks(): void;
  /** The outbox has something. */
  wakePosting(): void;
  /** A chat has changed. */
  changed(): void;
}
