import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { AppError } from "../platform/app-error.ts";
import { openTestDatabase, type TestDatabase } from "../testkit/database.ts";
import { sweepSessions } from "./sessions.ts";
import { admitTry, settleTry, type Try } from "./sign-in-pace.ts";

let database: TestDatabase;
let nowMs = Date.parse("2026-11-22T12:00:00Z");
const clock = { now: () => nowMs };

before(async () => {
  database = await openTestDatabase();
});
after(() => database.close());

/** Seconds to wait; 0: it was let in. */
async function attempt(of: Try): Promise<number> {
  try {
    await admitTry({ pool: database.pool, clock }, of);
    return 0;
  } catch (error) {
    assert.ok(error instanceof AppError && error.code === "too_many_requests");
    return error.detail.retryAfterS ?? 0;
  }
}

test("each try waits twice as long as the one before, up to a minute for a login, and forgets in a day", async () => {
  const ana: Try = { kind: "login", of: "ana" };
  for (let free = 0; free < 5; free += 1) assert.equal(await attempt(ana), 0);
  const waits: number[] = [];
  for (let slow = 0; slow < 9; slow += 1) {
    const waitS = await attempt(ana);
    waits.push(waitS);
    nowMs += waitS * 1000;
    assert.equal(
      await attempt({ kind: "login", of: " ANA " }),
      0,
      "the same login, however written",
    );
  }
  assert.deepEqual(waits, [1, 2, 4, 8, 16, 32, 60, 60, 60]);
  assert.equal(await attempt({ kind: "login", of: "eva" }), 0);
  nowMs += 25 * 3_600_000;
  for (let free = 0; free < 5; free += 1) assert.equal(await attempt(ana), 0);
});

test("all addresses of one IPv6 network count as one, and IPv4 as itself however it is written", async () => {
  const same = ["2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:0db8:0001:0002::9"];
  for (let free = 0; free < 30; free += 1) {
    assert.equal(await attempt({ kind: "address", of: same[free % 3] ?? "" }), 0);
  }
  for (const of of same) assert.ok((await attempt({ kind: "address", of })) > 0, of);
  assert.equal(await attempt({ kind: "address", of: "2001:db8:1:3::1" }), 0);
  assert.equal(await attempt({ kind: "address", of: "2001:db8::1:2:0:0:1" }), 0);
  for (let free = 0; free < 30; free += 1) {
    assert.equal(
      await attempt({ kind: "address", of: free % 2 ? "10.0.0.1" : "::ffff:10.0.0.1" }),
      0,
    );
  }
  assert.ok((await attempt({ kind: "address", of: "10.0.0.1" })) > 0);
  assert.equal(await attempt({ kind: "address", of: "10.0.0.2" }), 0);
});

test("being right gives an address its own try back, and no more", async () => {
  const office: Try = { kind: "address", of: "10.1.1.1" };
  for (let wrong = 0; wrong < 29; wrong += 1) assert.equal(await attempt(office), 0);
  for (let right = 0; right < 50; right += 1) {
    assert.equal(await attempt(office), 0);
    await settleTry({ pool: database.pool }, office);
  }
  assert.equal(await attempt(office), 0);
  assert.ok((await attempt(office)) > 0);
});

test("what nobody has to wait for any more is forgotten", async () => {
  nowMs += 48 * 3_600_000;
  await attempt({ kind: "login", of: "fresh" });
  const swept = await sweepSessions({ pool: database.pool, clock });
  assert.ok(swept.tries > 0);
  const { rows } = await database.pool.query("select kind from sign_in_tries");
  assert.deepEqual(rows, [{ kind: "login" }]);
});
