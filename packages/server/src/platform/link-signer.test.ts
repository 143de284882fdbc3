import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { describe, test } from "node:test";
import { createLinkSigner } from "./link-signer.ts";

const NOW = Date.UTC(2026, 10, 22);
const signer = createLinkSigner(randomBytes(32));

describe("a link", () => {
  const seal = signer.sign("in/a/b", NOW + 1_000);

  test("opens its one file until it expires, and not a moment longer", () => {
    assert.equal(signer.verify("in/a/b", seal, NOW), true);
    assert.equal(signer.verify("in/a/b", seal, NOW + 999), true);
    assert.equal(signer.verify("in/a/b", seal, NOW + 1_000), false);
    assert.equal(signer.verify("in/a/c", seal, NOW), false);
    assert.equal(signer.verify("in/a", seal, NOW), false);
  });

  test("cannot be made to live longer", () => {
    const [, mac] = seal.split("-");
    const later = (NOW + 10_000_000).toString(36);
    assert.equal(signer.verify("in/a/b", `${later}-${mac}`, NOW), false);
    assert.equal(signer.verify("in/a/b", `0${seal}`, NOW), false);
    assert.equal(signer.verify("in/a/b", seal.toUpperCase(), NOW), false);
  });

  test("of another key, or nonsense, opens nothing and throws nothing", () => {
    const other = createLinkSigner(randomBytes(32)).sign("in/a/b", NOW + 1_000);
    const nonsense = [
      "",
      "-",
      "x",
      "Infinity-x",
      `${seal}x`,
      seal.slice(0, -1),
      "é-é",
      "__proto__",
    ];
    for (const given of [other, ...nonsense]) {
      assert.equal(signer.verify("in/a/b", given, NOW), false, given);
    }
  });
});
