import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { CampaignRow } from "../storage/campaigns.ts";
import type { CapUsage } from "../storage/spending.ts";
import { createSpendMeter, NOTHING_KNOWN, type Spend } from "./spend-meter.ts";

const NOW = Date.UTC(2026, 10, 22, 15);
const FREES_AT = new Date("2026-11-23T05:00:00Z");
const SPEND: Spend = { accountId: "A", projectId: "P", campaign: null, price: 10n };

const cap = (facts: Partial<CapUsage> = {}): CapUsage => ({
  accountId: "A",
  scopeId: "A",
  scope: "account",
  day: "2026-11-22",
  timeZone: "America/Bogota",
  messagesMax: null,
  amountMax: null,
  messages: 0n,
  amount: 0n,
  freesAt: FREES_AT,
  ...facts,
});
const campaign = (facts: Partial<CampaignRow> = {}): CampaignRow => ({
  accountId: "A",
  id: "C",
  projectId: "P",
  name: "navidad",
  messagesMax: null,
  amountMax: null,
  accepted: 0n,
  failed: 0n,
  cancelled: 0n,
  spent: 0n,
  refunded: 0n,
  createdAt: new Date(0),
  lastAcceptedAt: null,
  ...facts,
});
function open(caps: readonly CapUsage[], campaigns: readonly CampaignRow[] = []) {
  let made = 0;
  const ids = {
    next(atMs: number) {
      assert.equal(atMs, NOW);
      made += 1;
      return `new-${made}`;
    },
  };
  return createSpendMeter({ caps, campaigns }, { ids, nowMs: NOW });
}

describe("a cap", () => {
  test("of messages lets the last one through and names itself to the next", () => {
    const meter = open([cap({ messagesMax: 3n, messages: 1n })]);
    assert.equal(meter.find(SPEND), null);
    meter.use(SPEND);
    assert.equal(meter.find(SPEND), null);
    meter.use(SPEND);
    assert.deepEqual(meter.find(SPEND), {
      ...{ scope: "account", name: "", counts: "messages" },
      ...{ max: 3n, used: 3n, freesAt: FREES_AT },
    });
  });

  test("of money lets through what just fits", () => {
    const meter = open([cap({ amountMax: 35n, amount: 15n })]);
    meter.use(SPEND);
    assert.equal(meter.find(SPEND), null);
    assert.deepEqual(meter.find({ ...SPEND, price: 11n }), {
      ...{ scope: "account", name: "", counts: "money" },
      ...{ max: 35n, used: 25n, freesAt: FREES_AT },
    });
  });

  test("of messages is told before one of money, the account's before the project's, both before the campaign's", () => {
    const full = { messagesMax: 0n, amountMax: 0n };
    const all = [cap({ ...full, scopeId: "P", scope: "project" }), cap(full)];
    const named = { ...SPEND, campaign: "navidad" };
    const scopeOf = (caps: readonly CapUsage[]) => open(caps, [campaign(full)]).find(named)?.scope;
    assert.equal(open(all).find(SPEND)?.counts, "messages");
    assert.equal(scopeOf(all), "account");
    assert.equal(scopeOf(all.slice(0, 1)), "project");
    assert.equal(scopeOf([]), "campaign");
  });

  test("of another account or project stops nobody", () => {
    const others = [cap({ scopeId: "B", messagesMax: 0n }), cap({ scopeId: "Q", messagesMax: 0n })];
    assert.equal(open(others, [campaign({ messagesMax: 0n })]).find(SPEND), null);
  });
});

describe("a campaign's cap", () => {
  const named = { ...SPEND, campaign: "navidad" };

  test("counts what was paid for, without what failed or was taken back, and never frees itself", () => {
    const meter = open(
      [],
      [campaign({ messagesMax: 4n, accepted: 9n, failed: 3n, cancelled: 2n })],
    );
    assert.deepEqual(meter.find(named), {
      ...{ scope: "campaign", name: "navidad", counts: "messages" },
      ...{ max: 4n, used: 4n, freesAt: null },
    });
    const open5 = open(
      [],
      [campaign({ messagesMax: 5n, accepted: 9n, failed: 3n, cancelled: 2n })],
    );
    assert.equal(open5.find(named), null);
  });

  test("of money counts what is spent and not refunded", () => {
    const meter = open([], [campaign({ amountMax: 100n, spent: 91n, refunded: 50n })]);
    assert.equal(meter.find(named)?.used, 91n);
  });

  test("is that of its project alone", () => {
    const elsewhere = campaign({ projectId: "Q", messagesMax: 0n });
    assert.equal(open([], [elsewhere]).find(named), null);
  });
});

describe("what is counted", () => {
  test("is what was used of each cap and campaign, and of no other", () => {
    const caps = [
      cap({ messages: 5n }),
      cap({ scopeId: "P", scope: "project" }),
      cap({ scopeId: "Q" }),
    ];
    const meter = open(caps, [campaign(), campaign({ id: "D", name: "otra" })]);
    assert.equal(meter.use({ ...SPEND, campaign: "navidad" }), "C");
    assert.equal(meter.use({ ...SPEND, price: 7n }), null);
    const day = "2026-11-22";
    assert.deepEqual(meter.counted, [
      { accountId: "A", scopeId: "A", day, messages: 2, amount: 17n },
      { accountId: "A", scopeId: "P", day, messages: 2, amount: 17n },
    ]);
    assert.deepEqual(meter.campaigns, [
      ...[
        {
          accountId: "A",
          projectId: "P",
          name: "navidad",
          id: "C",
          at: new Date(NOW),
          messages: 1,
          amount: 10n,
        },
      ],
    ]);
  });

  test("is nothing of what was only asked for", () => {
    const meter = open([cap()], [campaign()]);
    meter.find({ ...SPEND, campaign: "navidad" });
    assert.deepEqual([meter.counted, meter.campaigns], [[], []]);
    assert.deepEqual(NOTHING_KNOWN, { caps: [], campaigns: [] });
  });

  test("makes a campaign that nobody named before once, without limits, and a held message joins without being counted", () => {
    const meter = open([]);
    const fresh = { ...SPEND, campaign: "nueva" };
    assert.equal(meter.join(SPEND), null);
    assert.equal(meter.join(fresh), "new-1");
    assert.equal(meter.find(fresh), null);
    const row = { accountId: "A", projectId: "P", name: "nueva", id: "new-1", at: new Date(NOW) };
    assert.deepEqual(meter.campaigns, [{ ...row, messages: 0, amount: 0n }]);
    assert.equal(meter.use(fresh), "new-1");
    assert.deepEqual(meter.campaigns, [{ ...row, messages: 1, amount: 10n }]);
    assert.equal(meter.use({ ...fresh, projectId: "Q" }), "new-2");
  });

  test("of a campaign that was there is nothing when it was only joined", () => {
    const meter = open([], [campaign()]);
    assert.equal(meter.join({ ...SPEND, campaign: "navidad" }), "C");
    assert.deepEqual(meter.campaigns, []);
  });
});
