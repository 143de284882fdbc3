import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { Webhook } from "standardwebhooks";
import { createSecretBox } from "../platform/secret-box.ts";
import {
  createSecret,
  findLiveSecrets,
  isSecret,
  openSecrets,
  rotateSecrets,
  SECRET_OVERLAP_MS,
  sealSecrets,
} from "./secrets.ts";
import { signWebhook } from "./sign.ts";

test("a new secret is one that libraries take, and no two are alike", () => {
  const [one, other] = [createSecret(), createSecret()];
  assert.ok(isSecret(one) && isSecret(other));
  assert.notEqual(one, other);
  for (const text of ["", "whsec_", "whsec_c2hvcnQ=", one.slice(6), `${one}!`]) {
    assert.equal(isSecret(text), false, text);
  }
});

test("of many rotations two secrets live at most, the old one for a day", () => {
  let secrets = [{ secret: "a", expiresAt: null as string | null }];
  secrets = rotateSecrets(secrets, "b", 0);
  assert.deepEqual(findLiveSecrets(secrets, SECRET_OVERLAP_MS - 1), ["b", "a"]);
  assert.deepEqual(findLiveSecrets(secrets, SECRET_OVERLAP_MS), ["b"]);
  assert.deepEqual(findLiveSecrets(rotateSecrets(secrets, "c", 1), 2), ["c", "b"]);
});

test("sealed secrets open for their own endpoint only", () => {
  const box = createSecretBox([randomBytes(32)]);
  const secrets = [{ secret: createSecret(), expiresAt: null }];
  const sealed = sealSecrets(box, "one", secrets);
  assert.deepEqual(openSecrets(box, "one", sealed), secrets);
  assert.throws(() => openSecrets(box, "other", sealed));
});

test("each secret gives a signature of its own, and a changed body verifies with none", () => {
  const secrets = [createSecret(), createSecret()];
  const headers = signWebhook({ id: "msg", at: new Date(), body: '{"a":"ñ"}' }, secrets);
  for (const secret of secrets) new Webhook(secret).verify('{"a":"ñ"}', headers);
  assert.throws(() => new Webhook(secrets[0] ?? "").verify('{"a":"n"}', headers));
  assert.throws(() => new Webhook(createSecret()).verify('{"a":"ñ"}', headers));
});
