import { say, sayTable } from "./figures.ts";
import { type Place, runSql } from "./programs.ts";

const SHOWN_MAX = 30;
const TEXT_MAX = 90;

/**
 * Has the place's PostgreSQL count its statements from its next start on: stop everything that uses it, and it starts
 * anew with the first that comes.
 */
export async function watchStatements(place: Place): Promise<void> {
  await runSql(place, [
    "create extension if not exists pg_stat_statements",
    "alter system set shared_preload_libraries = 'pg_stat_statements', 'auto_explain'",
    // Plans of what is slow, to the place's postgres.log.
    "alter system set auto_explain.log_min_duration = '250ms'",
    "alter system set auto_explain.log_analyze = on",
    "alter system set auto_explain.log_timing = off",
    "alter system set auto_explain.log_buffers = on",
    "alter system set auto_explain.log_nested_statements = on",
  ]);
}

/** Prints which statements took the database's time, the costliest first. */
export async function sayStatements(place: Place): Promise<void> {
  const [rows = []] = await runSql(place, [
    `select calls::int, rows::int, round(total_exec_time)::int as total_ms, round(mean_exec_time::numeric, 3)::float as mean_ms,
       (shared_blks_hit / greatest(calls, 1))::int as hits, regexp_replace(query, '\\s+', ' ', 'g') as query
     from pg_stat_statements where dbid = (select oid from pg_database where datname = current_database())
     order by total_exec_time desc limit ${SHOWN_MAX}`,
  ]);
  const shown = rows as Record<string, string | number>[];
  say("\nstatements by the database's time");
  sayTable([
    ["total ms", "calls", "mean ms", "rows", "pages/call", "statement"],
    ...shown.map((row) => [
      row.total_ms ?? "",
      row.calls ?? "",
      row.mean_ms ?? "",
      row.rows ?? "",
      row.hits ?? "",
      String(row.query).slice(0, TEXT_MAX),
    ]),
  ]);
}
