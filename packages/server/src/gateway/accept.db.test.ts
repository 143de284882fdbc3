import assert from "node:assert/strict";
import { hash, randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { createDirectory } from "../accounts/directory.ts";
import { createIdMaker } from "../platform/ids.ts";
import { type BuiltAccount, buildAccount } from "../testkit/build-account.ts";
import { openTestDatabase, type TestDatabase } from "../testkit/database.ts";
import { type Acceptance, createAcceptance } from "./accept.ts";
import type { WsSendRequest } from "./send-request.ts";

let database: TestDatabase;
let acceptance: Acceptance;
let nowMs = Date.UTC(2026, 10, 22, 15);

before(async () => {
  database = await openTestDatabase();
  acceptance = createAcceptance(options());
});

const options = () => ({
  pool: database.pool,
  directory: createDirectory(),
  clock: { now: () => nowMs },
  ids: createIdMaker(),
  waitingMax: 10_000,
  onAccepted: () => {},
});

after(() => database.close());

function request(account: BuiltAccount, fields: Partial<WsSendRequest> = {}): WsSendRequest {
  return {
    source: "ws",
    login: account.login,
    token: account.token,
    mobile: "573001234567",
    idTemplate: String(account.templates.three),
    message: undefined,
    templateVariables: "[Ana] [$ 100] [lunes]",
    customField: "",
    mediaName: "",
    media: null,
    ...fields,
  };
}

/** Another token of an account's; answers it. */
async function addToken({ accountId }: BuiltAccount): Promise<string> {
  const token = `token-${randomUUID()}`;
  await database.pool.query(
    `insert into tokens (hash, id, account_id, user_id, kind, label, hint, created_at)
     select $2, $3, account_id, user_id, kind, label, hint, created_at
     from tokens where account_id = $1 limit 1`,
    [accountId, hash("sha256", token, "buffer"), randomUUID()],
  );
  return token;
}

/** Balance, and how many rows of each kind an account has. */
async function standing(account: BuiltAccount) {
  const { rows } = await database.pool.query(
    `select (select balance from wallets where account_id = $1) as balance,
            (select count(*)::int from messages where account_id = $1) as messages,
            (select count(*)::int from transfers where account_id = $1 and kind = 'charge') as charges,
            (select array_agg(seq order by seq) from events where account_id = $1) as seqs`,
    [account.accountId],
  );
  return rows[0];
}

describe("acceptance", () => {
  test("an accepted send is stored, charged and numbered in one go", async () => {
    const account = await buildAccount(database.pool);
    const answer = await acceptance.send(request(account, { customField: "A-1" }));
    assert.equal(answer.code, 1);
    assert.deepEqual(await standing(account), {
      balance: 10_000_000_000n - 2_500_000n,
      messages: 1,
      charges: 1,
      seqs: [1n],
    });
    const { rows } = await database.pool.query("select * from messages where account_id = $1", [
      account.accountId,
    ]);
    assert.equal(rows[0].body, "Hola Ana, debe $ 100 el lunes");
    assert.equal(rows[0].custom_field, "A-1");
    assert.equal(rows[0].lane, "queued");
  });

  test("neighbours in one group do not spoil one another, and repeats answer 9 once each", async () => {
    const account = await buildAccount(database.pool);
    const sends = [
      request(account),
      request(account),
      request(account, { token: "wrong" }),
      request(account, { mobile: "123" }),
      request(account, { mobile: "573001234568" }),
    ];
    const answers = await Promise.all(sends.map((send) => acceptance.send(send)));
    assert.deepEqual(
      answers.map((answer) => answer.code),
      [1, 9, 2, 4, 1],
    );
    assert.equal((await standing(account)).messages, 2);
  });

  test("the same message is taken again once 60 seconds have passed", async () => {
    const account = await buildAccount(database.pool);
    assert.equal((await acceptance.send(request(account))).code, 1);
    nowMs += 59_999;
    assert.equal((await acceptance.send(request(account))).code, 9);
    nowMs += 1;
    assert.equal((await acceptance.send(request(account))).code, 1);
  });

  test("a key stands for its send in later groups too, for 72 hours; who hands over is told of what was stored alone", async () => {
    const account = await buildAccount(database.pool);
    const told: number[] = [];
    const counting = createAcceptance({ ...options(), onAccepted: (count) => told.push(count) });
    const send = (fields: Partial<WsSendRequest> = {}) =>
      counting.send(request(account, { idempotencyKey: "k-1", ...fields }));
    const first = await send();
    assert.deepEqual(await send(), { ...first, replayed: true });
    assert.equal((await send({ mobile: "573001234568" })).code, "key-reused");
    await Promise.all([send(), send({ idempotencyKey: null, mobile: "1" })]);
    assert.deepEqual(told, [1]);
    nowMs += 72 * 3_600_000 + 1;
    assert.equal((await send()).code, 1);
    const third = { idempotencyKey: null, templateVariables: "[a] [b] [c]" };
    await Promise.all([send(), send(third), send({ ...third, mobile: "573001234568" })]);
    assert.deepEqual(told, [1, 1, 2]);
  });

  test("a balance is never overspent by concurrent sends", async () => {
    const account = await buildAccount(database.pool, { balance: 7_500_000n });
    const sends = Array.from({ length: 20 }, (_, index) =>
      acceptance.send(request(account, { mobile: `5730012340${String(index).padStart(2, "0")}` })),
    );
    const codes = (await Promise.all(sends)).map((answer) => answer.code);
    assert.equal(codes.filter((code) => code === 1).length, 3);
    assert.equal(codes.filter((code) => code === 5).length, 17);
    assert.deepEqual(await standing(account), {
      balance: 0n,
      messages: 3,
      charges: 3,
      seqs: [1n, 2n, 3n],
    });
  });

  test("the marketing cap counts what was accepted, inside the group too, and not what failed", async () => {
    const account = await buildAccount(database.pool);
    const promo = (name: string) =>
      acceptance.send(
        request(account, {
          idTemplate: String(account.templates.promo),
          templateVariables: `[${name}]`,
        }),
      );
    const codes = (await Promise.all(["a", "b", "c"].map(promo))).map((answer) => answer.code);
    assert.deepEqual(codes, [1, 1, 10]);
    await database.pool.query(
      "update messages set status = 'failed' where account_id = $1 and variables = '{a}'",
      [account.accountId],
    );
    assert.equal((await promo("d")).code, 1);
    assert.equal((await promo("e")).code, 10);
  });

  test("a revoked token is refused by the very next send", async () => {
    const account = await buildAccount(database.pool);
    assert.equal((await acceptance.send(request(account))).code, 1);
    await database.pool.query("update tokens set revoked_at = now() where account_id = $1", [
      account.accountId,
    ]);
    await database.pool.query("update accounts set version = version + 1 where account_id = $1", [
      account.accountId,
    ]);
    assert.equal((await acceptance.send(request(account, { mobile: "573001234569" }))).code, 2);
  });

  test("whoever brings many tokens, own or made up, has one account's turn, and nobody else's", async () => {
    const [busy, other] = [await buildAccount(database.pool), await buildAccount(database.pool)];
    const own = await Promise.all(Array.from({ length: 300 }, () => addToken(busy)));
    const madeUp = own.map((token) => `not-${token}`);
    for (const tokens of [own, madeUp]) {
      const sharing = createAcceptance(options());
      for (const account of [busy, other]) await sharing.send(request(account, { mobile: "1" }));
      await Promise.all(own.map((token) => sharing.send(request(busy, { token, mobile: "1" }))));
      const holder = await database.pool.connect();
      const answered: string[] = [];
      const send = async (account: BuiltAccount, token: string) => {
        await sharing.send(request(account, { token, mobile: "1" }));
        answered.push(account.login);
      };
      try {
        await holder.query("begin");
        await holder.query("select from wallets where account_id = $1 for update", [
          busy.accountId,
        ]);
        const sends = [send(busy, busy.token)];
        // The first leaves alone; the others wait for it.
        await new Promise((resolve) => setImmediate(resolve));
        sends.push(...tokens.map((token) => send(busy, token)));
        sends.push(...tokens.map(() => send(other, other.token)));
        await holder.query("rollback");
        await Promise.all(sends);
      } finally {
        holder.release();
      }
      const next = answered.slice(1, 201);
      assert.equal(next.filter((login) => login === other.login).length, 100);
    }
  });

  test("another account's template, an unapproved one and wrong counts are told apart", async () => {
    const account = await buildAccount(database.pool);
    const stranger = await buildAccount(database.pool);
    const code = async (fields: Partial<WsSendRequest>) =>
      (await acceptance.send(request(account, fields))).code;
    assert.equal(await code({ idTemplate: String(stranger.templates.three) }), 7);
    assert.equal(
      await code({ idTemplate: String(account.templates.paused), templateVariables: "" }),
      7,
    );
    assert.equal(await code({ templateVariables: "[one]" }), 8);
    assert.equal(await code({ templateVariables: "[one] [two] [" }), 8);
    assert.equal(await code({ templateVariables: "[a] [ ] [c]" }), 6);
    assert.equal(await code({ idTemplate: undefined }), 6);
    assert.equal(await code({ idTemplate: undefined, message: "hola" }), 1);
    assert.equal(
      await code({ idTemplate: String(account.templates.document), templateVariables: "" }),
      1008,
    );
    assert.equal(await code({ customField: "x".repeat(1001) }), 1011);
    assert.deepEqual((await standing(account)).messages, 1);
  });
});
