import assert from "node:assert/strict";
import { it } from "node:test";
import { answerChallenge, verifySignature } from "./verify.ts";

const secrets = { appSecret: "sim_app_secret", verifyToken: "v-token" };

/** Vectors of the fact sheet, §3.2. */
const VECTORS = [
  [
    '{"object":"whatsapp_business_account","entry":[]}',
    "bc905fee67e86250e46ead4d1b193c97047125f2d02654205c854126a661a243",
  ],
  [
    '{"object": "whatsapp_business_account", "entry": []}',
    "1ab3716d0b10c284adcf3a359b810dd9224a671c28479fd6d1712221697d7eef",
  ],
  [
    '{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{"messages":[{"text":{"body":"ma\\u00f1ana \\ud83d\\udc4d https:\\/\\/x.co"}}]}}]}]}',
    "469bf9b371e06bbe6cc6306204db86978a0ba6b0b4f88df051af70c4dc7e1d32",
  ],
] as const;

it("known signatures are recognised, escapes untouched", () => {
  for (const [text, signature] of VECTORS) {
    const post = {
      headers: { "x-hub-signature-256": `sha256=${signature}` },
      body: Buffer.from(text),
    };
    assert.equal(verifySignature(post, secrets), true);
  }
});

it("a signature of the wrong form is refused before anything is computed", () => {
  const [text, signature] = VECTORS[0];
  for (const given of [
    signature,
    `sha1=${signature}`,
    `sha256=${signature}00`,
    `sha256=${signature.slice(1)}`,
    `sha256=${"z".repeat(64)}`,
    `sha256=${signature}\n`,
  ]) {
    const post = { headers: { "x-hub-signature-256": given }, body: Buffer.from(text) };
    assert.equal(verifySignature(post, secrets), false, given);
  }
});

it("only the old SHA-1 header is no signature", () => {
  const post = { headers: { "x-hub-signature": "sha1=00" }, body: Buffer.from("{}") };
  assert.equal(verifySignature(post, secrets), false);
});

it("the challenge is echoed as it came, to who knows the verify token", () => {
  const query = {
    "hub.mode": "subscribe",
    "hub.challenge": "0011584",
    "hub.verify_token": "v-token",
  };
  assert.equal(answerChallenge(query, secrets), "0011584");
  assert.equal(answerChallenge({ ...query, "hub.verify_token": "other" }, secrets), null);
  assert.equal(answerChallenge({ ...query, "hub.mode": "unsubscribe" }, secrets), null);
  assert.equal(answerChallenge({ ...query, "hub.challenge": undefined }, secrets), null);
  assert.equal(answerChallenge({ ...query, "hub.challenge": "9".repeat(257) }, secrets), null);
  const unset = { ...query, "hub.verify_token": undefined };
  assert.equal(answerChallenge(unset, { ...secrets, verifyToken: "" }), null);
});
