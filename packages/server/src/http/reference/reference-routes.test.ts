import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { gunzipSync } from "node:zlib";
import Fastify, { type FastifyInstance } from "fastify";
import { registerReferenceRoutes } from "./register-reference-routes.ts";

let app: FastifyInstance;
before(() => {
  app = Fastify();
  registerReferenceRoutes(app);
});
after(() => app.close());

const get = (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers });
const VIEWER = "/v1/reference/viewer.js";

test("the page may run only scripts of this server, and its nonce is another one each time", async () => {
  const [first, second] = [await get("/v1/reference"), await get("/v1/reference")];
  const policy = `${first.headers["content-security-policy"]}`;
  assert.match(policy, /default-src 'none'; script-src 'self';/u);
  assert.match(policy, /connect-src 'self'/u);
  assert.doesNotMatch(policy, /https?:|\*|unsafe-eval|script-src[^;]*unsafe/u);
  const nonceOf = (body: string) => /csp-nonce" content="([^"]{20,})"/u.exec(body)?.[1];
  assert.ok(policy.includes(`'nonce-${nonceOf(first.body)}'`));
  assert.notEqual(nonceOf(first.body), nonceOf(second.body));
  assert.equal(first.headers["cache-control"], "no-store");
});

test("nothing that the page names is at another address", async () => {
  for (const url of ["/v1/reference", "/v1/reference/style.css", "/v1/reference/start.js"]) {
    const { statusCode, body } = await get(url);
    assert.equal(statusCode, 200, url);
    assert.doesNotMatch(body, /https?:\/\/|src="\/\/|url\(/u, url);
  }
});

test("the viewer is the same packed and unpacked, for many at once, and is not sent again to who has it", async () => {
  const [packed, plain, refusing] = await Promise.all([
    get(VIEWER, { "accept-encoding": "br, gzip" }),
    get(VIEWER),
    get(VIEWER, { "accept-encoding": "gzip;q=0" }),
  ]);
  assert.equal(packed.headers["content-encoding"], "gzip");
  assert.equal(plain.headers["content-encoding"], undefined);
  assert.ok(plain.rawPayload.length > 1_000_000);
  assert.ok(packed.rawPayload.length < plain.rawPayload.length / 2);
  assert.ok(gunzipSync(packed.rawPayload).equals(plain.rawPayload));
  assert.ok(refusing.rawPayload.equals(plain.rawPayload));
  const again = await get(VIEWER, { "if-none-match": `${packed.headers.etag}` });
  assert.deepEqual([again.statusCode, again.body], [304, ""]);
});

test("the script that starts the viewer can be read by a browser", async () => {
  const { body, headers } = await get("/v1/reference/start.js");
  assert.match(`${headers["content-type"]}`, /^text\/javascript/u);
  assert.doesNotThrow(() => new Function(body));
  assert.match(body, /\/\^en\\b\/i/u);
});
