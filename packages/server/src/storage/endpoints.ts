import type { EventFilter } from "@recado/contract/webhook-payloads";
import type { Queryable } from "./connect.ts";

/** An address of an integrator that a project's events are posted to. */
export interface EndpointRow {
  accountId: string;
  id: string;
  projectId: string;
  url: string;
  state: "enabled" | "disabled";
  /** Why it is disabled, for people; null while enabled. */
  disabledReason: string | null;
  /** The events it wants; null: the five of messages. */
  events: EventFilter[] | null;
  /** Sealed list of signing secrets, newest first. */
  secrets: Buffer;
  /** Headers that its owner wants on every call. */
  headers: Record<string, string>;
  /** Since when every attempt has failed; null after a success. */
  failingSince: Date | null;
  /** Attempts that failed since the last success. */
  failures: number;
  /** Not null: the circuit is open; nothing but a probe leaves, and that not before this moment. */
  openUntil: Date | null;
  createdAt: Date;
}

/** What is needed to decide whether an event goes to an endpoint. */
export interface ProjectEndpoint {
  accountId: string;
  projectId: string;
  id: string;
  state: "enabled" | "disabled";
  /** The events it wants; null: the five of messages. */
  events: EventFilter[] | null;
}

/** Names a project. */
export interface ProjectKey {
  accountId: string;
  projectId: string;
}

/** As {@link findProjectEndpoints}, for all projects of an account. */
export async function findAccountEndpoints(
  sql: Queryable,
  accountId: string,
): Promise<ProjectEndpoint[]> {
  const { rows } = await sql.query<ProjectEndpoint>({
    name: "find-account-endpoints",
    text: `
      select account_id as "accountId", project_id as "projectId", id, state, events
      from endpoints where account_id = $1 order by id`,
    values: [accountId],
  });
  return rows;
}

/**
 * Every endpoint of these projects, oldest first, **disabled ones too**: they get deliveries as well,
 * which wait for them parked. A project asked for twice is answered once.
 */
export async function findProjectEndpoints(
  sql: Queryable,
  keys: readonly ProjectKey[],
): Promise<ProjectEndpoint[]> {
  if (keys.length === 0) return [];
  const { rows } = await sql.query<ProjectEndpoint>({
    name: "find-project-endpoints",
    text: `
      select e.account_id as "accountId", e.project_id as "projectId", e.id, e.state, e.events
      from (select distinct * from unnest($1::uuid[], $2::uuid[])) k (account_id, project_id)
      join endpoints e using (account_id, project_id)
      order by e.id`,
    values: [keys.map((key) => key.accountId), keys.map((key) => key.projectId)],
  });
  return rows;
}

/** What an endpoint begins with. */
export type NewEndpoint = Pick<
  EndpointRow,
  "accountId" | "id" | "projectId" | "url" | "events" | "secrets" | "headers" | "createdAt"
>;

/** Stores an enabled endpoint. */
export async function insertEndpoint(sql: Queryable, endpoint: NewEndpoint): Promise<void> {
  await sql.query(
    `insert into endpoints (account_id, id, project_id, url, events, secrets, headers, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      endpoint.accountId,
      endpoint.id,
      endpoint.projectId,
      endpoint.url,
      endpoint.events,
      endpoint.secrets,
      endpoint.headers,
      endpoint.createdAt,
    ],
  );
}

/** Names an endpoint. */
export interface EndpointKey {
  accountId: string;
  id: string;
}

const COLUMNS = `account_id as "accountId", id, project_id as "projectId", url, state,
  disabled_reason as "disabledReason", events, secrets, headers, failing_since as "failingSince",
  failures, open_until as "openUntil", created_at as "createdAt"`;

/** The endpoint, or null when the account has none of that id. */
export async function findEndpoint(sql: Queryable, key: EndpointKey): Promise<EndpointRow | null> {
  const { rows } = await sql.query<EndpointRow>(
    `select ${COLUMNS} from endpoints where account_id = $1 and id = $2`,
    [key.accountId, key.id],
  );
  return rows[0] ?? null;
}

/** As {@link findEndpoint}, and nobody else changes it until the transaction ends. */
export async function lockEndpoint(sql: Queryable, key: EndpointKey): Promise<EndpointRow | null> {
  const { rows } = await sql.query<EndpointRow>(
    `select ${COLUMNS} from endpoints where account_id = $1 and id = $2 for no key update`,
    [key.accountId, key.id],
  );
  return rows[0] ?? null;
}

/** All endpoints of an account, or of one of its projects, oldest first. */
export async function listEndpoints(
  sql: Queryable,
  filter: { accountId: string; projectId?: string | undefined },
): Promise<EndpointRow[]> {
  const { rows } = await sql.query<EndpointRow>(
    `select ${COLUMNS} from endpoints
     where account_id = $1 and ($2::uuid is null or project_id = $2) order by id`,
    [filter.accountId, filter.projectId ?? null],
  );
  return rows;
}

/** What an owner may change; what is absent stays. */
export type EndpointChange = Partial<Pick<EndpointRow, "url" | "events" | "headers" | "secrets">>;

/** Changes an endpoint; false when there is none. A new address begins without the old one's failures. */
export async function updateEndpoint(
  sql: Queryable,
  key: EndpointKey,
  change: EndpointChange,
): Promise<boolean> {
  const { rowCount } = await sql.query(
    `update endpoints set
       url = coalesce($3, url),
       events = case when $4 then $5::text[] else events end,
       headers = coalesce($6, headers),
       secrets = coalesce($7, secrets),
       failing_since = case when url is distinct from coalesce($3, url) then null else failing_since end,
       failures = case when url is distinct from coalesce($3, url) then 0 else failures end,
       open_until = case when url is distinct from coalesce($3, url) then null else open_until end
     where account_id = $1 and id = $2`,
    [
      key.accountId,
      key.id,
      change.url ?? null,
      change.events !== undefined,
      change.events ?? null,
      change.headers ?? null,
      change.secrets ?? null,
    ],
  );
  return rowCount === 1;
}

/**
 * Disables an enabled endpoint; false when it was not enabled (any more), so that of several who find
 * it failing one tells the owner.
 */
export async function setEndpointDisabled(
  sql: Queryable,
  key: EndpointKey,
  reason: string,
): Promise<boolean> {
  const { rowCount } = await sql.query(
    `update endpoints set state = 'disabled', disabled_reason = $3
     where account_id = $1 and id = $2 and state = 'enabled'`,
    [key.accountId, key.id, reason],
  );
  return rowCount === 1;
}

/** Enables an endpoint with a clean record; false when there is none. */
export async function setEndpointEnabled(sql: Queryable, key: EndpointKey): Promise<boolean> {
  const { rowCount } = await sql.query(
    `update endpoints set state = 'enabled', disabled_reason = null,
       failing_since = null, failures = 0, open_until = null
     where account_id = $1 and id = $2`,
    [key.accountId, key.id],
  );
  return rowCount === 1;
}

/** Removes an endpoint; false when there is none. What was on its way to it is given up. */
export async function deleteEndpoint(
  sql: Queryable,
  key: EndpointKey,
  now: Date,
): Promise<boolean> {
  const { rowCount } = await sql.query("delete from endpoints where account_id = $1 and id = $2", [
    key.accountId,
    key.id,
  ]);
  await sql.query(
    `update deliveries set state = 'exhausted', due_at = null, owner = null, finished_at = $3
     where account_id = $1 and endpoint_id = $2 and state in ('pending', 'parked')`,
    [key.accountId, key.id, now],
  );
  return rowCount === 1;
}

/** Its state, which stays as it is until the transaction ends; null when there is none. */
export async function lockEndpointState(
  sql: Queryable,
  key: EndpointKey,
): Promise<EndpointRow["state"] | null> {
  const { rows } = await sql.query<Pick<EndpointRow, "state">>(
    "select state from endpoints where account_id = $1 and id = $2 for share",
    [key.accountId, key.id],
  );
  return rows[0]?.state ?? null;
}
