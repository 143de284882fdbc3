import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  type CategoryMove,
  describeGuard,
  isStopped,
  judgeCategoryMove,
  showGuard,
} from "./category-guard.ts";
import type { TemplateCategory } from "./template.ts";

const PRICES: Record<string, Partial<Record<TemplateCategory, bigint>>> = {
  CO: { utility: 50n, marketing: 200n, authentication: 40n },
  MX: { utility: 90n, marketing: 80n },
  PE: { utility: 10n },
};

const move = (given: Partial<CategoryMove>): CategoryMove => ({
  from: "utility",
  to: "marketing",
  guard: null,
  currency: "COP",
  countries: ["CO"],
  priceOf: (country, category) => PRICES[country]?.[category] ?? null,
  at: new Date("2026-11-22T15:00:00Z"),
  ...given,
});

test("a dearer category is guarded with both prices, of the countries where it is dearer", () => {
  assert.deepEqual(judgeCategoryMove(move({ countries: ["MX", "CO", "PE"] })), {
    kind: "guard",
    guard: {
      state: "waiting",
      before: "utility",
      now: "marketing",
      currency: "COP",
      prices: [{ country: "CO", before: "50", now: "200" }],
      at: "2026-11-22T15:00:00.000Z",
    },
  });
});

test("a cheaper category, an equal one, and one without a price ask nobody", () => {
  for (const given of [
    { from: "marketing", to: "utility" },
    { from: "utility", to: "utility" },
    { countries: ["PE"] },
    { countries: ["MX"] },
    { countries: [] },
  ] as const) {
    assert.deepEqual(judgeCategoryMove(move(given)), { kind: "none" });
  }
});

test("what was agreed to is the measure until somebody decides, and going back lifts the guard", () => {
  const first = judgeCategoryMove(move({}));
  assert.equal(first.kind, "guard");
  const guard = first.kind === "guard" ? first.guard : null;
  const back = judgeCategoryMove(move({ from: "marketing", to: "utility", guard }));
  assert.deepEqual(back, { kind: "lift" });
  const on = judgeCategoryMove(move({ from: "marketing", to: "marketing", guard }));
  assert.equal(on.kind === "guard" && on.guard.before, "utility");
});

test("no move that costs more somewhere goes unguarded, and none that costs no more is guarded", () => {
  const amount = fc.bigInt({ min: 0n, max: 9n });
  fc.assert(
    fc.property(fc.array(fc.tuple(amount, amount), { maxLength: 4 }), (pairs) => {
      const verdict = judgeCategoryMove(
        move({
          countries: pairs.map((_pair, index) => String(index)),
          priceOf: (country, category) =>
            pairs[Number(country)]?.[category === "utility" ? 0 : 1] ?? null,
        }),
      );
      assert.equal(
        verdict.kind === "guard",
        pairs.some(([before, now]) => now > before),
      );
    }),
  );
});

test("a guarded template sends up to its limit, and not at all after a no", () => {
  const guard = judgeCategoryMove(move({}));
  assert.ok(guard.kind === "guard");
  assert.deepEqual(
    [99, 100, 101].map((used) => isStopped(guard.guard, used, 100)),
    [false, true, true],
  );
  assert.equal(isStopped(guard.guard, 0, 0), true);
  assert.equal(isStopped({ ...guard.guard, state: "rejected" }, 0, 100), true);
});

test("a category without a price on either side guards nothing", () => {
  const prices = (before: bigint | null, now: bigint | null) =>
    judgeCategoryMove(move({ priceOf: (_country, to) => (to === "utility" ? before : now) })).kind;
  assert.deepEqual(
    [prices(null, 9n), prices(9n, null), prices(null, null), prices(8n, 9n), prices(9n, 9n)],
    ["none", "none", "none", "guard", "none"],
  );
});

test("a guard is shown and told in the currency's own decimals, country by country", () => {
  const guard = {
    ...{ state: "waiting", before: "utility", now: "marketing", currency: "COP" },
    ...{ at: "2026-11-22T15:00:00.000Z" },
    prices: [
      { country: "CO", before: "500000", now: "2000000" },
      { country: "MX", before: "900000", now: "910000" },
    ],
  } as const;
  assert.deepEqual(showGuard({ ...guard, prices: [...guard.prices] }), {
    ...guard,
    prices: [
      { country: "CO", before: "50.00", now: "200.00" },
      { country: "MX", before: "90.00", now: "91.00" },
    ],
  });
  assert.equal(
    describeGuard({ ...guard, prices: [...guard.prices] }),
    "WhatsApp moved it from utility to marketing, which costs more: in CO 50.00 before and 200.00 COP now, in MX 90.00 before and 91.00 COP now.",
  );
});
