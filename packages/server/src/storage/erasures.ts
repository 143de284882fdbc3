import type { Queryable } from "./connect.ts";
import { formatJson } from "./format-json.ts";

/** How far an erasure has come. */
export interface ErasureProgress {
  /** Rows that were erased, by what they are. */
  counts: Record<string, number>;
  /** By the account that a journal belongs to: the last post that was looked at. */
  journal: Record<string, string>;
}

/** Erasing one person's data. */
export interface ErasureRow {
  accountId: string;
  id: string;
  state: "running" | "done";
  contactIds: string[];
  /** Empty when it is done. */
  addresses: string[];
  progress: ErasureProgress;
  requestedAt: Date;
  finishedAt: Date | null;
}

const COLUMNS = `e.account_id as "accountId", e.id, e.state, e.contact_ids as "contactIds", e.addresses,
  e.progress, e.requested_at as "requestedAt", e.finished_at as "finishedAt"`;

/** The erasure, or null. */
export async function findErasure(
  sql: Queryable,
  key: { accountId: string; id: string },
): Promise<ErasureRow | null> {
  const { rows } = await sql.query<ErasureRow>(
    `select ${COLUMNS} from erasures e where e.account_id = $1 and e.id = $2`,
    [key.accountId, key.id],
  );
  return rows[0] ?? null;
}

/** Lets one request of an account at a time look for an erasure and begin one. */
export async function lockErasures(sql: Queryable, accountId: string): Promise<void> {
  await sql.query(
    "insert into lane_locks (account_id, lane) values ($1, 'erase') on conflict do nothing",
    [accountId],
  );
  await sql.query("select from lane_locks where account_id = $1 and lane = 'erase' for update", [
    accountId,
  ]);
}

/** The erasure under way of whoever has one of these addresses, or the last one of this contact; or null. */
export async function findErasureOf(
  sql: Queryable,
  accountId: string,
  person: { addresses: readonly string[]; contactId: string | null },
): Promise<ErasureRow | null> {
  const { rows } = await sql.query<ErasureRow>(
    `select ${COLUMNS} from erasures e
     where e.account_id = $1
       and ((e.state = 'running' and e.addresses && $2::text[]) or $3::uuid = any(e.contact_ids))
     order by e.id desc limit 1`,
    [accountId, person.addresses, person.contactId],
  );
  return rows[0] ?? null;
}

/** Writes an erasure down, due at once. */
export async function insertErasure(
  sql: Queryable,
  erasure: ErasureRow & { requestedBy: string },
): Promise<void> {
  await sql.query(
    `insert into erasures (account_id, id, contact_ids, addresses, progress, requested_by, requested_at, due_at)
     values ($1, $2, $3, $4, $5, $6, $7, $7)`,
    [
      erasure.accountId,
      erasure.id,
      erasure.contactIds,
      erasure.addresses,
      formatJson(erasure.progress),
      erasure.requestedBy,
      erasure.requestedAt,
    ],
  );
}

/** Takes the next erasure that is due, under a lease: one that dies with its process is taken up after it. */
export async function claimErasure(
  sql: Queryable,
  lease: { now: Date; until: Date },
): Promise<ErasureRow | null> {
  const { rows } = await sql.query<ErasureRow>({
    name: "claim-erasure",
    text: `update erasures e set due_at = $2
           from (
             select account_id, id from erasures where state = 'running' and due_at <= $1
             order by due_at limit 1 for update skip locked
           ) due
           where e.account_id = due.account_id and e.id = due.id returning ${COLUMNS}`,
    values: [lease.now, lease.until],
  });
  return rows[0] ?? null;
}

/** Writes down how far an erasure has come and when it is looked at next. */
export async function updateErasure(
  sql: Queryable,
  erasure: Pick<ErasureRow, "accountId" | "id" | "progress">,
  dueAt: Date,
): Promise<void> {
  await sql.query(
    `update erasures set progress = $3, due_at = $4
     where account_id = $1 and id = $2 and state = 'running'`,
    [erasure.accountId, erasure.id, formatJson(erasure.progress), dueAt],
  );
}

/** Ends an erasure and forgets whom it concerned; false when another process has ended it. */
export async function finishErasure(
  sql: Queryable,
  erasure: Pick<ErasureRow, "accountId" | "id" | "progress">,
  at: Date,
): Promise<boolean> {
  const { rowCount } = await sql.query(
    `update erasures set state = 'done', addresses = '{}', progress = $3, due_at = null, finished_at = $4
     where account_id = $1 and id = $2 and state = 'running'`,
    [erasure.accountId, erasure.id, formatJson(erasure.progress), at],
  );
  return rowCount === 1;
}
