import type { Queryable } from "./connect.ts";
import { formatJson } from "./format-json.ts";
import type { RowKey } from "./inbox-catalogue.ts";
import { type InboxFilter, planInboxMatches } from "./inbox-rows.ts";

/** What a saved view narrows the list by; what is absent does not matter. */
export interface StoredFilter {
  view: InboxFilter["view"];
  assignee_id?: string | undefined;
  team_id?: string | undefined;
  label_id?: string | undefined;
  channel_id?: string | undefined;
  project_id?: string | undefined;
  unread?: "true" | undefined;
}

/** A filter of the list under a name. */
export interface SavedViewRow {
  id: string;
  name: string;
  /** Null: everybody's. */
  ownerId: string | null;
  filter: StoredFilter;
}

const COLUMNS = `id, name, owner_id as "ownerId", filter`;
const ORDER = "order by owner_id is not null, position, created_at, id";

/** Everybody's views and the person's own, each in their order. */
export async function listViews(
  sql: Queryable,
  of: { accountId: string; userId: string },
): Promise<SavedViewRow[]> {
  const { rows } = await sql.query<SavedViewRow>(
    `select ${COLUMNS} from inbox_views
     where account_id = $1 and (owner_id is null or owner_id = $2) ${ORDER}`,
    [of.accountId, of.userId],
  );
  return rows;
}

/** Views of one owner (null: everybody's), held in their order until the transaction ends. */
export async function lockViews(
  sql: Queryable,
  of: { accountId: string; ownerId: string | null },
): Promise<SavedViewRow[]> {
  const which = "account_id = $1 and owner_id is not distinct from $2::uuid";
  const values = [of.accountId, of.ownerId];
  await sql.query(`select from inbox_views where ${which} order by id for update`, values);
  // Those that another transaction added while this one waited are seen by a statement of its own only.
  const { rows } = await sql.query<SavedViewRow>(
    `select ${COLUMNS} from inbox_views where ${which} ${ORDER}`,
    values,
  );
  return rows;
}

/** A view, held until the transaction ends; null: there is none. */
export async function lockView(sql: Queryable, key: RowKey): Promise<SavedViewRow | null> {
  const { rows } = await sql.query<SavedViewRow>(
    `select ${COLUMNS} from inbox_views where account_id = $1 and id = $2 for update`,
    [key.accountId, key.id],
  );
  return rows[0] ?? null;
}

/** Stores a view, new (behind its owner's others) or changed. */
export async function putView(
  sql: Queryable,
  view: SavedViewRow & { accountId: string; at: Date },
): Promise<void> {
  const { accountId, id, name, ownerId, filter, at } = view;
  await sql.query(
    `insert into inbox_views (account_id, id, owner_id, name, filter, position, created_at)
     values ($1, $2, $3, $4, $5, (
       select coalesce(max(position), 0) + 1 from inbox_views
       where account_id = $1 and owner_id is not distinct from $3::uuid), $6)
     on conflict (account_id, id) do update set name = excluded.name, filter = excluded.filter`,
    [accountId, id, ownerId, name, formatJson(filter), at],
  );
}

/** Puts views in this order. */
export async function updateViewOrder(
  sql: Queryable,
  accountId: string,
  ids: readonly string[],
): Promise<void> {
  await sql.query(
    `update inbox_views v set position = o.position
     from unnest($2::uuid[]) with ordinality as o(id, position)
     where v.account_id = $1 and v.id = o.id`,
    [accountId, ids],
  );
}

/** Deletes a view. */
export async function deleteView(sql: Queryable, key: RowKey): Promise<void> {
  await sql.query("delete from inbox_views where account_id = $1 and id = $2", [
    key.accountId,
    key.id,
  ]);
}

/** Deletes the views that show what a team or label that is gone was. */
export async function deleteViewsOf(
  sql: Queryable,
  accountId: string,
  gone: { field: "team_id" | "label_id"; id: string },
): Promise<void> {
  await sql.query("delete from inbox_views where account_id = $1 and filter ->> $2 = $3", [
    accountId,
    gone.field,
    gone.id,
  ]);
}

/** Fields of a filter that name nothing of the account. */
export async function findUnknownFields(
  sql: Queryable,
  accountId: string,
  filter: StoredFilter,
): Promise<string[]> {
  const { rows } = await sql.query<{ field: string }>(
    `select w.field from (values ('assignee_id', $2::uuid), ('team_id', $3::uuid), ('label_id', $4::uuid),
       ('channel_id', $5::uuid), ('project_id', $6::uuid)) as w(field, id)
     where w.id is not null and not exists (
       select from users where w.field = 'assignee_id' and account_id = $1 and id = w.id union all
       select from teams where w.field = 'team_id' and account_id = $1 and id = w.id union all
       select from labels where w.field = 'label_id' and account_id = $1 and id = w.id union all
       select from channels where w.field = 'channel_id' and account_id = $1 and id = w.id union all
       select from projects where w.field = 'project_id' and account_id = $1 and id = w.id)`,
    [
      ...[accountId, filter.assignee_id ?? null, filter.team_id ?? null, filter.label_id ?? null],
      ...[filter.channel_id ?? null, filter.project_id ?? null],
    ],
  );
  return rows.map(({ field }) => field);
}

/** How many conversations each filter shows, counted up to `max`, by its key. One statement for all. */
export async function countMatches(
  sql: Queryable,
  filters: ReadonlyMap<string, InboxFilter>,
  max: number,
): Promise<Map<string, number>> {
  if (filters.size === 0) return new Map();
  const values: unknown[] = [];
  const parts = [...filters].map(([id, filter]) => {
    const bind = (value: unknown, type: string) => `$${values.push(value)}::${type}`;
    const { from, where } = planInboxMatches(filter, bind);
    return `select ${bind(id, "text")} as id, (
      select count(*)::int from (select from ${from} where ${where} limit ${bind(max, "int")}) one
    ) as count`;
  });
  const { rows } = await sql.query<{ id: string; count: number }>(
    parts.join(" union all "),
    values,
  );
  return new Map(rows.map(({ id, count }) => [id, count]));
}
