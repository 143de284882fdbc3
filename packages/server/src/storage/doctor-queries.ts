import type { Queryable } from "./connect.ts";
import { MIGRATION_TABLE } from "./migrate.ts";

/** What the database says of itself. */
export interface DatabaseFacts {
  /** As in `180004`. */
  version: number;
  /** The database's clock. */
  now: Date;
  /** Migrations that have run. */
  migrations: string[];
}

/** An app whose numbers are in use, and when its last webhook came. */
export interface AppSilence {
  appId: string;
  provider: string;
  name: string;
  /** Null: none ever. */
  lastWebhookAt: Date | null;
}

/** Asks the database for its version, its clock and its migrations. */
export async function findDatabaseFacts(sql: Queryable): Promise<DatabaseFacts> {
  const { rows } = await sql.query<DatabaseFacts>(
    `select current_setting('server_version_num')::int as version, clock_timestamp() as now,
       (select coalesce(array_agg(name order by name), '{}') from ${MIGRATION_TABLE}) as migrations`,
  );
  const [facts] = rows;
  if (!facts) throw new Error("the database did not answer");
  return facts;
}

/** Apps of active channels, with the moment of their last webhook; at most `limit`. */
export async function findAppSilences(sql: Queryable, limit: number): Promise<AppSilence[]> {
  const { rows } = await sql.query<AppSilence>(
    `select p.id as "appId", p.provider, p.name,
       (select j.received_at from journal j where j.account_id = p.account_id and j.app_id = p.id
        order by j.id desc limit 1) as "lastWebhookAt"
     from provider_apps p
     where exists (select from channels c
       where c.account_id = p.account_id and c.app_id = p.id and c.state = 'active')
     order by p.id limit $1`,
    [limit],
  );
  return rows;
}

/** Active accounts that have a project and no price book: whatever they send is refused. */
export async function findUnpricedAccounts(
  sql: Queryable,
  limit: number,
): Promise<{ accountId: string; name: string }[]> {
  const { rows } = await sql.query<{ accountId: string; name: string }>(
    `select account_id as "accountId", name from accounts a
     where state = 'active' and price_book_id is null
       and exists (select from projects p where p.account_id = a.account_id)
     order by account_id limit $1`,
    [limit],
  );
  return rows;
}
