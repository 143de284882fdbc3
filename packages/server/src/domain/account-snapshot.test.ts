import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  type AccountSnapshot,
  findPrice,
  findTemplateById,
  findTemplatesNamed,
  type PriceView,
  type TemplateView,
} from "./account-snapshot.ts";

const NOW = 1_000;
const snapshot = (parts: Partial<AccountSnapshot>) => ({ prices: [], ...parts }) as AccountSnapshot;
const price = (amount: bigint, facts: Partial<PriceView> = {}): PriceView => ({
  country: "CO",
  category: "utility",
  amount,
  fromMs: 0,
  toMs: null,
  ...facts,
});
const priceOf = (prices: readonly PriceView[], country = "CO", nowMs = NOW) =>
  findPrice(snapshot({ prices }), { country, category: "utility" }, nowMs);

describe("a message's price", () => {
  test("is the country's own, else that for all, else there is none", () => {
    const both = [price(9n, { country: "*" }), price(3n)];
    assert.equal(priceOf(both), 3n);
    assert.equal(priceOf(both, "MX"), 9n);
    assert.equal(priceOf([price(3n)], "MX"), null);
    assert.equal(priceOf([]), null);
  });

  test("is that of its category alone", () => {
    assert.equal(priceOf([price(3n, { category: "marketing" })]), null);
  });

  test("holds from its first moment until just before its last", () => {
    const dated = [price(3n, { fromMs: 500, toMs: 2_000 })];
    assert.deepEqual(
      [499, 500, 1_999, 2_000].map((nowMs) => priceOf(dated, "CO", nowMs)),
      [null, 3n, 3n, null],
    );
  });

  test("is the latest of those that hold, in whatever order they are known", () => {
    const prices = [price(1n, { fromMs: 1 }), price(3n, { fromMs: 3 }), price(2n, { fromMs: 2 })];
    assert.equal(priceOf(prices), 3n);
    assert.equal(priceOf(prices.toReversed()), 3n);
  });

  test("is never that for all while the country's own holds, however much newer that for all is", () => {
    assert.equal(priceOf([price(3n, { fromMs: 1 }), price(9n, { country: "*", fromMs: 900 })]), 3n);
  });
});

describe("a template", () => {
  const view = (number: number, name: string, language: string) =>
    ({ id: `t-${number}`, number, name, language }) as TemplateView;
  const views = [
    view(1, "hola", "es"),
    view(2, "hola", "en"),
    view(3, "hola", "es"),
    view(4, "adios", "es"),
  ];
  const open = () =>
    snapshot({ templatesByNumber: new Map(views.map((one) => [one.number, one])) });

  test("is found by name and language together, in every project that has it", () => {
    const account = open();
    const numbers = (name: string, language: string) =>
      findTemplatesNamed(account, { name, language }).map(({ number }) => number);
    assert.deepEqual(numbers("hola", "es"), [1, 3]);
    assert.deepEqual(numbers("hola", "en"), [2]);
    assert.deepEqual(numbers("hola", "pt"), []);
    assert.deepEqual(numbers("es hola", ""), []);
  });

  test("is found by its id, and is null when it is gone", () => {
    const account = open();
    assert.equal(findTemplateById(account, "t-2")?.number, 2);
    assert.equal(findTemplateById(account, "t-4")?.number, 4);
    assert.equal(findTemplateById(account, "t-9"), null);
    assert.equal(findTemplateById(account, null), null);
  });

  test("of one account is never found in another, nor in another version", () => {
    const account = open();
    assert.equal(findTemplatesNamed(account, { name: "hola", language: "es" }).length, 2);
    assert.equal(findTemplateById(account, "t-1")?.number, 1);
    const other = snapshot({ templatesByNumber: new Map() });
    assert.deepEqual(findTemplatesNamed(other, { name: "hola", language: "es" }), []);
    assert.equal(findTemplateById(other, "t-1"), null);
  });
});

test("what was looked up once is remembered with the account: the hot path asks for every message", () => {
  const view = { id: "t-1", number: 1, name: "hola", language: "es" } as TemplateView;
  let looks = 0;
  const templatesByNumber = new Map([[1, view]]);
  const values = templatesByNumber.values.bind(templatesByNumber);
  templatesByNumber.values = () => {
    looks += 1;
    return values();
  };
  const account = snapshot({ templatesByNumber });
  for (let time = 0; time < 3; time += 1) {
    assert.equal(findTemplateById(account, "t-1"), view);
    assert.deepEqual(findTemplatesNamed(account, { name: "hola", language: "es" }), [view]);
  }
  assert.equal(looks, 2);
});
