import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { AccountSnapshot } from "../domain/account-snapshot.ts";
import type { LockedWallet, RecentAnswer } from "../storage/accepting.ts";
import type { KnownKey } from "../storage/idempotency-keys.ts";
import { makeApiSend, makeWsSend, NOW, PRICE, SNAPSHOT } from "../testkit/plain-account.ts";
import { createRound } from "./accept-round.ts";
import type { ResolvedSend } from "./decide.ts";
import { createHoldQueue } from "./hold-queue.ts";
import { createKeyRing } from "./key-ring.ts";
import { resolveSend } from "./resolve-send.ts";
import { prepareSend } from "./send-request.ts";
import { createSpendMeter, NOTHING_KNOWN } from "./spend-meter.ts";

interface Start {
  balance?: bigint;
  recents?: ReadonlyMap<number, RecentAnswer>;
  keys?: ReadonlyMap<string, KnownKey>;
}

/** A round for the one account, with a counter of the ids that it makes. */
function open({ balance = 10n * PRICE, recents = new Map(), keys = new Map() }: Start = {}) {
  let made = 0;
  const ids = {
    next(atMs: number) {
      assert.equal(atMs, NOW);
      made += 1;
      return `id-${made}`;
    },
  };
  const used: string[] = [];
  const guards = {
    standing: () => ({}),
    use: (send: ResolvedSend) => void used.push(send.mobile?.digits ?? ""),
    store: () => [],
  };
  const wallet: LockedWallet = { accountId: "account", balance, version: 1n };
  const parts = {
    keys: createKeyRing(keys, NOW),
    meter: createSpendMeter(NOTHING_KNOWN, { ids, nowMs: NOW }),
    queue: createHoldQueue(new Map()),
  };
  const wallets = new Map([["account", wallet]]);
  const round = createRound({ wallets, recents, guards, nowMs: NOW, ids, ...parts });
  return { ...round, ...parts, used };
}

type Round = ReturnType<typeof open>;
const judgeAll = (round: Round, sends: readonly ResolvedSend[]) =>
  sends.map((send, index) => round.judge(send, index).code);
const toMobile = (index: number, more: Parameters<typeof makeWsSend>[0] = {}) =>
  makeWsSend({ mobile: `57300123456${index}`, ...more });
const PROMO = { templateVariables: "[otra]" };

describe("a round", () => {
  test("charges each send after those before it, until the money ends", () => {
    const round = open({ balance: 2n * PRICE + 1n });
    assert.deepEqual(
      judgeAll(
        round,
        [0, 1, 2].map((index) => toMobile(index)),
      ),
      [1, 1, 5],
    );
    assert.deepEqual(
      round.rows.map((row) => [row.id, row.event_id, row.balance_after, row.position]),
      [
        ["id-1", "id-2", String(PRICE + 1n), 1],
        ["id-3", "id-4", "1", 2],
      ],
    );
    assert.deepEqual(round.spending(), [
      { account_id: "account", spent: String(2n * PRICE), messages: 2 },
    ]);
    assert.deepEqual([...round.charged], [["COP", 2n * PRICE]]);
    assert.deepEqual(round.used, ["573001234560", "573001234561"]);
  });

  test("answers 9 to what was said to this person already, before it or within it, and not to another", () => {
    const round = open({
      recents: new Map([[2, { repeated: true, marketingCount: 0, optedOut: false }]]),
    });
    const sends = [toMobile(0), toMobile(0), toMobile(1), toMobile(2), toMobile(0, PROMO)];
    assert.deepEqual(judgeAll(round, sends), [1, 9, 9, 1, 1]);
  });

  test("counts marketing to this person, before it and within it, and nothing else, against the project's cap", () => {
    const round = open({
      recents: new Map([[3, { repeated: false, marketingCount: 1, optedOut: false }]]),
    });
    const promo = (index: number, word: string) =>
      toMobile(index, { templateVariables: `[${word}]` });
    const text = { idTemplate: undefined, templateVariables: undefined };
    const sends = [
      ...[promo(0, "a"), promo(0, "b"), promo(0, "c"), promo(1, "a"), promo(1, "b")],
      ...["x", "y", "z"].map((message) => toMobile(2, { ...text, message })),
      ...[promo(2, "a"), promo(2, "b"), promo(2, "c")],
    ];
    assert.deepEqual(judgeAll(round, sends), [1, 1, 10, 1, 1, 1, 1, 1, 1, 1, 10]);
    const capped = open({
      recents: new Map([[1, { repeated: false, marketingCount: 1, optedOut: false }]]),
    });
    assert.deepEqual(judgeAll(capped, [promo(0, "a"), promo(0, "b")]), [1, 10]);
  });

  test("answers 11 to marketing for whoever opted out", () => {
    const optedOut = { repeated: false, marketingCount: 0, optedOut: true };
    assert.deepEqual(judgeAll(open({ recents: new Map([[0, optedOut]]) }), [toMobile(0)]), [11]);
  });

  test("takes a key once: its second send is the first one's, another send under it is refused", () => {
    const round = open();
    const keyed = (word: string) => makeApiSend({ variables: [word], idempotencyKey: "k" });
    const answers = [keyed("a"), keyed("a"), keyed("b")].map((send, index) =>
      round.judge(send, index),
    );
    assert.deepEqual(answers, [
      { code: 1, messageId: "id-1", replayed: false },
      { code: 1, messageId: "id-1", replayed: true },
      { code: "key-reused" },
    ]);
    assert.equal(round.rows.length, 1);
    assert.deepEqual(
      round.keys.used.map(({ messageId, usedAt }) => [messageId, usedAt.getTime()]),
      [["id-1", NOW]],
    );
  });

  test("explains a refusal to the callers of /v1, and says no more than its code by the manual's API", () => {
    const [plain, explained] = [makeWsSend, makeApiSend].map((make) =>
      open().judge(make({ mobile: "1" }), 0),
    );
    assert.deepEqual(plain, { code: 4, problem: null });
    const own = {
      source: "auto",
      accountId: "account",
      projectId: "project",
      text: "hola",
    } as const;
    const file = { customField: "", mediaName: "", media: null };
    const reply = resolveSend(prepareSend({ ...own, ...file, mobile: "1" }), SNAPSHOT, NOW);
    assert.deepEqual(open().judge(reply, 0), { code: 4, problem: null });
    assert.ok(explained && "problem" in explained && explained.problem);
    assert.match(JSON.stringify(explained), /invalid_mobile/u);
  });

  test("keeps what may wait for money, unpaid, with what it says counted as said", () => {
    const round = open({ balance: PRICE });
    const waiting = (word: string) =>
      makeApiSend({ variables: [word], waitForBalance: true, idempotencyKey: word });
    const sends = [makeApiSend(), ...["a", "a", "b"].map(waiting)];
    sends[2] = makeApiSend({ variables: ["a"], waitForBalance: true });
    const answers = sends.map((send, index) => round.judge(send, index));
    assert.deepEqual(
      answers.map(({ code }) => code),
      [1, 1, 9, 10],
    );
    assert.deepEqual(answers[1], { code: 1, messageId: "id-3", replayed: false });
    assert.deepEqual(
      round.queue.rows.map((row) => [row.id, row.balance_after, row.position]),
      [["id-3", "0", 0]],
    );
    assert.deepEqual(round.rows.length, 1);
    assert.deepEqual(round.spending(), [
      { account_id: "account", spent: String(PRICE), messages: 1 },
    ]);
    assert.equal(round.keys.used.length, 1);
    assert.equal(round.used.length, 2, "of both its template's guard knows");
  });

  test("counts a send under its campaign, one that waits too, and no other under any", () => {
    const round = open({ balance: 2n * PRICE });
    const named = (word: string, campaign: string | null) =>
      makeApiSend({ variables: [word], campaign, waitForBalance: true });
    const sends = [named("a", "navidad"), named("b", null)];
    assert.deepEqual(judgeAll(round, sends), [1, 1]);
    const patient = makeApiSend({
      mobile: "573007654321",
      campaign: "reyes",
      waitForBalance: true,
    });
    const other = makeApiSend({ mobile: "573007654322", waitForBalance: true });
    assert.deepEqual(judgeAll(round, [patient, other]), [1, 1]);
    const [first, second] = round.meter.campaigns.map(({ id, name }) => ({ id, name }));
    assert.deepEqual([first?.name, second?.name], ["navidad", "reyes"]);
    const namesOf = (rows: readonly object[]) =>
      rows.map((row) => ("campaign_id" in row ? row.campaign_id : null));
    assert.deepEqual(namesOf(round.rows), [first?.id, null]);
    assert.deepEqual(namesOf(round.queue.rows), [second?.id, null]);
  });

  test("tells which balances fell across a level, and only those", () => {
    const withLevels = (...alertLevels: bigint[]): AccountSnapshot => ({
      ...SNAPSHOT,
      limits: { ...SNAPSHOT.limits, alertLevels },
    });
    const fall = (...levels: bigint[]) => {
      const round = open({ balance: 5n * PRICE });
      round.judge(makeWsSend({}, withLevels(...levels)), 0);
      return round.crossings();
    };
    const fallen = [{ accountId: "account", before: 5n * PRICE, after: 4n * PRICE }];
    assert.deepEqual(fall(5n * PRICE), fallen);
    assert.deepEqual(fall(4n * PRICE + 1n), fallen);
    assert.deepEqual(fall(1n, 5n * PRICE), fallen);
    assert.deepEqual(fall(4n * PRICE), []);
    assert.deepEqual(fall(5n * PRICE + 1n), []);
    assert.deepEqual(fall(), []);
  });
});
