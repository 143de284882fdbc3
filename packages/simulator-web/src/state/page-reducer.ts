import type {
  LiveEvent,
  ReceivedWebhook,
  SimulatorState,
  ThreadItem,
} from "@recado/contract/simulator-api";
import type { NumberedEvent } from "../api/live-connection.ts";
import {
  arrivalsMax,
  initialPageState,
  type PageState,
  type ThreadEntry,
  type WebhookEntry,
  webhooksMax,
} from "./page-state.ts";

/** Everything that can happen to the page's state. `since` is the cursor when the fetch was begun. */
export type PageAction =
  | { type: "connection"; connection: PageState["connection"] }
  | { type: "state"; state: SimulatorState }
  | { type: "thread"; mobile: string; items: ThreadItem[]; since: number }
  | { type: "threadAsked"; mobile: string }
  | { type: "threadClosed"; mobile: string }
  | { type: "receiver"; name: string }
  | { type: "webhooks"; name: string; webhooks: ReceivedWebhook[]; since: number }
  | { type: "seen"; mobile: string; ids: ReadonlySet<string> }
  | { type: "live"; events: NumberedEvent[] };

/**
 * Old state plus what happened gives the new state. Guarantee: a chat or a list of webhooks that was fetched early and then
 * followed live equals the one fetched late, however fetches and events overtake one another. A fetch never undoes an
 * event that came after it was begun.
 */
export function reducePage(state: PageState, action: PageAction): PageState {
  switch (action.type) {
    case "connection":
      return { ...state, connection: action.connection };
    case "state":
      return withFetchedState(state, action.state);
    case "thread":
      return withThread(state, action.mobile, (old) => mergeThread(old, action));
    case "threadAsked":
      return { ...state, awaited: { [action.mobile]: [], ...state.awaited } };
    case "threadClosed":
      return withoutThread(state, action.mobile);
    case "receiver":
      return { ...state, receiver: action.name, webhooks: [] };
    case "webhooks":
      return action.name === state.receiver
        ? { ...state, webhooks: mergeWebhooks(state.webhooks, action) }
        : state;
    case "seen":
      return withThread(state, action.mobile, (old) =>
        old.map((entry) => (action.ids.has(entry.item.id) ? { ...entry, seen: true } : entry)),
      );
    case "live":
      return action.events.reduce(applyLive, state);
  }
}

function withFetchedState(state: PageState, fetched: SimulatorState): PageState {
  const { numbers, telephones, behaviour, receivers } = fetched;
  return { ...state, loaded: true, numbers, telephones, behaviour, receivers };
}

function applyLive(state: PageState, { seq, event }: NumberedEvent): PageState {
  const next = seq > state.cursor ? { ...state, cursor: seq } : state;
  switch (event.kind) {
    case "thread":
      return applyItem(next, event.item, seq);
    case "receiver":
      return applyWebhook(next, event, seq);
    case "behaviour":
      return { ...next, behaviour: event.behaviour };
    case "reset":
      return forget(next);
  }
}

function applyItem(state: PageState, item: ThreadItem, seq: number): PageState {
  const old = state.threads[item.mobile];
  if (old === undefined) {
    const isNews = item.direction === "in" && state.arrivals.at(-1)?.id !== item.id;
    const arrivals = isNews ? [...state.arrivals, item].slice(-arrivalsMax) : state.arrivals;
    const told = state.awaited[item.mobile];
    const awaited = told
      ? { ...state.awaited, [item.mobile]: withItem(told, item, seq) }
      : state.awaited;
    return { ...state, arrivals, awaited, staleTelephones: state.staleTelephones + 1 };
  }
  return {
    ...state,
    threads: { ...state.threads, [item.mobile]: withItem(old, item, seq) },
    staleTelephones: old.length === 0 ? state.staleTelephones + 1 : state.staleTelephones,
  };
}

function withItem(
  old: readonly ThreadEntry[],
  item: ThreadItem,
  seq: number,
): readonly ThreadEntry[] {
  const index = old.findLastIndex((entry) => entry.item.id === item.id);
  const known = old[index];
  return known === undefined
    ? insertByTime(old, { item, seq, fresh: true, seen: false })
    : old.with(index, { ...known, item, seq });
}

function applyWebhook(
  state: PageState,
  event: Extract<LiveEvent, { kind: "receiver" }>,
  seq: number,
): PageState {
  const receivers = state.receivers.includes(event.name)
    ? state.receivers
    : [...state.receivers, event.name];
  const key = identityOf(event.webhook);
  if (event.name !== state.receiver || state.webhooks.some((entry) => entry.key === key)) {
    return { ...state, receivers };
  }
  const webhooks = [...state.webhooks, { key, seq, webhook: event.webhook }].slice(-webhooksMax);
  return { ...state, receivers, webhooks };
}

function forget(state: PageState): PageState {
  const threads = Object.fromEntries(Object.keys(state.threads).map((mobile) => [mobile, []]));
  return {
    ...state,
    threads,
    awaited: Object.fromEntries(Object.keys(state.awaited).map((mobile) => [mobile, []])),
    telephones: [],
    webhooks: initialPageState.webhooks,
    arrivals: initialPageState.arrivals,
    staleTelephones: state.staleTelephones + 1,
  };
}

function withThread(
  state: PageState,
  mobile: string,
  change: (old: readonly ThreadEntry[]) => readonly ThreadEntry[],
): PageState {
  const { [mobile]: told = [], ...awaited } = state.awaited;
  const threads = { ...state.threads, [mobile]: change(state.threads[mobile] ?? told) };
  return { ...state, threads, awaited };
}

function withoutThread(state: PageState, mobile: string): PageState {
  const { [mobile]: _closed, ...threads } = state.threads;
  const { [mobile]: _told, ...awaited } = state.awaited;
  return { ...state, threads, awaited };
}

function mergeThread(
  old: readonly ThreadEntry[],
  fetched: { items: ThreadItem[]; since: number },
): readonly ThreadEntry[] {
  const byId = new Map(old.map((entry) => [entry.item.id, entry]));
  let merged: readonly ThreadEntry[] = fetched.items.map((item): ThreadEntry => {
    const known = byId.get(item.id);
    byId.delete(item.id);
    if (known === undefined) {
      return { item, seq: 0, fresh: false, seen: false };
    }
    return known.seq > fetched.since ? known : { ...known, item };
  });
  for (const entry of byId.values()) {
    // Whatever the fetch does not know and no event told of since has been forgotten by the simulator.
    if (entry.seq > fetched.since) {
      merged = insertByTime(merged, entry);
    }
  }
  return merged;
}

function mergeWebhooks(
  old: readonly WebhookEntry[],
  fetched: { webhooks: ReceivedWebhook[]; since: number },
): readonly WebhookEntry[] {
  const merged = new Map<string, WebhookEntry>();
  for (const webhook of fetched.webhooks) {
    const key = identityOf(webhook);
    merged.set(key, { key, seq: 0, webhook });
  }
  for (const entry of old) {
    if (entry.seq > fetched.since && !merged.has(entry.key)) {
      merged.set(entry.key, entry);
    }
  }
  return [...merged.values()].slice(-webhooksMax);
}

function insertByTime(entries: readonly ThreadEntry[], entry: ThreadEntry): readonly ThreadEntry[] {
  const before = entries.findLastIndex((other) => other.item.at <= entry.item.at);
  return entries.toSpliced(before + 1, 0, entry);
}

function identityOf(webhook: ReceivedWebhook): string {
  return `${webhook.at} ${webhook.headers["webhook-id"] ?? webhook.raw}`;
}
