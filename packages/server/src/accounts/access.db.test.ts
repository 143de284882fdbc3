import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { AppError } from "../platform/app-error.ts";
import { systemClock } from "../platform/clock.ts";
import { createIdMaker } from "../platform/ids.ts";
import { createSecretBox } from "../platform/secret-box.ts";
import type { Queryable } from "../storage/connect.ts";
import { openTestDatabase, type TestDatabase } from "../testkit/database.ts";
import {
  accessAccount,
  accessChannel,
  accessDelivery,
  accessEndpoint,
  accessMessage,
  accessPriceBook,
  accessProject,
  accessTemplate,
  accessToken,
  accessUser,
  checkScope,
} from "./access.ts";
import { createAccount, disableAccount } from "./accounts.ts";
import { authenticate, type Caller } from "./authenticate.ts";
import { createChannel } from "./channels.ts";
import type { Operator } from "./operator.ts";
import { createPriceBook } from "./prices.ts";
import { createProject } from "./projects.ts";
import { createToken } from "./tokens.ts";
import { createUser, updateUser } from "./users.ts";

const DOORS = {
  account: accessAccount,
  user: accessUser,
  token: accessToken,
  project: accessProject,
  channel: accessChannel,
  template: accessTemplate,
  priceBook: accessPriceBook,
  message: accessMessage,
  endpoint: accessEndpoint,
  delivery: accessDelivery,
};
type Things = Record<keyof typeof DOORS, string>;

const NOBODY = "019abcde-0000-7000-8000-000000000000";
const ADMINISTRATOR: Caller = { kind: "administrator", tokenId: NOBODY };

let database: TestDatabase;
let operator: Operator;
let mine: Things;
let theirs: Things;
let number = 0;

before(async () => {
  database = await openTestDatabase();
  operator = {
    pool: database.pool,
    clock: systemClock,
    ids: createIdMaker(),
    secretBox: createSecretBox([Buffer.alloc(32, 7)]),
  };
  mine = await makeThings();
  theirs = await makeThings();
});
after(() => database.close());

/** An account with one thing of each kind, all in one project. */
async function makeThings(): Promise<Things> {
  number += 1;
  const { accountId } = await createAccount(operator, { name: "x" });
  const user = await createUser(operator, { accountId, login: `login-${number}` });
  const { channel } = await createChannel(operator, {
    ...{ accountId, officialNumber: "573005202020", numberId: `n-${number}` },
    ...{ businessId: "1", accessToken: "x", app: { appSecret: "x" } },
  });
  const project = await createProject(operator, { accountId, name: "x", channelId: channel.id });
  const { row } = await createToken(operator, { kind: "api", accountId, projectId: project.id });
  const book = await createPriceBook(operator, { name: "own", ownerAccountId: accountId });
  const things: Things = {
    ...{ account: accountId, user: user.id, token: row.id, project: project.id },
    ...{ channel: channel.id, priceBook: book.id },
    ...(await insertRest({ accountId, projectId: project.id, channelId: channel.id })),
  };
  return things;
}

/** What the gateway and the webhooks write. */
async function insertRest(home: { accountId: string; projectId: string; channelId: string }) {
  const next = () => operator.ids.next(Date.now());
  const ids = { template: next(), message: next(), endpoint: next(), delivery: next() };
  const sql: Queryable = database.pool;
  await sql.query(
    `insert into templates (account_id, id, project_id, name, language, category, status, definition,
       variables, created_at, updated_at)
     values ($1, $2, $3, 'x', 'es', 'utility', 'approved', '{}', 0, now(), now())`,
    [home.accountId, ids.template, home.projectId],
  );
  await sql.query(
    `insert into messages (account_id, id, direction, project_id, channel_id, mobile, category, kind,
       source, status, accepted_at)
     values ($1, $2, 'out', $3, $4, '573001112233', 'utility', 'text', 'ws', 'sent', now())`,
    [home.accountId, ids.message, home.projectId, home.channelId],
  );
  await sql.query(
    `insert into endpoints (account_id, id, project_id, url, secrets, created_at)
     values ($1, $2, $3, 'https://x.example', '', now())`,
    [home.accountId, ids.endpoint, home.projectId],
  );
  await sql.query(
    `insert into deliveries (account_id, id, endpoint_id, seq, kind, order_key, body, created_at)
     values ($1, $2, $3, 1, 'sent', 'x', '{}', now())`,
    [home.accountId, ids.delivery, ids.endpoint],
  );
  return ids;
}

const holder = (projectId: string | null = null): Caller => ({
  ...{ kind: "account", tokenId: NOBODY, accountId: mine.account, userId: null },
  ...{ projectId, scopes: ["messages:read"] },
});

async function refusalOf(caller: Caller, door: keyof Things, id: string): Promise<string> {
  try {
    await DOORS[door](database.pool, caller, id);
  } catch (error) {
    assert.ok(error instanceof AppError, String(error));
    return `${error.code}: ${error.message}`;
  }
  return "allowed";
}

for (const door of Object.keys(DOORS) as (keyof Things)[]) {
  describe(`access to a ${door}`, () => {
    test("is the administrator's, for every account", async () => {
      assert.equal(await refusalOf(ADMINISTRATOR, door, mine[door]), "allowed");
      assert.equal(await refusalOf(ADMINISTRATOR, door, theirs[door]), "allowed");
    });

    test("is its own account's, and of nobody's and another's the very same 404", async () => {
      assert.equal(await refusalOf(holder(), door, mine[door]), "allowed");
      const nobody = await refusalOf(holder(), door, NOBODY);
      assert.match(nobody, /^not_found: /);
      assert.equal(await refusalOf(holder(), door, theirs[door]), nobody);
      assert.equal(await refusalOf(ADMINISTRATOR, door, NOBODY), nobody);
    });

    test("through a token of another project of the account is refused alike", async () => {
      const { id } = await createProject(operator, { accountId: mine.account, name: "other" });
      const inside = await refusalOf(holder(mine.project), door, mine[door]);
      assert.equal(inside, "allowed");
      const outside = await refusalOf(holder(id), door, mine[door]);
      const shared = ["account", "user", "priceBook"].includes(door);
      assert.match(outside, shared ? /^allowed$/ : /^not_found: /);
    });
  });
}

describe("checkScope", () => {
  test("refuses a token without it; an administrator has them all", () => {
    checkScope(holder(), "messages:read");
    checkScope(ADMINISTRATOR, "wallet:read");
    assert.throws(
      () => checkScope(holder(), "wallet:read"),
      (error) => error instanceof AppError && error.code === "forbidden",
    );
  });
});

describe("authenticate", () => {
  test("knows an api token's account, project and scopes", async () => {
    const { token, row } = await createToken(operator, {
      ...{ kind: "api", accountId: mine.account, projectId: mine.project },
      scopes: ["wallet:read"],
    });
    assert.deepEqual(await authenticate(operator, token), {
      ...{ kind: "account", tokenId: row.id, accountId: mine.account, userId: null },
      ...{ projectId: mine.project, scopes: ["wallet:read"] },
    });
    assert.equal(await authenticate(operator, `${token} `), null);
    assert.equal(await authenticate(operator, "x".repeat(100_000)), null);
  });

  test("knows nobody whose account or user is disabled", async () => {
    const { accountId } = await createAccount(operator, { name: "x" });
    const user = await createUser(operator, { accountId, login: "to-be-disabled" });
    const wish = { kind: "api", accountId } as const;
    const ofUser = await createToken(operator, { ...wish, userId: user.id });
    const ofAccount = await createToken(operator, wish);
    await updateUser(operator, user, { state: "disabled" });
    assert.equal(await authenticate(operator, ofUser.token), null);
    assert.notEqual(await authenticate(operator, ofAccount.token), null);
    await disableAccount(operator, accountId);
    assert.equal(await authenticate(operator, ofAccount.token), null);
  });
});
