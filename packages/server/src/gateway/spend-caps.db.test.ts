import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { createDirectory } from "../accounts/directory.ts";
import { browseCampaigns, listCaps, setCampaign, setCap } from "../accounts/spend-caps.ts";
import { createSecretBox } from "../platform/secret-box.ts";
import { withPipelinedTransaction } from "../storage/connect.ts";
import type { BuiltAccount } from "../testkit/build-account.ts";
import { type GatewayWorld, openGatewayWorld } from "../testkit/gateway-world.ts";
import { createAcceptance } from "./accept.ts";
import { applyChanges } from "./apply-changes.ts";
import type { WsSendRequest } from "./send-request.ts";

const PRICE = 2_500_000n;
const DAY_MS = 86_400_000;

let world: GatewayWorld;

before(async () => {
  world = await openGatewayWorld();
});
after(() => world.close());

const operator = () => ({ ...world.shared, secretBox: createSecretBox([Buffer.alloc(32, 7)]) });

interface Wish {
  messages?: number;
  amount?: bigint;
  project?: boolean;
  timeZone?: string;
}

function cap(account: BuiltAccount, wish: Wish): Promise<void> {
  return setCap(operator(), {
    by: "operator",
    accountId: account.accountId,
    project: wish.project ? { id: account.projectId, timeZone: "America/Bogota" } : null,
    timeZone: wish.timeZone,
    messagesMax: wish.messages === undefined ? null : BigInt(wish.messages),
    amountMax: wish.amount ?? null,
  });
}

let mobiles = 0;

function send(
  account: BuiltAccount,
  fields: Partial<WsSendRequest> = {},
  acceptance = world.acceptance,
) {
  mobiles += 1;
  return acceptance.send({
    source: "ws",
    login: account.login,
    token: account.token,
    mobile: `5730${String(10_000_000 + mobiles)}`,
    idTemplate: undefined,
    message: "hola",
    templateVariables: undefined,
    customField: "",
    mediaName: "",
    media: null,
    ...fields,
  });
}

async function codes(answers: Promise<{ code: unknown }>[]) {
  const count: Record<string, number> = {};
  for (const { code } of await Promise.all(answers)) {
    count[String(code)] = (count[String(code)] ?? 0) + 1;
  }
  return count;
}

async function used(account: BuiltAccount) {
  const caps = await listCaps(operator(), { accountId: account.accountId, projectId: null });
  return caps.map(({ scope, messages, amount }) => [scope, messages, amount]);
}

async function fail(account: BuiltAccount, messageId: string): Promise<void> {
  const nowMs = world.time.nowMs;
  const change = { kind: "failed", atMs: nowMs, code: "402", reason: "x" } as const;
  const wanted = { accountId: account.accountId, changes: [{ messageId, change }], nowMs };
  await withPipelinedTransaction(world.pool, async (sql) => {
    const applied = await applyChanges(sql, world.shared, wanted);
    return { result: null, pending: applied.finish() };
  });
}

async function revive(account: BuiltAccount, messageId: string): Promise<void> {
  const nowMs = world.time.nowMs;
  const change = {
    kind: "progress",
    status: "delivered",
    atMs: nowMs,
    providerMessageId: null,
  } as const;
  const wanted = { accountId: account.accountId, changes: [{ messageId, change }], nowMs };
  await withPipelinedTransaction(world.pool, async (sql) => {
    const applied = await applyChanges(sql, world.shared, wanted);
    return { result: null, pending: applied.finish() };
  });
}

async function accepted(answer: ReturnType<typeof send>): Promise<string> {
  const given = await answer;
  assert.ok(given.code === 1, String(given.code));
  return given.messageId;
}

describe("a cap by day", () => {
  test("of 100 lets exactly 100 of 500 sends pass that two processes take at once", async () => {
    const account = await world.account();
    await cap(account, { messages: 100 });
    const other = createAcceptance({
      ...world.shared,
      directory: createDirectory(),
      waitingMax: 1_000,
      onAccepted: () => {},
    });
    const answers = Array.from({ length: 500 }, (_, index) =>
      send(account, {}, index % 2 === 0 ? world.acceptance : other),
    );
    assert.deepEqual(await codes(answers), { "1": 100, "12": 400 });
    assert.deepEqual(await used(account), [["account", 100n, 100n * PRICE]]);
    assert.equal(await world.balance(account), 10_000_000_000n - 100n * PRICE);
  });

  test("of money is never passed, and a cheaper message still fits", async () => {
    const account = await world.account();
    await cap(account, { amount: PRICE * 2n + 1n });
    const answers = Array.from({ length: 10 }, () => send(account));
    assert.deepEqual(await codes(answers), { "1": 2, "12": 8 });
  });

  test("of nothing stops everything, and taking it away frees everything", async () => {
    const account = await world.account();
    await cap(account, { messages: 0 });
    assert.equal((await send(account)).code, 12);
    await cap(account, {});
    assert.equal((await send(account)).code, 1);
    assert.deepEqual(await used(account), []);
  });

  test("counts what was accepted that day before it was set", async () => {
    const account = await world.account();
    await Promise.all([send(account), send(account)]);
    const failed = await accepted(send(account));
    await fail(account, failed);
    await cap(account, { messages: 3, project: true });
    assert.deepEqual(await used(account), [["project", 2n, 2n * PRICE]]);
    assert.deepEqual(await codes([send(account), send(account)]), { "1": 1, "12": 1 });
  });

  test("begins anew at midnight of its time zone", async () => {
    const account = await world.account();
    const { nowMs } = world.time;
    try {
      world.time.nowMs = Date.UTC(2026, 10, 23, 4, 59);
      await cap(account, { messages: 1, timeZone: "America/Bogota" });
      assert.deepEqual(await codes([send(account), send(account)]), { "1": 1, "12": 1 });
      world.time.nowMs += 2 * 60_000;
      assert.deepEqual(await codes([send(account), send(account)]), { "1": 1, "12": 1 });
    } finally {
      world.time.nowMs = nowMs;
    }
  });

  test("of the account counts every project, and the narrower one stops first", async () => {
    const account = await world.account();
    await cap(account, { messages: 5 });
    await cap(account, { messages: 2, project: true });
    const answers = Array.from({ length: 4 }, () => send(account));
    assert.deepEqual(await codes(answers), { "1": 2, "12": 2 });
    assert.deepEqual(await used(account), [
      ["account", 2n, 2n * PRICE],
      ["project", 2n, 2n * PRICE],
    ]);
  });

  test("gets a refund back on the day of the message, once, and loses it when the message arrives after all", async () => {
    const account = await world.account();
    await cap(account, { messages: 1 });
    const message = await accepted(send(account));
    assert.equal((await send(account)).code, 12);
    await fail(account, message);
    await fail(account, message);
    assert.deepEqual(await used(account), [["account", 0n, 0n]]);
    await accepted(send(account));
    await revive(account, message);
    assert.deepEqual(await used(account), [["account", 2n, 2n * PRICE]]);
    assert.equal((await send(account)).code, 12);
  });

  test("gets nothing back today for a message of yesterday", async () => {
    const account = await world.account();
    const { nowMs } = world.time;
    try {
      await cap(account, { messages: 1 });
      const old = await accepted(send(account));
      world.time.nowMs += DAY_MS;
      await accepted(send(account));
      await fail(account, old);
      assert.equal((await send(account)).code, 12);
    } finally {
      world.time.nowMs = nowMs;
    }
  });

  test("is another account's own affair", async () => {
    const [capped, free] = [await world.account(), await world.account()];
    await cap(capped, { messages: 0 });
    const answers = [send(capped), send(free), send(capped), send(free)];
    assert.deepEqual(await codes(answers), { "1": 2, "12": 2 });
    const { rows } = await world.pool.query("select 1 from spend_counters where account_id = $1", [
      free.accountId,
    ]);
    assert.equal(rows.length, 0);
  });
});

describe("a campaign", () => {
  const campaigns = (account: BuiltAccount) =>
    browseCampaigns(operator(), { accountId: account.accountId, projectId: null }, { limit: 10 });

  test("that nobody set is made by the first send of its name, and counts", async () => {
    const account = await world.account();
    const answers = Array.from({ length: 50 }, () => send(account, { campaign: "Navidad" }));
    assert.deepEqual(await codes(answers), { "1": 50 });
    const [message, cancelled] = [
      await accepted(send(account, { campaign: "Navidad" })),
      await accepted(send(account, { campaign: "Navidad" })),
    ];
    await send(account);
    await fail(account, message);
    await withPipelinedTransaction(world.pool, async (sql) => {
      const change = { kind: "cancelled", atMs: world.time.nowMs } as const;
      const changes = [{ messageId: cancelled, change }];
      const nowMs = world.time.nowMs;
      const { accountId } = account;
      const applied = await applyChanges(sql, world.shared, { accountId, changes, nowMs });
      return { result: null, pending: applied.finish() };
    });
    const { items } = await campaigns(account);
    assert.equal(items.length, 1);
    const [row] = items;
    assert.deepEqual(
      [row?.name, row?.accepted, row?.failed, row?.cancelled, row?.spent, row?.refunded],
      ["Navidad", 52n, 1n, 1n, 50n * PRICE, 2n * PRICE],
    );
    await revive(account, message);
    const [again] = (await campaigns(account)).items;
    assert.deepEqual([again?.failed, again?.spent, again?.refunded], [0n, 51n * PRICE, PRICE]);
  });

  test("is never sent beyond its limit, whoever else sends, and names itself when it is reached", async () => {
    const account = await world.account();
    const { accountId, projectId } = account;
    const limits = { messagesMax: 10n, amountMax: null };
    await setCampaign(operator(), { accountId, projectId, name: "Diez", ...limits });
    const answers = Array.from({ length: 60 }, (_, index) =>
      send(account, { campaign: index % 2 === 0 ? "Diez" : null }),
    );
    assert.deepEqual(await codes(answers), { "1": 40, "12": 20 });
    await setCampaign(operator(), {
      accountId,
      projectId,
      name: "Diez",
      ...limits,
      messagesMax: 11n,
    });
    assert.deepEqual(await codes([1, 2].map(() => send(account, { campaign: "Diez" }))), {
      "1": 1,
      "12": 1,
    });
  });

  test("is set and sent at once without being made twice", async () => {
    const account = await world.account();
    const { accountId, projectId } = account;
    const wish = { accountId, projectId, name: "Carrera", messagesMax: 30n, amountMax: null };
    await Promise.all([
      ...Array.from({ length: 20 }, () => send(account, { campaign: "Carrera" })),
      setCampaign(operator(), wish),
      ...Array.from({ length: 20 }, () => send(account, { campaign: "Carrera" })),
    ]);
    const { items } = await campaigns(account);
    assert.deepEqual(
      items.map((row) => [row.name, row.messagesMax]),
      [["Carrera", 30n]],
    );
    const { rows } = await world.pool.query(
      "select count(*) as n from messages where account_id = $1 and campaign_id = $2",
      [accountId, items[0]?.id],
    );
    assert.equal(rows[0].n, items[0]?.accepted);
    assert.ok((items[0]?.accepted ?? 0n) >= 30n);
  });
});
