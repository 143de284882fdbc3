import assert from "node:assert/strict";
import { test } from "node:test";
import { parseAddress, reachesHidden } from "./person-address.ts";

const USER_ID = "CO.13491208655302741918";

test("a person is reached by number or by WhatsApp's id, of which the country is known", () => {
  const number = parseAddress("573001112233", ["CO"]);
  assert.deepEqual(number, { kind: "mobile", digits: "573001112233", country: "CO" });
  for (const id of [USER_ID, "CO.ENT.abc123"]) {
    assert.deepEqual(parseAddress(id, ["CO"]), { kind: "mobile", digits: id, country: "CO" });
  }
});

test("what is no such id, and one of a country that nothing is sent to, is nobody's", () => {
  const wrong = [
    "",
    "CO.",
    "co.123",
    "COL.123",
    "CO.1 2",
    " CO.123",
    "CO.123\n",
    `CO.${"1".repeat(129)}`,
  ];
  for (const text of [...wrong, "CO.1';--", "57300", USER_ID.replace("CO", "MX")]) {
    assert.equal(parseAddress(text, ["CO"]).kind, "invalid", JSON.stringify(text));
  }
});

test("only a provider that takes such an id reaches whoever hides the number", () => {
  assert.deepEqual(["meta-cloud", "gupshup", ""].map(reachesHidden), [true, false, false]);
});
