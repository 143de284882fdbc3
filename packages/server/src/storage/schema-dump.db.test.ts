import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { openTestDatabase, type TestDatabase } from "../testkit/database.ts";
import { ensurePartitions } from "./partitions.ts";
import { dumpSchema, SCHEMA_DUMP_COMMAND } from "./schema-dump.ts";

let product: TestDatabase;
let sample: TestDatabase;

before(async () => {
  [product, sample] = await Promise.all([
    openTestDatabase(),
    openTestDatabase({ schema: "empty" }),
  ]);
});
after(() => Promise.all([product.close(), sample.close()]));

test("schema.sql is what the migrations make", async () => {
  const written = await readFile(new URL("./schema.sql", import.meta.url), "utf8");
  const live = await dumpSchema(product.pool);
  assert.equal(written, live, `schema.sql is stale. Write it anew with: ${SCHEMA_DUMP_COMMAND}`);
});

test("the months that come and go do not change the dump", async () => {
  const bare = await dumpSchema(product.pool);
  await ensurePartitions(product.pool, { now: new Date(), monthsAhead: 2 });
  assert.equal(await dumpSchema(product.pool), bare);
});

test("whatever a migration can make leaves a trace in the dump", async () => {
  const steps: [string, RegExp][] = [
    ["create type mood as enum ('good', 'bad')", /create type mood as enum \('good', 'bad'\);/],
    ["create sequence counter", /create sequence counter as bigint start 1 increment 1;/],
    [
      "create table boxes (id bigint generated always as identity primary key, size int)",
      /id bigint not null generated always as identity,\n {2}size integer,\n {2}constraint boxes_pkey PRIMARY KEY \(id\)\n\);/,
    ],
    [
      "alter table boxes add column name varchar(9) collate \"C\" not null default 'x'",
      /name character varying\(9\) collate "C" not null default 'x'::character varying/,
    ],
    [
      "alter table boxes add column twice int generated always as (size * 2) stored",
      /twice integer generated always as \(\(size \* 2\)\) stored/,
    ],
    [
      "alter table boxes add constraint sized check (size > 0)",
      /constraint sized CHECK \(size > 0\)/,
    ],
    [
      "create unique index on boxes (lower(name)) where size > 1",
      /CREATE UNIQUE INDEX boxes_lower_idx ON .*boxes .*lower\(.*WHERE size > 1;/,
    ],
    ["alter table boxes set (fillfactor = 70)", /\) with \(fillfactor=70\);/],
    ["comment on table boxes is 'It''s a box.'", /comment on table boxes is 'It''s a box\.';/],
    ["comment on column boxes.size is 'In cm.'", /comment on column boxes\.size is 'In cm\.';/],
    [
      "create table logs (id uuid) partition by range (id)",
      /create table logs \(\n {2}id uuid\n\) partition by range \(id\);/,
    ],
    [
      "create table logs_default partition of logs default",
      /create table logs_default partition of logs default;/,
    ],
    [
      "create view large as select id from boxes where size > 9",
      /create view large as\n *SELECT (boxes\.)?id/,
    ],
    [
      "create function one() returns int language sql return 1",
      /FUNCTION .*one\(\)[\s\S]*RETURN 1;/,
    ],
    [
      "create function noop() returns trigger language plpgsql as 'begin return new; end'",
      /FUNCTION .*noop\(\)/,
    ],
    [
      "create trigger touch before update on boxes for each row execute function noop()",
      /CREATE TRIGGER touch BEFORE UPDATE ON boxes/,
    ],
  ];
  for (const [statement, trace] of steps) {
    assert.doesNotMatch(await dumpSchema(sample.pool), trace, statement);
    await sample.pool.query(statement);
    assert.match(await dumpSchema(sample.pool), trace, statement);
  }
});
