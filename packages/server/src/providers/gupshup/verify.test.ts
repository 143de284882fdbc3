import assert from "node:assert/strict";
import { it } from "node:test";
import { SECRET_HEADER, verifySecret } from "./verify.ts";

const secrets = { appSecret: "header-secret", verifyToken: "path-secret" };
const body = Buffer.from("{}");

function verify(header: string | undefined, pathSecret: string | null): boolean {
  return verifySecret({ headers: { [SECRET_HEADER]: header }, pathSecret, body }, secrets);
}

it("the header's secret and the path's secret each suffice, in their own place", () => {
  assert.equal(verify("header-secret", null), true);
  assert.equal(verify(undefined, "path-secret"), true);
  assert.equal(verify("path-secret", null), false);
  assert.equal(verify(undefined, "header-secret"), false);
  assert.equal(verify(undefined, null), false);
});

it("a header that is there must be right, whatever the path says", () => {
  assert.equal(verify("wrong", "path-secret"), false);
  assert.equal(verify("", "path-secret"), false);
  assert.equal(verify("header-secret", "wrong"), true);
});
