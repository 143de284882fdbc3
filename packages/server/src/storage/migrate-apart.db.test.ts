import assert from "node:assert/strict";
import { test } from "node:test";
import { openTestDatabase } from "../testkit/database.ts";
import { migrate, readMigrations } from "./migrate.ts";
import { migrateApart } from "./migrate-apart.ts";

test("an empty database has all migrations afterwards, and there is nothing left to do", async () => {
  const database = await openTestDatabase({ schema: "empty" });
  try {
    await migrateApart(database.url, process.env);
    const { rows } = await database.pool.query("select name from schema_migration order by name");
    assert.deepEqual(
      rows.map((row) => row.name),
      (await readMigrations()).map(({ name }) => name),
    );
    assert.deepEqual(await migrate(database.url), []);
  } finally {
    await database.close();
  }
});

test("a database that cannot be reached is left to who says what is wrong with it", async () => {
  await migrateApart("postgres://nobody:nothing@127.0.0.1:9/none", process.env);
});
