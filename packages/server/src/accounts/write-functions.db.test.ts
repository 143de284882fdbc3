import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { AppError } from "../platform/app-error.ts";
import { createIdMaker } from "../platform/ids.ts";
import { createSecretBox } from "../platform/secret-box.ts";
import { findAccount } from "../storage/accounts.ts";
import { findPasswordHash, findUserByLogin } from "../storage/users.ts";
import { openTestDatabase, type TestDatabase } from "../testkit/database.ts";
import { createAccount, disableAccount, enableAccount, updateAccount } from "./accounts.ts";
import { createChannel, updateChannel } from "./channels.ts";
import type { Operator } from "./operator.ts";
import { verifyPassword } from "./passwords.ts";
import { createPriceBook, setPrice } from "./prices.ts";
import { createProject, updateProject } from "./projects.ts";
import { createToken, hashToken, revokeToken } from "./tokens.ts";
import { createUser, updateUser } from "./users.ts";

let database: TestDatabase;
let operator: Operator;
let nowMs = Date.UTC(2026, 10, 22, 15);

before(async () => {
  database = await openTestDatabase();
  operator = {
    pool: database.pool,
    clock: { now: () => nowMs },
    ids: createIdMaker(),
    secretBox: createSecretBox([Buffer.alloc(32, 7)]),
  };
});
after(() => database.close());

const refusal = (code: string, text: RegExp) => (error: unknown) => {
  assert.ok(error instanceof AppError, String(error));
  assert.equal(error.code, code);
  assert.match(error.message, text);
  return true;
};

const newAccount = () => createAccount(operator, { name: "Ferretería El Tornillo" });

const newChannel = (accountId: string, numberId: string) => ({
  accountId,
  officialNumber: "573005202020",
  numberId,
  businessId: "987",
  accessToken: "EAAB-secret",
  app: { appSecret: "shhh" },
});

/** Runs a change and proves that the account's version grew with it. */
async function grows<T>(accountId: string, change: () => Promise<T>): Promise<T> {
  const before = (await findAccount(database.pool, accountId))?.version ?? 0n;
  const result = await change();
  const later = (await findAccount(database.pool, accountId))?.version ?? 0n;
  assert.ok(later > before, "the account's version did not grow");
  return result;
}

describe("createAccount", () => {
  test("gives an account that can receive money at once", async () => {
    const account = await newAccount();
    assert.deepEqual(
      [account.currency, account.countries, account.state],
      ["COP", ["CO"], "active"],
    );
    const { rows } = await database.pool.query(
      "select balance, event_seq from wallets join counters using (account_id) where account_id = $1",
      [account.accountId],
    );
    assert.deepEqual(rows, [{ balance: 0n, event_seq: 0n }]);
  });

  test("refuses a blank name, an unknown country, parent and book, and stores nothing", async () => {
    const count = async () => (await database.pool.query("select from accounts")).rowCount;
    const stored = await count();
    const id = operator.ids.next(nowMs);
    for (const [given, path] of [
      [{ name: " " }, /^name/],
      [{ name: "x\u0000" }, /^name/],
      [{ name: "x", countries: ["XX"] }, /^countries\.0/],
      [{ name: "x", countries: [] }, /^countries/],
      [{ name: "x", currency: "pesos" }, /^currency/],
      [{ name: "x", parentId: id }, /^parentId/],
      [{ name: "x", priceBookId: id }, /^priceBookId/],
    ] as const) {
      await assert.rejects(createAccount(operator, given), refusal("invalid_request", path));
    }
    assert.equal(await count(), stored);
  });

  test("refuses a book in another currency, and another customer's own book", async () => {
    const account = await newAccount();
    const dollars = await createPriceBook(operator, { name: "US", currency: "USD" });
    const own = await createPriceBook(operator, {
      name: "own",
      ownerAccountId: account.accountId,
    });
    await assert.rejects(
      updateAccount(operator, account.accountId, { priceBookId: dollars.id }),
      refusal("invalid_request", /USD/),
    );
    await assert.rejects(
      createAccount(operator, { name: "x", priceBookId: own.id }),
      refusal("invalid_request", /priceBookId/),
    );
    const updated = await updateAccount(operator, account.accountId, { priceBookId: own.id });
    assert.equal(updated.priceBookId, own.id);
  });

  test("is disabled and enabled again, each time with a new version", async () => {
    const { accountId } = await newAccount();
    const disabled = await grows(accountId, () => disableAccount(operator, accountId));
    assert.equal(disabled.state, "disabled");
    assert.equal(
      (await grows(accountId, () => enableAccount(operator, accountId))).state,
      "active",
    );
  });
});

describe("createUser", () => {
  test("reserves a login on the whole platform, whatever its case, and only when it is stored", async () => {
    const [one, other] = [await newAccount(), await newAccount()];
    await grows(one.accountId, () =>
      createUser(operator, { accountId: one.accountId, login: "Tornillo" }),
    );
    await assert.rejects(
      createUser(operator, { accountId: other.accountId, login: "tornillo" }),
      refusal("conflict", /taken/),
    );
    assert.equal((await findUserByLogin(database.pool, "TORNILLO"))?.login, "Tornillo");
    const nobody = operator.ids.next(nowMs);
    await assert.rejects(
      createUser(operator, { accountId: nobody, login: "free" }),
      refusal("not_found", /account/),
    );
    await createUser(operator, { accountId: other.accountId, login: "free" });
  });

  test("keeps a password as an Argon2id hash alone", async () => {
    const { accountId } = await newAccount();
    const user = await createUser(operator, { accountId, login: "clave", password: "contraseña1" });
    const hash = await findPasswordHash(database.pool, user);
    assert.match(hash ?? "", /^\$argon2id\$/);
    assert.equal(await verifyPassword(hash ?? "", "contraseña1"), true);
    assert.equal(await verifyPassword(hash ?? "", "contraseña2"), false);
    assert.equal("passwordHash" in user, false);
    await grows(accountId, () => updateUser(operator, user, { password: "otra-contraseña" }));
    assert.notEqual(await findPasswordHash(database.pool, user), hash);
  });

  test("refuses a short password and a login with blanks", async () => {
    const { accountId } = await newAccount();
    await assert.rejects(
      createUser(operator, { accountId, login: "corta", password: "123456789" }),
      refusal("invalid_request", /password/),
    );
    await assert.rejects(
      createUser(operator, { accountId, login: "a b" }),
      refusal("invalid_request", /login/),
    );
  });
});

describe("createToken", () => {
  test("gives the token once and stores its hash and last four characters", async () => {
    const { accountId } = await newAccount();
    const user = await createUser(operator, { accountId, login: "con-token" });
    const { token, row } = await grows(accountId, () =>
      createToken(operator, { kind: "ws", accountId, userId: user.id }),
    );
    assert.match(token, /^rcd_ws_[A-Za-z0-9_-]{43}$/);
    assert.equal(row.hint, token.slice(-4));
    const { rows } = await database.pool.query(
      "select to_jsonb(t) as t from tokens t where hash = $1",
      [hashToken(token)],
    );
    assert.equal(rows.length, 1);
    assert.equal(JSON.stringify(rows).includes(token), false);
  });

  test("refuses another account's user and project, and a holder that does not fit the kind", async () => {
    const [one, other] = [await newAccount(), await newAccount()];
    const { accountId } = one;
    const foreign = { accountId: other.accountId, login: "ajeno" };
    const userId = (await createUser(operator, foreign)).id;
    const projectId = (await createProject(operator, { ...foreign, name: "x" })).id;
    const expiresAt = new Date(nowMs);
    await assert.rejects(
      createToken(operator, { kind: "ws", accountId, userId }),
      refusal("not_found", /user/),
    );
    await assert.rejects(
      createToken(operator, { kind: "api", accountId, projectId }),
      refusal("not_found", /project/),
    );
    for (const given of [
      { kind: "ws", accountId },
      { kind: "admin", accountId, scopes: ["wallet:read"] },
      { kind: "admin", accountId, userId },
      { kind: "api", accountId: null },
      { kind: "api", accountId, expiresAt },
    ] as const) {
      await assert.rejects(createToken(operator, given), refusal("invalid_request", /./));
    }
  });

  test("is revoked once; the first moment stays", async () => {
    const { accountId } = await newAccount();
    const { row } = await createToken(operator, { kind: "api", accountId });
    await grows(accountId, () => revokeToken(operator, row));
    nowMs += 1000;
    await revokeToken(operator, row);
    const { rows } = await database.pool.query("select revoked_at from tokens where id = $1", [
      row.id,
    ]);
    assert.deepEqual(rows, [{ revoked_at: new Date(nowMs - 1000) }]);
  });
});

describe("createProject", () => {
  test("has the documented defaults, and each setting can be changed by itself", async () => {
    const { accountId } = await newAccount();
    const project = await grows(accountId, () =>
      createProject(operator, { accountId, name: "Cobranza" }),
    );
    assert.deepEqual(
      [project.timeZone, project.marketingMax, project.marketingWindowS],
      ["America/Bogota", 2, 86_400],
    );
    const changed = await grows(accountId, () =>
      updateProject(operator, project, { state: "inactive", deadlineS: { marketing: 600 } }),
    );
    assert.deepEqual(changed, { ...project, state: "inactive", deadlineS: { marketing: 600 } });
  });

  test("refuses what is out of bounds and another account's channel", async () => {
    const [one, other] = [await newAccount(), await newAccount()];
    const { accountId } = one;
    const foreign = await createChannel(operator, newChannel(other.accountId, "foreign-1"));
    for (const [settings, path] of [
      [{ timeZone: "America/Macondo" }, /timeZone/],
      [{ timeZone: "+05:00" }, /timeZone/],
      [{ marketingMax: -1 }, /marketingMax/],
      [{ marketingWindowS: 0 }, /marketingWindowS/],
      [{ deadlineS: { marketing: 1 } }, /deadlineS\.marketing/],
      [{ deadlineS: { __proto_: 100 } }, /deadlineS/],
      [{ channelId: foreign.channel.id }, /channelId/],
    ] as const) {
      await assert.rejects(
        createProject(operator, { accountId, name: "x", ...settings }),
        refusal("invalid_request", path),
      );
    }
  });
});

describe("createChannel", () => {
  test("seals its secrets for their place and is found by the provider's number id", async () => {
    const { accountId } = await newAccount();
    const { channel, verifyToken } = await grows(accountId, () =>
      createChannel(operator, newChannel(accountId, "n-1")),
    );
    const { rows } = await database.pool.query(
      `select c.credentials, a.secrets, n.channel_id from channels c
       join provider_apps a on a.id = c.app_id
       join channel_numbers n on n.provider = c.provider and n.number_id = c.number_id
       where c.id = $1`,
      [channel.id],
    );
    const [row] = rows;
    assert.equal(row?.channel_id, channel.id);
    assert.equal(String(row?.credentials).includes("EAAB"), false);
    const opened = operator.secretBox.open(row?.credentials, `channel:${channel.id}`);
    assert.deepEqual(opened, { accessToken: "EAAB-secret" });
    const secrets = operator.secretBox.open(row?.secrets, `app:${channel.appId}`);
    assert.deepEqual(secrets, { appSecret: "shhh", verifyToken });
  });

  test("refuses a number that is a channel already and another account's app", async () => {
    const [one, other] = [await newAccount(), await newAccount()];
    const { channel } = await createChannel(operator, newChannel(one.accountId, "n-2"));
    await assert.rejects(
      createChannel(operator, newChannel(other.accountId, "n-2")),
      refusal("conflict", /n-2/),
    );
    await assert.rejects(
      createChannel(operator, {
        ...newChannel(other.accountId, "n-3"),
        app: { id: channel.appId },
      }),
      refusal("invalid_request", /app\.id/),
    );
    const second = await createChannel(operator, {
      ...newChannel(one.accountId, "n-3"),
      app: { id: channel.appId },
    });
    assert.deepEqual([second.channel.appId, second.verifyToken], [channel.appId, null]);
  });

  test("a new token ends the rest that the provider asked for; a new rate does not", async () => {
    const { accountId } = await newAccount();
    const { channel } = await createChannel(operator, newChannel(accountId, "n-4"));
    await database.pool.query(
      "update channels set rest_until = now() + interval '1 day', rest_reason = 'x' where id = $1",
      [channel.id],
    );
    const faster = await grows(accountId, () =>
      updateChannel(operator, channel, { ratePerSecond: 200 }),
    );
    assert.equal(faster.restReason, "x");
    const renewed = await updateChannel(operator, channel, { accessToken: "EAAC" });
    assert.deepEqual(
      [renewed.restUntil, renewed.restReason, renewed.ratePerSecond],
      [null, null, 200],
    );
  });

  test("refuses secrets, addresses and ids that no provider has", async () => {
    const { accountId } = await newAccount();
    for (const [wrong, path] of [
      [{ accessToken: "a b" }, /accessToken/],
      [{ app: { appSecret: "" } }, /appSecret/],
      [{ numberId: "../x" }, /numberId/],
      [{ officialNumber: "+573005202020" }, /officialNumber/],
      [{ baseUrl: "file:///etc" }, /baseUrl/],
      [{ baseUrl: "https://u:p@graph.example" }, /baseUrl/],
      [{ apiVersion: "23" }, /apiVersion/],
      [{ ratePerSecond: 1001 }, /ratePerSecond/],
    ] as const) {
      await assert.rejects(
        createChannel(operator, { ...newChannel(accountId, "n-5"), ...wrong }),
        refusal("invalid_request", path),
      );
    }
  });
});

describe("setPrice", () => {
  test("fits a price between its neighbours and tells the accounts that pay by the book", async () => {
    const book = await createPriceBook(operator, { name: "Lista 2026" });
    const account = await createAccount(operator, { name: "x", priceBookId: book.id });
    const start = (month: number) => new Date(Date.UTC(2026, month));
    const set = (month: number, amount: bigint) =>
      grows(account.accountId, () =>
        setPrice(operator, {
          priceBookId: book.id,
          country: "CO",
          category: "utility",
          amount,
          validFrom: start(month),
        }),
      );
    await set(0, 100n);
    await set(4, 300n);
    await set(2, 200n);
    await set(2, 250n);
    const { rows } = await database.pool.query(
      "select amount, valid_from, valid_to from prices where price_book_id = $1 order by valid_from",
      [book.id],
    );
    assert.deepEqual(rows, [
      { amount: 100n, valid_from: start(0), valid_to: start(2) },
      { amount: 250n, valid_from: start(2), valid_to: start(4) },
      { amount: 300n, valid_from: start(4), valid_to: null },
    ]);
  });

  test("refuses a negative amount, an unknown country and an unknown book", async () => {
    const book = await createPriceBook(operator, { name: "x" });
    const price = { priceBookId: book.id, country: "*", category: "service", amount: 1n } as const;
    await assert.rejects(
      setPrice(operator, { ...price, amount: -1n }),
      refusal("invalid_request", /amount/),
    );
    await assert.rejects(
      setPrice(operator, { ...price, country: "ZZ" }),
      refusal("invalid_request", /country/),
    );
    await assert.rejects(
      setPrice(operator, { ...price, priceBookId: operator.ids.next(nowMs) }),
      refusal("not_found", /book/),
    );
  });
});
