import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { after, before, beforeEach, describe, test } from "node:test";
import { AppError } from "../platform/app-error.ts";
import { createSecretBox } from "../platform/secret-box.ts";
import type { Database } from "../storage/connect.ts";
import type { BuiltAccount } from "../testkit/build-account.ts";
import { type GatewayWorld, openGatewayWorld } from "../testkit/gateway-world.ts";
import { createIntake, type Intake } from "./intake.ts";

const MB = 1_048_576;
const APP_SECRET = "app-secret-of-the-test";
const secretBox = createSecretBox([Buffer.alloc(32, 9)]);

let world: GatewayWorld;
let account: BuiltAccount;
let other: BuiltAccount;

before(async () => {
  world = await openGatewayWorld();
});
beforeEach(async () => {
  const secrets = (appId: string) =>
    secretBox.seal({ appSecret: APP_SECRET, verifyToken: "v" }, `app:${appId}`);
  account = await world.account({ secrets });
  other = await world.account({ secrets });
});
after(() => world.close());

function open(more: { pool?: Database; waitingBytesMax?: number } = {}): Intake {
  const nothing = { onTaken: () => {}, onRejected: () => {} };
  return createIntake({ ...world.shared, secretBox, ...nothing, ...more });
}

function post(
  intake: Intake,
  { appId, secret = APP_SECRET }: Pick<BuiltAccount, "appId"> & { secret?: string },
  bytes: number,
): Promise<void> {
  const body = Buffer.alloc(bytes, " ");
  const signature = createHmac("sha256", secret).update(body).digest("hex");
  const headers = { "x-hub-signature-256": `sha256=${signature}` };
  return intake.take({ provider: "meta-cloud", appId }, { headers, pathSecret: null, body });
}

const stored = async (of: BuiltAccount): Promise<number> => {
  const { rows } = await world.pool.query(
    "select count(*)::int as count from journal where account_id = $1",
    [of.accountId],
  );
  return rows[0].count;
};

/** The pool, noting how many bytes of posts each statement carries. */
function watchBytes(pool: Database, bytes: number[]): Database {
  const watched = new WeakSet<object>();
  const connect = async () => {
    const client = await pool.connect();
    if (watched.has(client)) return client;
    watched.add(client);
    const send = client.query.bind(client) as (...given: unknown[]) => unknown;
    const query = (statement: { name?: string; values?: unknown[] }, ...rest: unknown[]) => {
      const bodies = statement.name === "insert-journal" ? statement.values?.[4] : undefined;
      if (Array.isArray(bodies)) bytes.push(Buffer.concat(bodies).length);
      return send(statement, ...rest);
    };
    return Object.assign(client, { query });
  };
  return Object.assign(Object.create(pool), { connect, query: pool.query.bind(pool) });
}

describe("posts that come at once", () => {
  test("are stored in portions that the database takes, however large they are together", async () => {
    const bytes: number[] = [];
    const intake = open({ pool: watchBytes(world.pool, bytes) });
    await post(intake, account, 1);
    await Promise.all(Array.from({ length: 5 }, () => post(intake, account, 4 * MB)));
    assert.equal(await stored(account), 6);
    assert.equal(
      bytes.reduce((sum, one) => sum + one),
      20 * MB + 1,
    );
    assert.ok(Math.max(...bytes) <= 16 * MB, `${Math.max(...bytes)} bytes in a statement`);
  });

  test("and fill the memory that is for them are refused for now, and nobody else's are", async () => {
    const intake = open({ waitingBytesMax: 10_000 });
    await Promise.all([post(intake, account, 1), post(intake, other, 1)]);
    const posts = Array.from({ length: 30 }, () => post(intake, account, 1_000));
    const [own, foreign] = await Promise.all([
      Promise.allSettled(posts),
      post(intake, other, 4_000).then(() => "taken"),
    ]);
    assert.equal(foreign, "taken");
    const refused = own.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
    assert.equal(refused.length, 20);
    for (const error of refused) assert.ok(error instanceof AppError && error.code === "not_ready");
    assert.equal(await stored(account), 11);
    await post(intake, account, 1_000);
  });
});

test("a secret that was replaced signs nothing more within seconds, though the clock was set back meanwhile", async () => {
  const intake = open();
  await post(intake, account, 1);
  const secrets = { appSecret: "the-new-one", verifyToken: "v" };
  await world.pool.query("update provider_apps set secrets = $2 where id = $1", [
    account.appId,
    secretBox.seal(secrets, `app:${account.appId}`),
  ]);
  for (const shiftMs of [-3_600_000, 7_200_000]) {
    world.time.nowMs += shiftMs;
    await post(intake, { ...account, secret: secrets.appSecret }, 1);
    await assert.rejects(post(intake, account, 1), { code: "signature_invalid" });
  }
});
