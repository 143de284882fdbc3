import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { openTestDatabase, type TestDatabase } from "../testkit/database.ts";
import { MIGRATION_TABLE, MigrationError, migrate, readMigrations } from "./migrate.ts";

let folder: string;
const databases: TestDatabase[] = [];

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "recado-migrations-"));
});
after(async () => {
  await rm(folder, { recursive: true });
  await Promise.all(databases.map((database) => database.close()));
});

async function openEmpty(): Promise<TestDatabase> {
  const database = await openTestDatabase({ schema: "empty" });
  databases.push(database);
  return database;
}

async function writeFolder(files: Record<string, string>): Promise<string> {
  const made = await mkdtemp(join(folder, "case-"));
  for (const [name, text] of Object.entries(files)) {
    await writeFile(join(made, name), text);
  }
  return made;
}

const TWO = {
  "0001-boxes.sql": "create table boxes (id int); insert into boxes values (1);",
  "0002-lids.sql": "create table lids (id int); -- with two\ncreate index on lids (id);",
};

describe("migrate", () => {
  test("brings an empty database to the product's schema, and has nothing to do the second time", async () => {
    const database = await openEmpty();
    const all = (await readMigrations()).map(({ name }) => name);
    assert.deepEqual(await migrate(database.url), all);
    assert.deepEqual(await migrate(database.url), []);
  });

  test("runs every file once when twenty processes start at the same moment", async () => {
    const database = await openEmpty();
    const files = await writeFolder(TWO);
    const starts = Array.from({ length: 20 }, () => migrate(database.url, { folder: files }));
    const applied = (await Promise.all(starts)).flat();
    assert.deepEqual(applied.toSorted(), ["0001-boxes", "0002-lids"]);
    assert.equal((await database.pool.query("select from boxes")).rowCount, 1);
  });

  test("keeps the files before a failing one, and undoes the failing one whole", async () => {
    const database = await openEmpty();
    const files = await writeFolder({ ...TWO, "0003-bad.sql": "create table bad (); select 1/0;" });
    await assert.rejects(migrate(database.url, { folder: files }), {
      code: "migration-failed",
      message: /0003-bad failed and was undone: division by zero/,
    });
    const { rows } = await database.pool.query(
      `select (select count(*) from ${MIGRATION_TABLE}) as noted, to_regclass('lids') is not null as before, to_regclass('bad') as bad`,
    );
    assert.deepEqual(rows, [{ noted: 2n, before: true, bad: null }]);
    await writeFile(join(files, "0003-bad.sql"), "create table good ();");
    assert.deepEqual(await migrate(database.url, { folder: files }), ["0003-bad"]);
  });

  test("refuses a database that a newer version has migrated, and names what it does not know", async () => {
    const database = await openEmpty();
    await migrate(database.url, { folder: await writeFolder(TWO) });
    const older = await writeFolder({ "0001-boxes.sql": TWO["0001-boxes.sql"] });
    await assert.rejects(migrate(database.url, { folder: older }), {
      code: "database-is-newer",
      message: /0002-lids.*newer version/s,
    });
  });

  test("refuses before it touches the database what is not numbered without gap or repetition", async () => {
    const one = TWO["0001-boxes.sql"];
    const wrong: Record<string, string>[] = [
      { "0002-boxes.sql": one },
      { "0001-boxes.sql": one, "0003-lids.sql": one },
      { "0001-boxes.sql": one, "0001-lids.sql": one },
      { "001-boxes.sql": one },
      { "0001_Boxes.sql": one },
    ];
    for (const files of wrong) {
      const refused = migrate("postgres://127.0.0.1:1/nowhere", {
        folder: await writeFolder(files),
      });
      await assert.rejects(refused, { code: "files-not-in-order" }, Object.keys(files).join());
    }
  });

  test("refuses a file that begins or ends a transaction, but not the begin of a function", async () => {
    const ended = await writeFolder({ "0001-a.sql": "create table a ();\n  COMMIT;" });
    await assert.rejects(readMigrations(ended), { code: "file-not-allowed" });
    const body = "do $$\nbegin\n  perform 1;\nend;\n$$;";
    assert.equal((await readMigrations(await writeFolder({ "0001-a.sql": body }))).length, 1);
  });

  test("says that the database cannot be reached", async () => {
    await assert.rejects(migrate("postgres://127.0.0.1:1/nowhere"), (error) => {
      assert.ok(error instanceof MigrationError);
      assert.match(error.message, /could not be migrated: .*ECONNREFUSED/);
      return true;
    });
  });
});
