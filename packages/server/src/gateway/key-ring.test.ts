import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { nameKey } from "../storage/idempotency-keys.ts";
import { makeApiSend, makeWsSend, NOW } from "../testkit/plain-account.ts";
import { createKeyRing, hashSendKey, nameSendKey } from "./key-ring.ts";

const keyed = (word = "Ana", idempotencyKey: string | null = "k-1") =>
  makeApiSend({ variables: [word], idempotencyKey });

describe("a key", () => {
  test("stands for the send that was accepted under it, and for no other", () => {
    const ring = createKeyRing(new Map(), NOW);
    assert.equal(ring.find(keyed()), null);
    ring.use(keyed(), "message");
    assert.deepEqual(ring.find(keyed()), { code: 1, messageId: "message", replayed: true });
    assert.deepEqual(ring.find(keyed("Eva")), { code: "key-reused" });
    assert.equal(ring.find(keyed("Ana", "k-2")), null);
    const [used, ...rest] = ring.used;
    assert.deepEqual(
      [used?.accountId, used?.messageId, used?.usedAt.getTime(), rest],
      ["account", "message", NOW, []],
    );
    assert.equal(used?.requestDigest, keyed().prepared.idempotency?.digest);
  });

  test("of an earlier group is known by what is stored", () => {
    const name = nameSendKey(keyed());
    const requestDigest = keyed().prepared.idempotency?.digest;
    assert.ok(name && requestDigest);
    const stored = new Map([
      [nameKey(name.accountId, name.keyHash), { requestDigest, messageId: "before" }],
    ]);
    const answer = createKeyRing(stored, NOW).find(keyed());
    assert.deepEqual(answer, { code: 1, messageId: "before", replayed: true });
  });

  test("that a send does not have is neither looked for nor kept", () => {
    const ring = createKeyRing(new Map(), NOW);
    ring.use(keyed("Ana", null), "message");
    assert.deepEqual([ring.used, ring.find(keyed("Ana", null))], [[], null]);
    assert.equal(nameSendKey(makeWsSend({ token: "nobody's", idempotencyKey: "k" })), null);
    assert.equal(nameSendKey({ ...keyed(), token: null }), null);
    assert.equal(nameSendKey({ ...keyed(), snapshot: null }), null);
  });

  test("is another one for each project that its token is confined to, and for each door of the platform's own", () => {
    const hashes = [
      hashSendKey({ source: "v1", projectId: null, key: "k" }),
      hashSendKey({ source: "v1", projectId: "one", key: "k" }),
      hashSendKey({ source: "v1", projectId: "two", key: "k" }),
      hashSendKey({ source: "auto", projectId: null, key: "k" }),
      hashSendKey({ source: "console", projectId: null, key: "k" }),
      hashSendKey({ source: "v1", projectId: null, key: "other" }),
    ];
    assert.equal(new Set(hashes).size, hashes.length);
    const ofWs = hashSendKey({ source: "ws", projectId: null, key: "k" });
    assert.equal(ofWs, hashes[0], "both doors of the account have one set of keys");
  });
});
