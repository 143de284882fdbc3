import assert from "node:assert/strict";
import { hash, randomUUID } from "node:crypto";
import { after, before, beforeEach, describe, test } from "node:test";
import { createDirectory } from "../accounts/directory.ts";
import { setCap } from "../accounts/spend-caps.ts";
import { createToken } from "../accounts/tokens.ts";
import { createSecretBox } from "../platform/secret-box.ts";
import { touchAccount } from "../storage/accounts.ts";
import { insertOptOuts } from "../storage/opt-outs.ts";
import type { BuiltAccount } from "../testkit/build-account.ts";
import { type GatewayWorld, openGatewayWorld } from "../testkit/gateway-world.ts";
import { topUp } from "../wallet/topup.ts";
import { verifyWallets } from "../wallet/verify.ts";
import { cancelMessage } from "./cancel.ts";
import { createResumeLane } from "./resume-lane.ts";
import type { ApiSendRequest } from "./send-request.ts";

const PRICE = 100n;

let world: GatewayWorld;
let account: BuiltAccount;
let tokenHash: string;

before(async () => {
  world = await openGatewayWorld();
});
beforeEach(async () => {
  account = await world.account({ balance: 0n, price: PRICE, marketingMax: 1_000 });
  const { accountId } = account;
  const wish = { kind: "api", accountId, scopes: ["messages:write"] } as const;
  tokenHash = hash("sha256", (await createToken(operator(), wish)).token);
});
after(async () => {
  const { wallets, messages } = await verifyWallets(world.pool);
  assert.deepEqual([wallets, messages], [[], []]);
  await world.close();
});

const operator = () => ({ ...world.shared, secretBox: createSecretBox([Buffer.alloc(32, 7)]) });

function openLane(directory = world.shared.directory) {
  let resumed = 0;
  let followUps = 0;
  const lane = createResumeLane({
    ...world.shared,
    directory,
    onResumed: (count) => (resumed += count),
    onFollowUp: () => (followUps += 1),
  });
  return {
    /** How often it was told that webhooks are on their way. */
    followUps: () => followUps,
    /** Looks once; answers how many went on. */
    async look(): Promise<number> {
      resumed = 0;
      lane.start();
      await lane.stop();
      return resumed;
    },
  };
}

function send(fields: Partial<ApiSendRequest> = {}) {
  return world.acceptance.send({
    source: "v1",
    tokenHash,
    mobile: "573001234567",
    projectId: null,
    template: null,
    text: `hola ${randomUUID()}`,
    variables: [],
    customField: "",
    mediaName: "",
    media: null,
    sendAtMs: null,
    validForMs: null,
    waitForBalance: true,
    ...fields,
  });
}

async function taken(answer: ReturnType<typeof send>): Promise<string> {
  const given = await answer;
  assert.ok(given.code === 1, JSON.stringify(given));
  return given.messageId;
}

const status = async (id: string) => (await world.message(id)).status;

async function statuses(ids: readonly string[]): Promise<string> {
  return (await Promise.all(ids.map(status))).map((word) => word[0]).join("");
}

async function pay(amount: bigint): Promise<void> {
  const { accountId } = account;
  const topup = { accountId, reference: randomUUID(), amount, note: "", createdBy: null };
  await topUp(world.shared, topup);
}

async function count(kind: string): Promise<number> {
  const { rows } = await world.pool.query(
    "select count(*)::int as n from transfers where account_id = $1 and kind = $2",
    [account.accountId, kind],
  );
  return rows[0].n;
}

async function events(id: string): Promise<string[]> {
  const { rows } = await world.pool.query(
    "select kind from events where message_id = $1 order by seq",
    [id],
  );
  return rows.map((row) => row.kind);
}

/** So many more that wait as this one does. */
async function copyHeld(id: string, copies: number): Promise<void> {
  await world.pool.query(
    `insert into messages (account_id, id, direction, project_id, channel_id, mobile, category, kind,
       source, price, status, lane, due_at, deadline_at, accepted_at)
     select account_id, gen_random_uuid(), direction, project_id, channel_id, mobile, category, kind,
       source, price, status, lane, due_at, deadline_at, accepted_at
     from messages, generate_series(1, $2) where id = $1`,
    [id, copies],
  );
}

describe("a message without money for it", () => {
  test("is refused, unless it may wait: then it is kept unpaid and goes on by itself after a top-up", async () => {
    assert.equal((await send({ waitForBalance: false })).code, 5);
    const id = await taken(send({ customField: "A-1" }));
    assert.equal(await status(id), "held");
    assert.equal(await count("charge"), 0);
    const lane = openLane();
    assert.equal(await lane.look(), 0);
    await pay(PRICE);
    assert.equal(await lane.look(), 1);
    const message = await world.message(id);
    assert.deepEqual([message.status, message.lane], ["accepted", "queued"]);
    assert.equal(await world.balance(account), 0n);
    assert.deepEqual(await events(id), ["held", "accepted"]);
    assert.equal(await lane.look(), 0);
    assert.equal(await count("charge"), 1);
  });

  test("costs what is in force when it goes on, and waits while that is not there", async () => {
    const id = await taken(send());
    await world.pool.query(
      `update prices p set amount = 250 from accounts a
       where a.account_id = $1 and a.price_book_id = p.price_book_id and p.category = 'service'`,
      [account.accountId],
    );
    await touchAccount(world.pool, [account.accountId]);
    const lane = openLane();
    await pay(PRICE);
    assert.equal(await lane.look(), 0);
    await pay(200n);
    assert.equal(await lane.look(), 1);
    assert.equal(await world.balance(account), 50n);
    const { rows } = await world.pool.query("select price from messages where id = $1", [id]);
    assert.equal(rows[0].price, 250n);
  });

  test("whose price was taken away waits without holding up the others", async () => {
    const id = await taken(send());
    const promo = { number: account.templates.promo ?? 0 };
    const other = await taken(
      send({ text: null, template: promo, variables: [randomUUID()], mobile: "573001234568" }),
    );
    await world.pool.query(
      `delete from prices p using accounts a
       where a.account_id = $1 and a.price_book_id = p.price_book_id and p.category = 'service'`,
      [account.accountId],
    );
    await touchAccount(world.pool, [account.accountId]);
    await pay(PRICE * 10n);
    await openLane().look();
    assert.deepEqual([await status(id), await status(other)], ["held", "accepted"]);
  });

  test("waits behind those that came before it, and they go on in their order as far as the money goes", async () => {
    const ids: string[] = [];
    for (let index = 0; index < 5; index += 1) ids.push(await taken(send()));
    await pay(PRICE * 2n + 50n);
    ids.push(await taken(send()));
    const lane = openLane();
    await lane.look();
    assert.equal(await statuses(ids), "aahhhh");
    await pay(PRICE * 10n);
    await lane.look();
    assert.equal(await statuses(ids), "aaaaaa");
    assert.equal(await status(await taken(send())), "accepted");
  });

  test("is charged once, though two processes look at once, and some of hundreds are paid for", async () => {
    const all = await Promise.all(Array.from({ length: 450 }, () => taken(send())));
    const ids = all.toSorted();
    await pay(PRICE * 301n);
    const lanes = [openLane(), openLane(createDirectory()), openLane(createDirectory())];
    await Promise.all(lanes.map((lane) => lane.look()));
    const words = await statuses(ids);
    assert.equal(words, "a".repeat(301) + "h".repeat(149));
    assert.deepEqual([await count("charge"), await world.balance(account)], [301, 0n]);
  });

  test("goes on with all the others in one look, however many pages they are", async () => {
    const id = await taken(send());
    await copyHeld(id, 400);
    await pay(PRICE * 1_000n);
    assert.equal(await openLane().look(), 401);
    assert.deepEqual([await count("charge"), await world.balance(account)], [401, PRICE * 599n]);
  });

  test("waits while its account is disabled, though there is money, and goes on when it is not", async () => {
    const id = await taken(send());
    const setState = async (state: string) => {
      await world.pool.query("update accounts set state = $2 where account_id = $1", [
        ...[account.accountId, state],
      ]);
      await touchAccount(world.pool, [account.accountId]);
    };
    await setState("disabled");
    await pay(PRICE);
    assert.equal(await openLane().look(), 0);
    assert.deepEqual([await status(id), await world.balance(account)], ["held", PRICE]);
    await setState("active");
    assert.equal(await openLane().look(), 1);
  });

  test("goes on after a refund as well", async () => {
    await pay(PRICE);
    const first = await taken(send());
    const second = await taken(send());
    assert.equal(await statuses([first, second]), "ah");
    await cancelMessage(world.shared, { accountId: account.accountId, id: first });
    assert.equal(await openLane().look(), 1);
    assert.equal(await statuses([first, second]), "ca");
  });

  test("fails with 5 at its deadline, and no money moves", async () => {
    const id = await taken(send({ validForMs: 60_000 }));
    const late = await taken(send({ validForMs: 120_000 }));
    const lane = openLane();
    await lane.look();
    assert.equal(lane.followUps(), 0);
    world.time.nowMs += 60_000;
    await pay(PRICE);
    await lane.look();
    assert.equal(lane.followUps(), 1, "its webhook must not wait for the next look at what is due");
    const message = await world.message(id);
    assert.deepEqual([message.status, message.code, message.refunded], ["failed", "5", false]);
    assert.deepEqual(await events(id), ["held", "failed"]);
    assert.equal(await status(late), "accepted");
    assert.deepEqual([await count("refund"), await world.balance(account)], [0, 0n]);
  });

  test("is cancelled without a charge or a refund, and lets the next one go first", async () => {
    const [first, second] = [await taken(send()), await taken(send())];
    await cancelMessage(world.shared, { accountId: account.accountId, id: first });
    await pay(PRICE);
    await openLane().look();
    assert.equal(await statuses([first, second]), "ca");
    assert.deepEqual([await count("charge"), await count("refund")], [1, 0]);
  });

  test("is recognised by its key, and as a repeat", async () => {
    const same = { idempotencyKey: "k-1", text: "una vez" };
    const id = await taken(send(same));
    const again = await send(same);
    assert.deepEqual(again, { code: 1, messageId: id, replayed: true });
    assert.equal((await send({ text: "una vez" })).code, 9);
  });

  test("is not kept when something else stands in its way", async () => {
    assert.equal((await send({ mobile: "1" })).code, 4);
    assert.equal((await send({ text: "" })).code, 6);
    const { accountId, projectId } = account;
    const mobile = "573001234567";
    const person = { accountId, projectId, mobile, source: "listed", note: "" } as const;
    await insertOptOuts(world.pool, [{ ...person, createdAt: new Date(0) }], new Date(0));
    const number = account.templates.promo ?? 0;
    const promo = { template: { number }, text: null, variables: ["x"] };
    assert.equal((await send(promo)).code, 11);
    await world.pool.query("update projects set state = 'inactive' where account_id = $1", [
      accountId,
    ]);
    await world.pool.query("update accounts set version = version + 1 where account_id = $1", [
      accountId,
    ]);
    assert.equal((await send()).code, 5);
    assert.deepEqual(await openLane().look(), 0);
  });

  test("that a cap stops waits by itself; others pass it", async () => {
    const project = { id: account.projectId, timeZone: "America/Bogota" };
    const held = [await taken(send()), await taken(send())];
    const cap = { accountId: account.accountId, project, amountMax: null, by: "operator" } as const;
    await setCap(operator(), { ...cap, messagesMax: 1n });
    await pay(PRICE * 2n);
    await openLane().look();
    assert.equal(await statuses(held), "ah");
    await setCap(operator(), { ...cap, messagesMax: null });
    await openLane().look();
    assert.equal(await statuses(held), "aa");
  });

  test("goes on through the second number while the first is inactive", async () => {
    const second = await world.fallback(account);
    await world.pool.query(
      "update channels set state = 'inactive' where account_id = $1 and id = $2",
      [account.accountId, account.channelId],
    );
    await touchAccount(world.pool, [account.accountId]);
    const id = await taken(send());
    await pay(PRICE);
    assert.equal(await openLane().look(), 1);
    const { rows } = await world.pool.query("select channel_id from messages where id = $1", [id]);
    assert.deepEqual([await status(id), rows[0].channel_id], ["accepted", second.channelId]);
  });

  test("counts against the guard of its template while it waits: no thousand go on unguarded later", async () => {
    const { accountId, projectId } = account;
    const number = account.templates.plain ?? 0;
    const guard = (state: string) => ({
      ...{
        state,
        before: "utility",
        now: "marketing",
        currency: "COP",
        prices: [],
        at: "2026-11-22",
      },
    });
    const setGuard = async (state: string) => {
      await world.pool.query(
        "update templates set guard = $3 where account_id = $1 and number = $2",
        [accountId, number, guard(state)],
      );
      await touchAccount(world.pool, [accountId]);
    };
    await world.pool.query("update projects set category_guard_limit = 2 where id = $1", [
      projectId,
    ]);
    await setGuard("waiting");
    const plain = (mobile: string) =>
      send({ mobile, template: { number }, text: null, idempotencyKey: mobile });
    assert.equal((await plain("573001234561")).code, 1);
    assert.equal((await plain("573001234562")).code, 1);
    assert.equal((await plain("573001234563")).code, 7);
    // Somebody said no: nothing of it is sent, not even what waited already.
    await setGuard("rejected");
    await pay(PRICE * 10n);
    assert.equal(await openLane().look(), 0);
    assert.equal(await world.balance(account), PRICE * 10n);
  });

  test("is not kept when ten thousand wait already", async () => {
    const id = await taken(send());
    await copyHeld(id, 9_999);
    assert.equal((await send()).code, 5);
    await world.pool.query("delete from messages where account_id = $1 and id <> $2", [
      account.accountId,
      id,
    ]);
  });
});
