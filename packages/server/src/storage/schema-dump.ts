import type { Queryable } from "./connect.ts";
import { MIGRATION_TABLE } from "./migrate.ts";
import { isMonthPartition } from "./partitions.ts";

/** The command that writes the dump anew; the test that compares it says so too. */
export const SCHEMA_DUMP_COMMAND = "npx node tools/schema-dump/main.ts";

/**
 * The schema of the database as readable SQL, for people and for the eyes of a review: extensions, enumerations, sequences, tables
 * with columns, constraints, indexes, triggers and comments, then views and functions, each in the order of their names.
 *
 * The same schema gives the same text on PostgreSQL 15 to 18 (but for the bodies of views). Left out: the partitions of single months, and the
 * migrator's own tables. It is made to be read and compared, not to be restored from: the migrations are.
 */
export async function dumpSchema(sql: Queryable): Promise<string> {
  const tables = (await findLines(sql, TABLES)).filter(
    ({ name }) => !isMonthPartition(name) && !name.startsWith(MIGRATION_TABLE),
  );
  const blocks = [HEADER, ...(await findTexts(sql, EXTENSIONS)), ...(await findTexts(sql, TYPES))];
  blocks.push(...(await findTexts(sql, SEQUENCES)));
  for (const table of tables) {
    blocks.push(await dumpTable(sql, table));
  }
  blocks.push(...(await findTexts(sql, VIEWS)), ...(await findTexts(sql, FUNCTIONS)));
  return `${blocks.join("\n\n")}\n`;
}

const HEADER = `-- The schema after all migrations, for reading. Do not edit; write it anew with: ${SCHEMA_DUMP_COMMAND}`;

interface Line {
  readonly name: string;
  readonly text: string;
}

/** `text` is what stands behind the columns: partitioning and storage options. */
interface Table extends Line {
  readonly oid: string;
  /** Set for a partition, which has the columns of its parent. */
  readonly partition: string | null;
}

async function dumpTable(sql: Queryable, table: Line): Promise<string> {
  const { oid, partition } = table as Table;
  if (partition !== null) {
    return `create table ${table.name} ${partition}${table.text};`;
  }
  const [columns, constraints, indexes, triggers, comments] = await Promise.all(
    [COLUMNS, CONSTRAINTS, INDEXES, TRIGGERS, COMMENTS].map((query) =>
      findTexts(sql, query, [oid]),
    ),
  );
  const inside = [...(columns ?? []), ...(constraints ?? [])].map((line) => `  ${line}`);
  const behind = [...(indexes ?? []), ...(triggers ?? []), ...(comments ?? [])];
  return [`create table ${table.name} (\n${inside.join(",\n")}\n)${table.text};`, ...behind].join(
    "\n",
  );
}

async function findTexts(sql: Queryable, query: string, values: unknown[] = []): Promise<string[]> {
  return (await findLines(sql, query, values)).map(({ text }) => text);
}

async function findLines(sql: Queryable, query: string, values: unknown[] = []): Promise<Line[]> {
  return (await sql.query<Line & Record<string, unknown>>(query, values)).rows;
}

const OURS = "relnamespace = current_schema()::regnamespace";

/** Things that an extension brought are the extension's. */
const notOfExtension = (catalog: string, oid: string): string =>
  `not exists (select from pg_depend d where d.classid = '${catalog}'::regclass and d.objid = ${oid} and d.deptype = 'e')`;

const EXTENSIONS = `
  select extname as name, format('create extension %I;', extname) as text
  from pg_extension where extname <> 'plpgsql' order by 1`;

const TYPES = `
  select t.typname as name, format('create type %I as enum (%s);', t.typname,
      (select string_agg(quote_literal(e.enumlabel), ', ' order by e.enumsortorder)
       from pg_enum e where e.enumtypid = t.oid)) as text
  from pg_type t where t.typtype = 'e' and t.typnamespace = current_schema()::regnamespace
    and ${notOfExtension("pg_type", "t.oid")}
  order by 1`;

/** Those that no column owns; an identity or serial column says it itself. */
const SEQUENCES = `
  select c.relname as name, format('create sequence %I as %s start %s increment %s;', c.relname,
      format_type(s.seqtypid, null), s.seqstart, s.seqincrement) as text
  from pg_sequence s join pg_class c on c.oid = s.seqrelid
  where c.${OURS} and ${notOfExtension("pg_class", "c.oid")}
    and not exists (select from pg_depend d where d.objid = c.oid and d.deptype in ('a', 'i'))
  order by 1`;

const TABLES = `
  select quote_ident(c.relname) as name, c.oid,
    case when c.relispartition then format('partition of %I %s', p.relname,
      lower(pg_get_expr(c.relpartbound, c.oid))) end as partition,
    coalesce(' partition by ' || lower(pg_get_partkeydef(c.oid)), '')
      || coalesce(' with (' || array_to_string(c.reloptions, ', ') || ')', '') as text
  from pg_class c
  left join pg_inherits i on i.inhrelid = c.oid
  left join pg_class p on p.oid = i.inhparent
  where c.relkind in ('r', 'p') and c.${OURS} and ${notOfExtension("pg_class", "c.oid")}
  order by coalesce(p.relname, c.relname), c.relispartition, c.relname`;

const COLUMNS = `
  select a.attname as name, concat_ws(' ', quote_ident(a.attname), format_type(a.atttypid, a.atttypmod),
      case when a.attcollation <> t.typcollation then
        (select format('collate %I', l.collname) from pg_collation l where l.oid = a.attcollation) end,
      case when a.attnotnull then 'not null' end,
      case a.attidentity when 'a' then 'generated always as identity'
        when 'd' then 'generated by default as identity' end,
      case a.attgenerated
        when 's' then format('generated always as (%s) stored', pg_get_expr(d.adbin, d.adrelid))
        when 'v' then format('generated always as (%s) virtual', pg_get_expr(d.adbin, d.adrelid))
        else 'default ' || pg_get_expr(d.adbin, d.adrelid) end) as text
  from pg_attribute a
  join pg_type t on t.oid = a.atttypid
  left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  where a.attrelid = $1 and a.attnum > 0 and not a.attisdropped
  order by a.attnum`;

/** NOT NULL stands with its column; PostgreSQL 18 lists it as a constraint as well ('n'), older versions do not. */
const CONSTRAINTS = `
  select conname as name, format('constraint %I %s', conname, pg_get_constraintdef(oid, true)) as text
  from pg_constraint where conrelid = $1 and contype in ('p', 'u', 'f', 'c', 'x')
  order by position(contype::text in 'pufcx'), conname`;

/** Those that no constraint has made. */
const INDEXES = `
  select c.relname as name, pg_get_indexdef(x.indexrelid, 0, true) || ';' as text
  from pg_index x join pg_class c on c.oid = x.indexrelid
  where x.indrelid = $1 and not exists (select from pg_constraint k where k.conindid = c.oid and k.conrelid = $1)
  order by 1`;

const TRIGGERS = `
  select tgname as name, pg_get_triggerdef(oid, true) || ';' as text
  from pg_trigger where tgrelid = $1 and not tgisinternal order by 1`;

const COMMENTS = `
  select coalesce(a.attname, '') as name,
    format('comment on %s is %L;', case when a.attname is null then format('table %I', c.relname)
      else format('column %I.%I', c.relname, a.attname) end, d.description) as text
  from pg_description d
  join pg_class c on c.oid = d.objoid
  left join pg_attribute a on a.attrelid = d.objoid and a.attnum = d.objsubid and d.objsubid > 0
  where d.objoid = $1 and d.classoid = 'pg_class'::regclass
  order by d.objsubid`;

const VIEWS = `
  select c.relname as name, format(E'create %sview %I as\\n%s',
    case c.relkind when 'm' then 'materialized ' else '' end, c.relname, pg_get_viewdef(c.oid, true)) as text
  from pg_class c where c.relkind in ('v', 'm') and c.${OURS} and ${notOfExtension("pg_class", "c.oid")}
  order by 1`;

const FUNCTIONS = `
  select p.proname as name, rtrim(pg_get_functiondef(p.oid), E'\\n') || ';' as text
  from pg_proc p
  where p.pronamespace = current_schema()::regnamespace and p.prokind in ('f', 'p')
    and ${notOfExtension("pg_proc", "p.oid")}
  order by 1, pg_get_function_identity_arguments(p.oid)`;
