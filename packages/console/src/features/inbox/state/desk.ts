import type { ConversationRow, InboxState } from "@recado/contract/console/inbox";
import { createContext, useContext } from "react";
import { createExternalStore, type ExternalStore } from "../../../live/external-store.ts";
import { EMPTY_MODEL, type LiveModel } from "../../../live/live-model.ts";
import { makeUuid } from "../../../live/make-uuid.ts";
import type { LiveStatus } from "../../../live/start-live.ts";
import type { Outgoing } from "../composer/outbox.ts";
import type { BodyOf } from "./inbox-api.ts";
import type { ListHorizon } from "./inbox-filter.ts";

/** How far one list is loaded. */
export interface ListPart {
  /** Null: not loaded yet. */
  horizon: ListHorizon | null;
  cursor: string | null;
  isLoading: boolean;
  error: unknown;
  /** Of `mentions`, which only the server can tell. */
  mentionIds: ReadonlySet<string>;
}

/** A message in the outbox. */
export type OutgoingMessage = Outgoing<BodyOf<"composeMessage">>;

/** Everything that one open inbox keeps: what is true, what is loaded, and what is on its way. */
export interface Desk {
  /** Marks this tab. */
  clientId: string;
  model: ExternalStore<LiveModel>;
  status: ExternalStore<LiveStatus>;
  /** People, teams, labels, canned replies; null: not loaded yet. */
  catalogue: ExternalStore<InboxState | null>;
  lists: ExternalStore<ReadonlyMap<string, ListPart>>;
  outbox: ExternalStore<readonly OutgoingMessage[]>;
  /** What somebody here did and the server has not answered: shown, and marked as not certain. */
  pending: ExternalStore<ReadonlyMap<string, Partial<ConversationRow>>>;
  /** Conversations that are ticked for an action on many, each as it was seen then. */
  selected: ExternalStore<ReadonlyMap<string, ConversationRow>>;
  /** What `verifyLive` found; empty: nothing, or it is off. */
  differences: ExternalStore<readonly string[]>;
}

/** An inbox of which nothing is loaded. */
export function createDesk(): Desk {
  return {
    clientId: makeUuid(),
    model: createExternalStore<LiveModel>(EMPTY_MODEL),
    status: createExternalStore<LiveStatus>({ state: "connecting", heardAtMs: 0 }),
    catalogue: createExternalStore<InboxState | null>(null),
    lists: createExternalStore<ReadonlyMap<string, ListPart>>(new Map()),
    outbox: createExternalStore<readonly OutgoingMessage[]>([]),
    pending: createExternalStore<ReadonlyMap<string, Partial<ConversationRow>>>(new Map()),
    selected: createExternalStore<ReadonlyMap<string, ConversationRow>>(new Map()),
    differences: createExternalStore<readonly string[]>([]),
  };
}

/** Hands the desk to everything within. */
export const DeskContext = createContext<Desk | null>(null);

/** The desk of the inbox around this component. */
export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (desk === null) throw new Error("there is no inbox around this");
  return desk;
}
