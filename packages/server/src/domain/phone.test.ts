import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { findCountry, isPhoneCountry, parseMobile } from "./phone.ts";

const COLOMBIAN = [
  "573102111111",
  " 573102111111\n",
  "573009131048",
  "576012345678",
  "570000000000",
];

for (const text of COLOMBIAN) {
  test(`takes ${JSON.stringify(text)} as Colombian`, () => {
    assert.deepEqual(parseMobile(text, ["CO"]), {
      kind: "mobile",
      digits: text.trim(),
      country: "CO",
    });
  });
}

const INVALID = [
  "",
  "3102111111",
  "57310211111",
  "5731021111111",
  "583102111111",
  "+573102111111",
  "57 310 211 1111",
  "57310211111a",
  "٥٧٣١٠٢١١١١١١",
  "573102111111,573102111112",
  "5.73102111111e11",
  "1".repeat(100_000),
];

for (const text of INVALID) {
  test(`refuses ${JSON.stringify(text.slice(0, 30))} for an account of Colombia`, () => {
    assert.deepEqual(parseMobile(text, ["CO"]), { kind: "invalid" });
  });
}

const ABROAD: [text: string, countries: string[], country: string | null][] = [
  ["5215512345678", ["CO", "MX"], null],
  ["525512345678", ["CO", "MX"], "MX"],
  ["525512345678", ["CO"], null],
  ["525512345678", ["CO", "PE"], null],
  ["51987654321", ["PE"], "PE"],
  ["14155552671", ["US"], "US"],
  ["14155552671", ["CA"], null],
  ["573102111111", ["PE"], null],
  ["573102111111", ["PE", "CO"], "CO"],
  ["999", ["PE"], null],
  ["51987654321", [], null],
];

for (const [text, countries, country] of ABROAD) {
  test(`${text} is ${country ?? "invalid"} for an account of ${countries.join(", ") || "nowhere"}`, () => {
    const expected =
      country === null ? { kind: "invalid" } : { kind: "mobile", digits: text, country };
    assert.deepEqual(parseMobile(text, countries), expected);
  });
}

test("whatever is accepted is digits only, of 15 at most", () => {
  const text = fc.oneof(
    fc.string(),
    fc.stringMatching(/^57\d{9,11}$/),
    fc.stringMatching(/^\d{5,18}$/),
  );
  fc.assert(
    fc.property(text, (input) => {
      const result = parseMobile(input, ["CO", "MX", "US", "PE"]);
      if (result.kind === "mobile") assert.match(result.digits, /^\d{7,15}$/u);
    }),
  );
});

test("a country is one that telephones have", () => {
  const codes = ["CO", "MX", "ES", "XX", "co", "", "*"];
  assert.deepEqual(codes.filter(isPhoneCountry), ["CO", "MX", "ES"]);
});

test("the country of a number that was accepted once is known whatever is enabled now", () => {
  assert.equal(findCountry("573001234567"), "CO");
  assert.equal(findCountry("570000000000"), "CO");
  assert.equal(findCountry("34612345678"), "ES");
  assert.equal(findCountry("5215512345678"), "MX");
  for (const none of ["", "CO.1234", "0034612345678", "123", "999999999999", "34 612345678"]) {
    assert.equal(findCountry(none), "*", none);
  }
});

test("a Colombian number counts as nothing else, and only where Colombia is enabled", () => {
  assert.equal(parseMobile("573102111111", ["ES"]).kind, "invalid");
  assert.equal(parseMobile("571234", ["CO", "ES"]).kind, "invalid");
  assert.equal(parseMobile("5731021111", ["CO", "ES"]).kind, "invalid");
  assert.deepEqual(parseMobile("34612345678", ["ES"]), {
    kind: "mobile",
    digits: "34612345678",
    country: "ES",
  });
  assert.equal(parseMobile("34612345678", ["CO"]).kind, "invalid");
});

test("Colombia is twelve digits and no other of its numbers, a number with a prefix of long ago none at all", () => {
  for (const countries of [["CO"], ["CO", "ES"]]) {
    assert.equal(parseMobile("5718001234567", countries).kind, "invalid");
  }
  assert.equal(parseMobile("5215512345678", ["MX"]).kind, "invalid");
  assert.equal(parseMobile("525512345678", ["MX"]).kind, "mobile");
});
