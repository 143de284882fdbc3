import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, test } from "node:test";
import { findNativeFiles, placeNativeFiles } from "./native-files.ts";
import { explainFailure, explainFileError, openServerFolder, readAccess } from "./server-folder.ts";
import { canReach } from "./server-user.ts";

const isRoot = process.getuid?.() === 0;
const asRoot = isRoot ? {} : { skip: "only root can give files away" };
const nobody = { name: "nobody", uid: 65534, gid: 65534 };

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "recado-folder-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function makeData(version: string | undefined): string {
  const data = join(folder, "postgres");
  mkdirSync(data, { mode: 0o700 });
  if (version !== undefined) {
    writeFileSync(join(data, "PG_VERSION"), `${version}\n`);
  }
  return data;
}

/** As root, the folder gets the owner that it would have. */
function giveAway(path: string): void {
  if (isRoot) {
    chownSync(path, nobody.uid, nobody.gid);
  }
}

describe("openServerFolder", () => {
  test("refuses data of another version of PostgreSQL, and says both", () => {
    giveAway(makeData("12"));
    assert.throws(() => openServerFolder(folder), {
      code: "folder-not-usable",
      message: /made by PostgreSQL 12, and this is \d+\..*DATABASE_URL/,
    });
  });

  test("refuses a folder that is not PostgreSQL's", () => {
    giveAway(makeData(undefined));
    assert.throws(() => openServerFolder(folder), {
      code: "folder-not-usable",
      message: /is not a PostgreSQL data folder/,
    });
  });

  test("runs the server as the owner of the data, when root starts it", asRoot, () => {
    const [major] = findNativeFiles().version.split(".");
    chownSync(makeData(major), nobody.uid, nobody.gid);
    assert.equal(openServerFolder(folder).user?.uid, nobody.uid);
  });

  test("refuses an ordinary user another one's folder", asRoot, () => {
    chmodSync(folder, 0o755);
    makeData("18");
    const script = `const { openServerFolder } = await import(${JSON.stringify(new URL("./server-folder.ts", import.meta.url).href)});
      try { openServerFolder(${JSON.stringify(folder)}); } catch (error) { console.log(error.code, error.message); }`;
    const { NODE_TEST_CONTEXT: _, ...env } = process.env;
    const said = execFileSync(process.execPath, ["--input-type=module", "-e", script], {
      uid: nobody.uid,
      gid: nobody.gid,
      cwd: "/",
      env,
      encoding: "utf8",
    });
    assert.match(said, /^folder-not-ours .*belongs to user 0.*chown -R 65534/);
  });
});

describe("readAccess", () => {
  test("does not invent a password for data that has one already", () => {
    const [major] = findNativeFiles().version.split(".");
    giveAway(makeData(major));
    assert.throws(() => readAccess(openServerFolder(folder)), {
      code: "folder-not-usable",
      message: /postgres-access\.json.*is missing/,
    });
  });

  test("gives a new server a new password, the same at every later look", () => {
    const opened = openServerFolder(folder);
    const first = readAccess(opened);
    assert.ok(first.password.length >= 32);
    assert.deepEqual(readAccess(opened), first);
    assert.equal(statSync(opened.access).mode & 0o777, 0o600);
  });
});

describe("placeNativeFiles", () => {
  test("leaves the files where they are for whoever can run them", () => {
    const native = findNativeFiles();
    assert.equal(placeNativeFiles(native, undefined, [folder]), native);
  });

  test(
    "copies them, readable and once, when they are in root's home under a strict umask",
    asRoot,
    () => {
      const home = join(folder, "home");
      const native = { folder: join(home, "native"), version: findNativeFiles().version };
      mkdirSync(home, { mode: 0o700 });
      cpSync(findNativeFiles().folder, native.folder, { recursive: true, verbatimSymlinks: true });
      chmodSync(join(native.folder, "bin", "postgres"), 0o700);
      chmodSync(join(native.folder, "lib"), 0o700);
      const open = join(folder, "open");
      mkdirSync(open);
      chmodSync(folder, 0o755);
      const closed = join(home, "postgres-native");
      for (let time = 0; time < 2; time += 1) {
        const placed = placeNativeFiles(native, nobody, [closed, join(open, "postgres-native")]);
        assert.equal(placed.folder, join(open, "postgres-native", `postgresql-${native.version}`));
        const said = execFileSync(join(placed.folder, "bin", "postgres"), ["--version"], {
          uid: nobody.uid,
          gid: nobody.gid,
          cwd: "/",
          encoding: "utf8",
        });
        assert.match(said, /^postgres \(PostgreSQL\) /);
      }
      assert.equal(readdirSync(join(open, "postgres-native")).length, 1);
    },
  );

  test("does not believe a copy that somebody else has put there", asRoot, () => {
    const native = { folder: join(folder, "home", "native"), version: "18.0" };
    mkdirSync(join(native.folder, "bin"), { recursive: true });
    chmodSync(join(folder, "home"), 0o700);
    chmodSync(folder, 0o755);
    const planted = join(folder, "planted", "postgresql-18.0");
    mkdirSync(planted, { recursive: true });
    chownSync(planted, nobody.uid, nobody.gid);
    assert.throws(() => placeNativeFiles(native, nobody, [join(folder, "planted")]), {
      code: "folder-unreachable",
    });
  });
});

describe("explainFailure", () => {
  const cases: [string, string, RegExp][] = [
    ["FATAL:  could not write lock file: No space left on device", "disk-full", /Make room/],
    ["LOG:  could not bind IPv4 address: Address already in use", "port-in-use", /another port/],
    ["FATAL:  something new", "start-failed", /It said:\nFATAL: {2}something new/],
  ];
  for (const [said, code, message] of cases) {
    test(`names "${said}" ${code}`, () => {
      const failure = explainFailure(said, "/data");
      assert.equal(failure.code, code);
      assert.match(failure.message, message);
    });
  }

  test("names failures of the file system too, and leaves other errors alone", () => {
    const coded = (code: string): Error => Object.assign(new Error(code), { code });
    assert.match(String(explainFileError(coded("ENOSPC"), "/data")), /Make room/);
    assert.match(String(explainFileError(coded("EACCES"), "/data")), /may not write to \/data/);
    const other = new Error("a bug");
    assert.equal(explainFileError(other, "/data"), other);
  });
});

test("canReach sees a closed folder on the way, and what is not there", asRoot, () => {
  const inner = join(folder, "a", "b");
  mkdirSync(inner, { recursive: true });
  chmodSync(folder, 0o755);
  assert.equal(canReach(inner, nobody), true);
  assert.equal(canReach(join(inner, "absent"), nobody), false);
  chmodSync(join(folder, "a"), 0o700);
  assert.equal(canReach(inner, nobody), false);
  chownSync(join(folder, "a"), nobody.uid, nobody.gid);
  assert.equal(canReach(inner, nobody), true);
});
