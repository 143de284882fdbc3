import type { Queryable } from "./connect.ts";

/** How many numbers are silent that usually are not. */
export async function countAlarms(sql: Queryable): Promise<number> {
  const { rows } = await sql.query<{ count: number }>(
    "select count(*)::int as count from channel_alarms",
  );
  return rows[0]?.count ?? 0;
}
