import type { Instance } from "../platform/instance.ts";
import type { Queryable } from "./connect.ts";

/** Makes this process known, or says that it still lives. */
export async function upsertInstance(sql: Queryable, instance: Instance, at: Date): Promise<void> {
  await sql.query(
    `insert into instances (id, host, boot_id, pid, pid_start, started_at, seen_at)
     values ($1, $2, $3, $4, $5, $6, $6)
     on conflict (id) do update set seen_at = excluded.seen_at`,
    [instance.id, instance.host, instance.bootId, instance.pid, instance.pidStart, at],
  );
}

/** Every process that has not been forgotten. */
export async function findInstances(sql: Queryable): Promise<(Instance & { seenAt: Date })[]> {
  const { rows } = await sql.query<{
    id: string;
    host: string;
    boot_id: string;
    pid: number;
    pid_start: string;
    seen_at: Date;
  }>("select id, host, boot_id, pid, pid_start, seen_at from instances");
  return rows.map((row) => ({
    id: row.id,
    host: row.host,
    bootId: row.boot_id,
    pid: row.pid,
    pidStart: row.pid_start,
    seenAt: row.seen_at,
  }));
}

/** Forgets a process that holds nothing any more. */
export async function deleteInstance(sql: Queryable, id: string): Promise<void> {
  await sql.query("delete from instances where id = $1", [id]);
}

/** The database's clock, and how many workers were heard of within `silentMs` by that clock. */
export async function findSurroundings(
  sql: Queryable,
  silentMs: number,
): Promise<{ now: Date; liveWorkers: number }> {
  const { rows } = await sql.query<{ now: Date; liveWorkers: number }>({
    name: "find-surroundings",
    text: `select clock_timestamp() as now, (
             select count(*)::int from instances
             where seen_at > clock_timestamp() - make_interval(secs => $1::float8 / 1000)
           ) as "liveWorkers"`,
    values: [silentMs],
  });
  const [found] = rows;
  if (!found) throw new Error("the database did not answer");
  return found;
}
