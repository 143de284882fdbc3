import type {
  ReceivedWebhook,
  SimulatorBehaviour,
  SimulatorState,
  ThreadItem,
} from "@recado/contract/simulator-api";

/**
 * What the page knows. It is always the simulator's state as fetched once, plus the live events since: `page-reducer.ts`
 * promises that both ways lead to the same thing.
 */
export interface PageState {
  /** False until the first state has come. */
  loaded: boolean;
  connection: "connecting" | "live" | "reconnecting";
  numbers: SimulatorState["numbers"];
  telephones: SimulatorState["telephones"];
  behaviour: SimulatorBehaviour | null;
  receivers: string[];
  /** Chats of the telephones on the stage, by mobile; others are not kept. */
  threads: Readonly<Record<string, readonly ThreadEntry[]>>;
  /** Of chats that were asked for and have not come: what was told of them meanwhile. */
  awaited: Readonly<Record<string, readonly ThreadEntry[]>>;
  /** The receiver on show. */
  receiver: string;
  /** Its webhooks, oldest first, at most `webhooksMax`. */
  webhooks: readonly WebhookEntry[];
  /** The last live event that has been applied. */
  cursor: number;
  /** Grows when an event tells of a telephone that is not on the stage: the list has to be fetched again. */
  staleTelephones: number;
  /** Messages that came live to telephones off the stage, newest last, at most `arrivalsMax`: who opens telephones follows these. */
  arrivals: readonly ThreadItem[];
}

/** One bubble with what the page itself knows about it. */
export interface ThreadEntry {
  item: ThreadItem;
  /** The event that told of it last; 0 when it was fetched. */
  seq: number;
  /** Came while the page was open, so it may make an entrance. */
  fresh: boolean;
  /** The reader has had it before the eyes. */
  seen: boolean;
}

/** One webhook with an identity, since the simulator gives it none. */
export interface WebhookEntry {
  key: string;
  seq: number;
  webhook: ReceivedWebhook;
}

/** How many webhooks the page holds. */
export const webhooksMax = 500;

/** How many arrivals are kept until somebody has followed them. */
export const arrivalsMax = 20;

/** The state before anything is known. */
export const initialPageState: PageState = {
  loaded: false,
  connection: "connecting",
  numbers: [],
  telephones: [],
  behaviour: null,
  receivers: [],
  threads: {},
  awaited: {},
  receiver: "demo",
  webhooks: [],
  cursor: 0,
  staleTelephones: 0,
  arrivals: [],
};

/** Messages of a chat that lie on the telephone and that its holder has not read, nor seen here. */
export function countUnread(entries: readonly ThreadEntry[]): number {
  return entries.filter(isUnread).length;
}

/** Whether this bubble still waits for its reader. */
export function isUnread(entry: ThreadEntry): boolean {
  const { direction, status } = entry.item;
  return direction === "in" && !entry.seen && status === "delivered";
}
