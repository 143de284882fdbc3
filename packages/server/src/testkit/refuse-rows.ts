import type { Pool } from "pg";

/**
 * Has the database refuse an account's rows in a table, as it does a value that it cannot take, while `work` runs: trouble that
 * lasts, of one account and no other.
 */
export async function refuseRows(
  pool: Pool,
  { accountId, table }: { accountId: string; table: string },
  work: () => Promise<void>,
): Promise<void> {
  await pool.query(
    `create or replace function refuse_row() returns trigger language plpgsql as
     $$ begin raise exception 'refused' using errcode = '22000'; end $$`,
  );
  await pool.query(
    `create trigger refuse_row before insert or update on ${table} for each row
     when (new.account_id = '${accountId}') execute function refuse_row()`,
  );
  try {
    await work();
  } finally {
    await pool.query(`drop trigger refuse_row on ${table}`);
  }
}
