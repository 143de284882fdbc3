import type { EventName } from "@recado/contract/webhook-payloads";

import { type Database, type Queryable, withTransaction } from "./connect.ts";
import type { EndpointKey } from "./endpoints.ts";

/*
 * How deliveries are taken. A row's due_at says when it is worth looking at:
 *
 *   pending  not before due_at, and not while an older one of its endpoint and order_key is unfinished
 *   calling  one process is calling; due_at is its lease, after which anybody may take it again
 *   parked   its endpoint is disabled
 *
 * A claim takes a message's deliveries together when all that are unfinished before them are in it too; the
 * caller makes them one after the other. A row that was looked at and found behind one that is not in the
 * claim is put off until just after that one's due_at, so it is not looked at in vain again; when the older
 * one is finished, `wakeFollowers` makes it due. So a look costs the same with ten rows waiting as with a
 * hundred thousand.
 */

/** An endpoint with something pending. */
export interface PendingEndpoint {
  accountId: string;
  endpointId: string;
  /** When its first pending delivery is worth a look. */
  dueAt: Date;
  /** Null when nothing is due yet. */
  endpoint: DueEndpoint | null;
}

/** What is needed to decide about an endpoint, and to call it. */
export interface DueEndpoint {
  url: string;
  state: "enabled" | "disabled";
  secrets: Buffer;
  headers: Record<string, string>;
  openUntil: Date | null;
  /** Attempts that failed since the last success. */
  failures: number;
}

/** Where a look begins, so that successive looks go round all endpoints. */
export interface PendingCursor {
  accountId: string;
  endpointId: string;
}

/**
 * Endpoints with pending deliveries, up to `max` of them after `after`, in the order of their keys: a
 * loose index scan, one step for each endpoint however much it has waiting.
 */
export async function findPendingEndpoints(
  sql: Queryable,
  look: { now: Date; after: PendingCursor | null; max: number },
): Promise<PendingEndpoint[]> {
  const { rows } = await sql.query<{
    account_id: string;
    endpoint_id: string;
    due_at: Date;
    url: string | null;
    state: "enabled" | "disabled";
    secrets: Buffer;
    headers: Record<string, string>;
    open_until: Date | null;
    failures: number;
  }>({
    name: "find-pending-endpoints",
    text: `
      with recursive pair as (
        (select account_id, endpoint_id, due_at, 1 as n from deliveries
         where state = 'pending' and (state, account_id, endpoint_id) > ('pending', $1::uuid, $2::uuid)
         order by account_id, endpoint_id, due_at limit 1)
        union all
        select next.account_id, next.endpoint_id, next.due_at, pair.n + 1
        from pair cross join lateral (
          select d.account_id, d.endpoint_id, d.due_at from deliveries d
          where d.state = 'pending'
            -- The state stands in the comparison so that no index but that of due work can serve it.
            and (d.state, d.account_id, d.endpoint_id) > ('pending', pair.account_id, pair.endpoint_id)
          order by d.account_id, d.endpoint_id, d.due_at limit 1
        ) next
        where pair.n < $3::int
      )
      select pair.account_id, pair.endpoint_id, pair.due_at,
        e.url, e.state, e.secrets, e.headers, e.open_until, e.failures
      from pair
      left join endpoints e on e.account_id = pair.account_id and e.id = pair.endpoint_id
        and pair.due_at <= $4::timestamptz
      order by pair.n`,
    values: [look.after?.accountId ?? NO_ID, look.after?.endpointId ?? NO_ID, look.max, look.now],
  });
  return rows.map((row) => ({
    accountId: row.account_id,
    endpointId: row.endpoint_id,
    dueAt: row.due_at,
    endpoint: row.url === null ? null : { ...row, url: row.url, openUntil: row.open_until },
  }));
}

/** Smaller than every id. */
const NO_ID = "00000000-0000-0000-0000-000000000000";

/**
 * Reserves the probe of endpoints whose circuit has been open long enough; answers the ids of those
 * whose probe is the caller's, and keeps it for nobody else until `until`.
 */
export async function reserveProbes(
  sql: Queryable,
  keys: readonly EndpointKey[],
  times: { now: Date; until: Date },
): Promise<Set<string>> {
  if (keys.length === 0) return new Set();
  const { rows } = await sql.query<{ id: string }>(
    `update endpoints e set open_until = $4
     from (
       select e.account_id, e.id from endpoints e
       join unnest($1::uuid[], $2::uuid[]) k (account_id, id) using (account_id, id)
       where e.open_until <= $3 and e.state = 'enabled'
       for no key update of e skip locked
     ) free
     where e.account_id = free.account_id and e.id = free.id
     returning e.id`,
    [keys.map((key) => key.accountId), keys.map((key) => key.id), times.now, times.until],
  );
  return new Set(rows.map((row) => row.id));
}

/** Gives reserved probes back that found nothing to try, so that the next look may try again. */
export async function returnProbes(
  sql: Queryable,
  keys: readonly EndpointKey[],
  times: { now: Date; until: Date },
): Promise<void> {
  if (keys.length === 0) return;
  await sql.query(
    `update endpoints e set open_until = $3
     from unnest($1::uuid[], $2::uuid[]) k (account_id, id)
     where e.account_id = k.account_id and e.id = k.id and e.open_until = $4`,
    [keys.map((key) => key.accountId), keys.map((key) => key.id), times.now, times.until],
  );
}

/** How much may be taken from one endpoint. */
export interface ClaimShare {
  accountId: string;
  endpointId: string;
  slots: number;
}

/** A delivery that is the caller's to make, until its lease ends. */
export interface ClaimedDelivery {
  accountId: string;
  endpointId: string;
  id: string;
  seq: bigint;
  kind: EventName;
  orderKey: string;
  messageId: string | null;
  body: string;
  createdAt: Date;
  /** Id of the attempt that was written down for the call to come. */
  attemptId: string;
  /** Which attempt of this cycle it is, from 1. */
  number: number;
  /** The caller's until then; it also tells this claim from any other. */
  lease: Date;
  /** The delivery of the same claim that must be delivered before this one is called; null: none. */
  follows: string | null;
}

/** Who takes, and when. */
export interface ClaimTerms {
  owner: string;
  now: Date;
  lease: Date;
  nextAttemptId(): string;
}

/**
 * Takes deliveries that are due and have no unfinished older one of the same endpoint and order_key, except
 * such as are taken with them, and writes their attempts down, in one transaction. Two callers never take
 * the same one. `full`: an endpoint has used its slots up, so there may be more.
 */
export async function claimDeliveries(
  pool: Database,
  shares: readonly ClaimShare[],
  terms: ClaimTerms,
): Promise<{ claimed: ClaimedDelivery[]; full: boolean }> {
  if (shares.length === 0) return { claimed: [], full: false };
  return withTransaction(pool, async (sql) => {
    const candidates = await lockCandidates(sql, shares, terms.now);
    // A statement of its own: it must see every commit up to the moment when the rows were locked.
    const predecessors = await findPredecessors(sql, candidates);
    const split = splitCandidates(candidates, { predecessors, shares, terms });
    await markTaken(sql, split.taken, terms);
    await putOff(sql, split.blocked);
    return { claimed: split.taken, full: split.full };
  });
}

type Candidate = Omit<ClaimedDelivery, "attemptId" | "lease" | "follows"> & { dueAt: Date };

/** Looked at beyond the free slots, since some of them will be behind others. */
const CANDIDATES_EXTRA = 16;

async function lockCandidates(sql: Queryable, shares: readonly ClaimShare[], now: Date) {
  const { rows } = await sql.query<Candidate>({
    name: "lock-due-deliveries",
    text: `
      select d.account_id as "accountId", d.endpoint_id as "endpointId", d.id, d.seq, d.kind,
        d.order_key as "orderKey", d.message_id as "messageId", d.body,
        d.created_at as "createdAt", d.attempts + 1 as number, d.due_at as "dueAt"
      from unnest($1::uuid[], $2::uuid[], $3::int[]) s (account_id, endpoint_id, slots)
      cross join lateral (
        select * from deliveries d
        where d.state = 'pending' and d.account_id = s.account_id
          and d.endpoint_id = s.endpoint_id and d.due_at <= $4::timestamptz
        order by d.due_at limit s.slots
        for update skip locked
      ) d`,
    values: [
      shares.map((share) => share.accountId),
      shares.map((share) => share.endpointId),
      shares.map((share) => share.slots + CANDIDATES_EXTRA),
      now,
    ],
  });
  return rows;
}

interface Predecessor {
  id: string;
  dueAt: Date | null;
}

/** For each candidate that is behind unfinished older ones: the newest of those. */
async function findPredecessors(sql: Queryable, candidates: readonly Candidate[]) {
  if (candidates.length === 0) return new Map<string, Predecessor>();
  const { rows } = await sql.query<{ candidate: string; id: string; due_at: Date | null }>({
    name: "find-predecessors",
    text: `
      select c.id as candidate, h.id, h.due_at
      from unnest($1::uuid[], $2::uuid[], $3::text[], $4::bigint[], $5::uuid[])
        c (account_id, endpoint_id, order_key, seq, id)
      cross join lateral (
        select h.id, h.due_at from deliveries h
        where h.account_id = c.account_id and h.endpoint_id = c.endpoint_id
          and h.order_key = c.order_key and h.seq < c.seq
          and h.state in ('pending', 'calling', 'parked')
        order by h.seq desc limit 1
      ) h`,
    values: [
      candidates.map((row) => row.accountId),
      candidates.map((row) => row.endpointId),
      candidates.map((row) => row.orderKey),
      candidates.map((row) => row.seq),
      candidates.map((row) => row.id),
    ],
  });
  return new Map(rows.map((row) => [row.candidate, { id: row.id, dueAt: row.due_at }]));
}

/** A parked older one is waited for this long before another look. */
const PARKED_PAUSE_MS = 60_000;

/** Deliveries that are called one after the other under one lease. */
const CHAIN_LENGTH_MAX = 8;

interface Blocked {
  accountId: string;
  id: string;
  until: Date;
}

/** Oldest first, so that whatever may be taken is taken before those that follow it. */
function splitCandidates(
  candidates: readonly Candidate[],
  found: {
    predecessors: Map<string, Predecessor>;
    shares: readonly ClaimShare[];
    terms: ClaimTerms;
  },
) {
  const { predecessors, terms } = found;
  const slots = new Map(found.shares.map((share) => [share.endpointId, share.slots]));
  const places = new Map<string, number>();
  const taken: ClaimedDelivery[] = [];
  const blocked = new Map<string, Blocked>();
  const sorted = [...candidates].sort((left, right) => Number(left.seq - right.seq));
  const skipped = new Set<string>();
  for (const { dueAt, ...candidate } of sorted) {
    const before = predecessors.get(candidate.id);
    const place = before ? places.get(before.id) : 0;
    const left = slots.get(candidate.endpointId) ?? 0;
    if (before && skipped.has(before.id)) {
      skipped.add(candidate.id);
    } else if (place === undefined) {
      const parkedUntil = new Date(terms.now.getTime() + PARKED_PAUSE_MS);
      const headDueAt = blocked.get(before?.id ?? "")?.until ?? before?.dueAt ?? parkedUntil;
      const until = new Date(Math.max(headDueAt.getTime(), dueAt.getTime()) + 1);
      blocked.set(candidate.id, { accountId: candidate.accountId, id: candidate.id, until });
    } else if (left <= 0 || place >= CHAIN_LENGTH_MAX) {
      skipped.add(candidate.id);
    } else {
      slots.set(candidate.endpointId, left - 1);
      places.set(candidate.id, place + 1);
      const follows = before?.id ?? null;
      taken.push({ ...candidate, attemptId: terms.nextAttemptId(), lease: terms.lease, follows });
    }
  }
  const full = [...slots.values()].some((left) => left <= 0);
  return { taken, blocked: [...blocked.values()], full };
}

async function markTaken(sql: Queryable, taken: readonly ClaimedDelivery[], terms: ClaimTerms) {
  if (taken.length === 0) return;
  await sql.query({
    name: "mark-deliveries-taken",
    text: `
      with t as materialized (
        select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::smallint[])
          as t (account_id, id, attempt_id, number)
      ), attempt as (
        insert into delivery_attempts (account_id, id, delivery_id, number, started_at)
        select account_id, attempt_id, id, number, $5 from t
      )
      update deliveries d set state = 'calling', owner = $6, due_at = $7, attempts = t.number
      from t where d.account_id = t.account_id and d.id = t.id`,
    values: [
      taken.map((row) => row.accountId),
      taken.map((row) => row.id),
      taken.map((row) => row.attemptId),
      taken.map((row) => row.number),
      terms.now,
      terms.owner,
      terms.lease,
    ],
  });
}

async function putOff(sql: Queryable, blocked: readonly Blocked[]) {
  if (blocked.length === 0) return;
  await sql.query({
    name: "put-deliveries-off",
    text: `
      update deliveries d set due_at = b.until
      from unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) b (account_id, id, until)
      where d.account_id = b.account_id and d.id = b.id`,
    values: [
      blocked.map((row) => row.accountId),
      blocked.map((row) => row.id),
      blocked.map((row) => row.until),
    ],
  });
}
