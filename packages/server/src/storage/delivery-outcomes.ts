import { type Database, type Queryable, withTransaction } from "./connect.ts";
import type { ClaimedDelivery } from "./delivery-work.ts";

/** How an attempt ended, and what becomes of its delivery. */
export interface AttemptOutcome {
  claim: Pick<
    ClaimedDelivery,
    "accountId" | "endpointId" | "id" | "orderKey" | "attemptId" | "lease"
  >;
  startedAt: Date;
  finishedAt: Date;
  /** The receiver's status; null when no whole reply came. */
  httpStatus: number | null;
  /** Why it did not work; null when it did. */
  error: string | null;
  /** The beginning of the reply's body. */
  response: string | null;
  /** `unspent`: the attempt counts for none of those that the delivery has. */
  next: { state: "pending"; dueAt: Date; unspent?: true } | { state: "delivered" | "exhausted" };
}

/** What a group of outcomes says about one endpoint, in the order in which they came. */
export interface EndpointReport {
  accountId: string;
  id: string;
  /** Whether any of them was a success. */
  succeeded: boolean;
  /** Failures after the last success. */
  failures: number;
  /** When the first of those failures ended; null without any. */
  failingSince: Date | null;
  /** Too large a share of its calls has failed lately: open its circuit whatever else is said. */
  trip: boolean;
}

/** What an endpoint's record reads after a report. */
export interface EndpointRecord {
  accountId: string;
  id: string;
  state: "enabled" | "disabled";
  failingSince: Date | null;
  failures: number;
  openUntil: Date | null;
}

/** When a circuit opens. */
export interface CircuitTerms {
  failuresMax: number;
  openUntil: Date;
}

/**
 * Stores a group of outcomes and what they say about their endpoints, in one transaction. The outcome of
 * a claim whose lease was lost to another process is kept with its attempt and changes nothing else.
 * Answers the record of every endpoint that has failures.
 */
export async function storeOutcomes(
  pool: Database,
  group: { owner: string; outcomes: readonly AttemptOutcome[]; reports: readonly EndpointReport[] },
  circuit: CircuitTerms,
): Promise<EndpointRecord[]> {
  // Forgotten by a crash of the database, the call is made again under the same webhook-id.
  return withTransaction(
    pool,
    async (sql) => {
      await updateDeliveries(sql, group.owner, group.outcomes);
      return updateEndpointRecords(sql, group.reports, circuit);
    },
    { durable: false },
  );
}

async function updateDeliveries(
  sql: Queryable,
  owner: string,
  outcomes: readonly AttemptOutcome[],
): Promise<void> {
  await sql.query({
    name: "store-attempt-outcomes",
    text: `
      with o as materialized (
        select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::timestamptz[], $5::timestamptz[],
            $6::int[], $7::text[], $8::text[], $9::text[], $10::timestamptz[], $12::timestamptz[], $13::int[])
          as o (account_id, delivery_id, attempt_id, lease, finished_at, http_status, error, response,
            state, due_at, started_at, unspent)
      ), attempt as (
        update delivery_attempts a
        set started_at = o.started_at, finished_at = o.finished_at, http_status = o.http_status,
          error = o.error, response = o.response
        from o where a.account_id = o.account_id and a.id = o.attempt_id
      )
      update deliveries d
      set state = o.state, due_at = o.due_at, owner = null, attempts = d.attempts - o.unspent,
        finished_at = case when o.state = 'pending' then null else o.finished_at end
      from o
      where d.account_id = o.account_id and d.id = o.delivery_id
        and coalesce(d.state, '') = 'calling' and d.owner = $11 and d.due_at = o.lease`,
    values: [
      outcomes.map((outcome) => outcome.claim.accountId),
      outcomes.map((outcome) => outcome.claim.id),
      outcomes.map((outcome) => outcome.claim.attemptId),
      outcomes.map((outcome) => outcome.claim.lease),
      outcomes.map((outcome) => outcome.finishedAt),
      outcomes.map((outcome) => outcome.httpStatus),
      outcomes.map((outcome) => outcome.error),
      outcomes.map((outcome) => outcome.response),
      outcomes.map((outcome) => outcome.next.state),
      outcomes.map((outcome) => (outcome.next.state === "pending" ? outcome.next.dueAt : null)),
      owner,
      outcomes.map((outcome) => outcome.startedAt),
      outcomes.map(({ next }) => (next.state === "pending" && next.unspent ? 1 : 0)),
    ],
  });
}

/** A success of an endpoint with a clean record writes nothing. */
async function updateEndpointRecords(
  sql: Queryable,
  reports: readonly EndpointReport[],
  circuit: CircuitTerms,
): Promise<EndpointRecord[]> {
  const sorted = [...reports].sort((one, other) => (one.id < other.id ? -1 : 1));
  const { rows } = await sql.query<EndpointRecord>({
    name: "update-endpoint-records",
    text: `
      with r as materialized (
        select e.account_id, e.id, r.trip, r.succeeded,
          case when r.succeeded then r.failures else e.failures + r.failures end as failures,
          case when r.succeeded then r.failing_since
            else coalesce(e.failing_since, r.failing_since) end as failing_since
        from unnest($1::uuid[], $2::uuid[], $3::boolean[], $4::int[], $5::timestamptz[], $6::boolean[])
          with ordinality as r (account_id, id, succeeded, failures, failing_since, trip, n)
        join endpoints e on e.account_id = r.account_id and e.id = r.id
        where r.failures > 0 or r.trip or e.failures > 0 or e.failing_since is not null
          or e.open_until is not null
        order by r.n
        for no key update of e
      )
      update endpoints e
      set failures = r.failures, failing_since = r.failing_since,
        open_until = case when r.trip or r.failures >= $7 then $8::timestamptz
          when r.succeeded then null else e.open_until end
      from r where e.account_id = r.account_id and e.id = r.id
      returning e.account_id as "accountId", e.id, e.state, e.failing_since as "failingSince",
        e.failures, e.open_until as "openUntil"`,
    values: [
      sorted.map((report) => report.accountId),
      sorted.map((report) => report.id),
      sorted.map((report) => report.succeeded),
      sorted.map((report) => report.failures),
      sorted.map((report) => report.failingSince),
      sorted.map((report) => report.trip),
      circuit.failuresMax,
      circuit.openUntil,
    ],
  });
  return rows;
}

/** Deliveries to one endpoint that follow one another. */
export interface OrderedChain {
  accountId: string;
  endpointId: string;
  orderKey: string;
}

/**
 * Makes the rest of each chain due at once, unless its next delivery has been tried before. Call it **after**
 * the commit that finished the one before: only then does every claim that comes later see that nothing
 * is in its way. It waits for a claim that is just putting the row off, and then has the last word.
 */
export async function wakeFollowers(
  sql: Queryable,
  chains: readonly OrderedChain[],
  now: Date,
): Promise<number> {
  if (chains.length === 0) return 0;
  const { rowCount } = await sql.query({
    name: "wake-followers",
    text: `
      with ended as (
        select distinct * from unnest($1::uuid[], $2::uuid[], $3::text[])
          as ended (account_id, endpoint_id, order_key)
      ), next as materialized (
        select ended.account_id, n.id from ended cross join lateral (
          select d.id, d.state, d.attempts,
            first_value(d.state = 'pending' and d.attempts = 0) over (order by d.seq) as may_go
          from deliveries d
          where d.account_id = ended.account_id and d.endpoint_id = ended.endpoint_id
            and d.order_key = ended.order_key and d.state in ('pending', 'calling', 'parked')
          order by d.seq limit $5
        ) n
        where n.may_go and n.state = 'pending' and n.attempts = 0
      )
      update deliveries d set due_at = $4
      from next where d.account_id = next.account_id and d.id = next.id
        -- Not \`d.state = …\`: the planner would read every pending delivery by the index on states.
        and coalesce(d.state, '') = 'pending' and d.attempts = 0`,
    values: [
      chains.map((chain) => chain.accountId),
      chains.map((chain) => chain.endpointId),
      chains.map((chain) => chain.orderKey),
      now,
      WOKEN_MAX,
    ],
  });
  return rowCount ?? 0;
}

/** Of one chain; the others are woken when these have ended. */
const WOKEN_MAX = 8;

/**
 * Gives claims back whose calls were not made: they are due at `dueAt` as if they had not been taken. Those
 * whose lease was lost to another process are left alone.
 */
export async function returnClaims(
  sql: Queryable,
  claims: readonly AttemptOutcome["claim"][],
  terms: { owner: string; dueAt: Date },
): Promise<void> {
  await sql.query({
    name: "return-claims",
    text: `
      with c as materialized (
        select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::timestamptz[])
          as c (account_id, id, attempt_id, lease)
      ), returned as (
        update deliveries d
        set state = 'pending', owner = null, due_at = $5, attempts = d.attempts - 1
        from c
        where d.account_id = c.account_id and d.id = c.id
          and coalesce(d.state, '') = 'calling' and d.owner = $6 and d.due_at = c.lease
        returning d.account_id, c.attempt_id
      )
      delete from delivery_attempts a using returned r
      where a.account_id = r.account_id and a.id = r.attempt_id`,
    values: [
      claims.map((claim) => claim.accountId),
      claims.map((claim) => claim.id),
      claims.map((claim) => claim.attemptId),
      claims.map((claim) => claim.lease),
      terms.dueAt,
      terms.owner,
    ],
  });
}

/** Accounts with calls whose lease has passed, found by jumping from one with calls under way to the next in the index. */
export async function findExpiredAccounts(sql: Queryable, now: Date): Promise<string[]> {
  const { rows } = await sql.query<{ account_id: string }>({
    name: "find-expired-accounts",
    text: `with recursive jump as (
             (select account_id from deliveries where state = 'calling'
              order by state, account_id limit 1)
             union all
             select next.account_id from jump cross join lateral (
               select d.account_id from deliveries d
               -- The state stands in the comparison so that no index but that of due work can serve it.
               where d.state = 'calling' and (d.state, d.account_id) > ('calling', jump.account_id)
               order by d.state, d.account_id limit 1
             ) next
           )
           select account_id from jump where exists (
             select from deliveries d
             where d.state = 'calling' and d.account_id = jump.account_id and d.due_at <= $1)`,
    values: [now],
  });
  return rows.map((row) => row.account_id);
}

/**
 * Gives back what a dead process was calling for an account: its lease has passed, so the call is made again (the same
 * webhook-id tells the receiver). One that has used up its attempts is exhausted. Answers the chains of
 * those, whose next must be woken, and how many are due again.
 */
export async function releaseExpired(
  sql: Queryable,
  accountId: string,
  terms: { now: Date; attemptsMax: number; max: number },
): Promise<{ exhausted: OrderedChain[]; released: number }> {
  const { rows } = await sql.query<OrderedChain & { state: string }>({
    name: "release-expired-deliveries",
    text: `
      with expired as materialized (
        select id from deliveries
        where state = 'calling' and account_id = $4 and due_at <= $1::timestamptz
        limit $3 for update skip locked
      ), released as (
        update deliveries d
        set owner = null,
          state = case when d.attempts >= $2::int then 'exhausted' else 'pending' end,
          due_at = case when d.attempts >= $2::int then null else $1::timestamptz end,
          finished_at = case when d.attempts >= $2::int then $1::timestamptz end
        from expired x where d.account_id = $4 and d.id = x.id
        returning d.account_id, d.id, d.endpoint_id, d.order_key, d.state
      ), attempt as (
        update delivery_attempts a
        set finished_at = $1, error = 'the process that made the call ended before its outcome was known'
        from released r
        where a.account_id = r.account_id and a.delivery_id = r.id and a.finished_at is null
      )
      select account_id as "accountId", endpoint_id as "endpointId", order_key as "orderKey", state
      from released`,
    values: [terms.now, terms.attemptsMax, terms.max, accountId],
  });
  const exhausted = rows.filter((row) => row.state === "exhausted");
  return { exhausted, released: rows.length - exhausted.length };
}
