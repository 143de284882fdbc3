import type { AccountEvent } from "@recado/contract/webhook-payloads";
import { wantsEvent } from "../domain/event-filter.ts";
import type { IdMaker } from "../platform/ids.ts";
import type { Queryable } from "./connect.ts";
import { insertDeliveries, type NewDelivery } from "./deliveries.ts";
import { findAccountEndpoints, type ProjectEndpoint } from "./endpoints.ts";
import { insertEvents, type NewEvent } from "./events.ts";

/*
 * Everybody who makes something happen to an account tells it here, whatever folder the cause is in: this
 * is the lowest place that all of them may import.
 */

/** Something that happened to an account, for the endpoints that asked for it and for those who pull. */
export interface NewAccountEvent {
  /** In the register of `packages/contract/src/webhook-payloads.ts`. */
  type: AccountEvent;
  /** What it is about: the template's, the channel's, the conversation's id. One subject's events arrive in order. */
  subject: string;
  /** Told to this project's endpoints only; null: to those of every project of the account. */
  projectId: string | null;
  /** The channel that it concerns, for endpoints that want certain numbers only; absent: none. */
  channelId?: string | undefined;
  /** The template that it concerns, for endpoints that want certain templates only; absent: none. */
  template?: { id: string; name: string } | undefined;
  /** When it happened; absent: now. */
  at?: Date | undefined;
  /** The body besides `type`: keys in snake_case, amounts as decimal text, moments as ISO 8601. No secrets. */
  data: Record<string, unknown> & { type?: never };
}

/** What emitting needs. */
export interface EmitDeps {
  ids: IdMaker;
}

/** Events of one account, in the order in which they are to be told. */
export interface WantedEmission {
  accountId: string;
  nowMs: number;
  events: readonly NewAccountEvent[];
}

/**
 * Tells an account's endpoints what happened, in the caller's transaction: events in its log and webhooks
 * on their way become true together with what caused them, or not at all. **Call it as the last thing
 * before the commit**: the account's event counter is locked from here on, and everything else that
 * happens to the account waits for it. A transaction that concerns several accounts calls it for each in
 * the order of their ids. The account must have been made by `insertAccount`. Kick the webhooks' lane
 * after the commit, or they leave a moment later.
 */
export async function emitAccountEvents(
  sql: Queryable,
  deps: EmitDeps,
  wanted: WantedEmission,
): Promise<{ deliveries: number }> {
  const prepared = await prepareAccountEvents(sql, deps, wanted);
  await Promise.all(prepared.finish());
  return { deliveries: prepared.deliveries };
}

/**
 * As {@link emitAccountEvents} for `withPipelinedTransaction`: reads now, and sends its statements when
 * `finish` is called, which must be last.
 */
export async function prepareAccountEvents(
  sql: Queryable,
  deps: EmitDeps,
  wanted: WantedEmission,
): Promise<{ deliveries: number; finish(): Promise<unknown>[] }> {
  if (wanted.events.length === 0) return { deliveries: 0, finish: () => [] };
  const endpoints = await findAccountEndpoints(sql, wanted.accountId);
  const told = wanted.events.map((event) => ({ event, id: deps.ids.next(wanted.nowMs) }));
  const rows = told.map((one) => formatEvent(wanted, one));
  const deliveries = told.flatMap((one) => planDeliveries(deps, wanted, { ...one, endpoints }));
  return {
    deliveries: deliveries.length,
    finish: () => [insertEvents(sql, rows), insertDeliveries(sql, deliveries)],
  };
}

interface Told {
  event: NewAccountEvent;
  id: string;
}

function formatEvent(wanted: WantedEmission, { event, id }: Told): NewEvent {
  return {
    accountId: wanted.accountId,
    id,
    kind: event.type,
    messageId: null,
    projectId: event.projectId,
    at: event.at ?? new Date(wanted.nowMs),
    data: event.data,
  };
}

function planDeliveries(
  deps: EmitDeps,
  { accountId, nowMs }: WantedEmission,
  { event, id: eventId, endpoints }: Told & { endpoints: readonly ProjectEndpoint[] },
): NewDelivery[] {
  const { type: kind, subject, projectId, data } = event;
  const [family] = kind.split(".");
  const body = JSON.stringify({ type: kind, ...data });
  return endpoints
    .filter((endpoint) => projectId === null || endpoint.projectId === projectId)
    .filter((endpoint) => wantsEvent(endpoint, { kind }))
    .map((endpoint) => ({
      ...{ accountId, eventId, kind, body },
      id: deps.ids.next(nowMs),
      endpointId: endpoint.id,
      seq: null,
      orderKey: `${family} ${subject}`,
      messageId: null,
      at: new Date(nowMs),
    }));
}
