import type { LiveMessage, LiveState } from "./live-connection.ts";

/** What a tab tells the worker that holds the stream. */
export type TabMessage =
  | { type: "join"; after: number }
  | { type: "hurry" }
  | { type: "ping" }
  /** The tab is closed or goes to sleep; it may join again. */
  | { type: "leave" };

/** What the worker tells a tab. */
export type WorkerMessage =
  | { type: "state"; state: LiveState }
  | { type: "pong" }
  /** In the stream's order; a tab that has them knows all up to number `to`. */
  | { type: "messages"; messages: LiveMessage[]; to: number };
