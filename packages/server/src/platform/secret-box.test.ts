import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { describe, test } from "node:test";
import { createSecretBox } from "./secret-box.ts";

const KEY = randomBytes(32);
const SECRET = { accessToken: "EAAsecret", note: "ñandú" };

describe("a secret box", () => {
  test("opens what it sealed, in its place, and shows nothing of it in between", () => {
    const box = createSecretBox([KEY]);
    const sealed = box.seal(SECRET, "channel:1");
    assert.deepEqual(box.open(sealed, "channel:1"), SECRET);
    assert.equal(sealed.includes("EAAsecret"), false);
    assert.notDeepEqual(box.seal(SECRET, "channel:1"), sealed, "a fresh nonce for each");
  });

  test("refuses bytes that were moved to another row, and does not say what they hold", () => {
    const box = createSecretBox([KEY]);
    const sealed = box.seal(SECRET, "channel:1");
    assert.throws(
      () => box.open(sealed, "channel:2"),
      (error: Error) => !error.message.includes("EAA") && error.message.includes("channel:2"),
    );
  });

  test("refuses a change of any single byte behind the version, and every cut", () => {
    const box = createSecretBox([KEY]);
    const sealed = box.seal("x", "p");
    for (let at = 1; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      assert.throws(() => box.open(changed, "p"), `byte ${at}`);
      assert.throws(() => box.open(sealed.subarray(0, at), "p"), `cut at ${at}`);
    }
    assert.throws(() => box.open(Buffer.alloc(0), "p"));
  });

  test("after a rotation opens old secrets and seals with the new key", () => {
    const old = createSecretBox([KEY]);
    const next = randomBytes(32);
    const rotated = createSecretBox([next, KEY]);
    assert.deepEqual(rotated.open(old.seal(SECRET, "p"), "p"), SECRET);
    assert.throws(() => old.open(rotated.seal(SECRET, "p"), "p"));
    assert.deepEqual(createSecretBox([next]).open(rotated.seal(SECRET, "p"), "p"), SECRET);
  });

  test("is not made without a key, or with a short one", () => {
    assert.throws(() => createSecretBox([]), /SECRET_KEY/u);
    assert.throws(() => createSecretBox([KEY, randomBytes(31)]), /SECRET_KEY/u);
  });
});
