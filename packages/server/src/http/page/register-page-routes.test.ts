import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from "node:zlib";
import Fastify, { type FastifyInstance } from "fastify";
import { registerProblems } from "../problem.ts";
import { registerPageRoutes } from "./register-page-routes.ts";

const folder = mkdtempSync(join(tmpdir(), "recado-page-"));
const script = `export const text = "${"recado ".repeat(500)}";`;
let app: FastifyInstance;

before(async () => {
  mkdirSync(join(folder, "assets"));
  mkdirSync(join(folder, ".vite"));
  writeFileSync(join(folder, "index.html"), '<!doctype html><meta nonce="%NONCE%"><p>page');
  writeFileSync(join(folder, "theme.js"), "0;");
  writeFileSync(join(folder, ".vite", "manifest.json"), "{}");
  writeFileSync(join(folder, "assets", "a-1.js"), script);
  writeFileSync(join(folder, "assets", "a-1.js.br"), brotliCompressSync(script));
  writeFileSync(join(folder, "assets", "a-1.js.gz"), gzipSync(script));
  app = await open(folder);
});
after(async () => {
  await app.close();
  rmSync(folder, { recursive: true, force: true });
});

async function open(dir: string): Promise<FastifyInstance> {
  const opened = Fastify({ routerOptions: { ignoreTrailingSlash: true } });
  registerProblems(opened);
  registerPageRoutes(opened, dir);
  opened.get("/v1/things", () => ({ things: [] }));
  await opened.register(
    (scope, _options, done) => {
      scope.get("/session", () => ({}));
      done();
    },
    { prefix: "/console/api" },
  );
  await opened.ready();
  return opened;
}

const html = { accept: "text/html,application/xhtml+xml" };
const get = (url: string, headers: Record<string, string> = html) => app.inject({ url, headers });

test("the page is served at / and at the addresses of its own pages, each time with another nonce", async () => {
  const replies = await Promise.all([
    get("/"),
    get("/personas?q=1"),
    get("/c/0195-abc"),
    get("/a/b/c/"),
  ]);
  const nonces = replies.map((reply) => {
    assert.equal(reply.statusCode, 200);
    assert.match(reply.body, /page/u);
    const nonce = /nonce="([^"%]+)"/u.exec(reply.body)?.[1] ?? "none";
    const policy = `${reply.headers["content-security-policy"]}`;
    assert.ok(policy.includes(`'nonce-${nonce}'`));
    assert.match(policy, /script-src 'self';/u);
    assert.doesNotMatch(policy, /unsafe|https?:|\*/u);
    assert.equal(reply.headers["cache-control"], "no-store");
    assert.equal(reply.headers["x-frame-options"], "DENY");
    return nonce;
  });
  assert.equal(new Set(nonces).size, nonces.length);
});

test("an address of the API never answers with a page, and a program never gets one by mistake", async () => {
  for (const url of [
    "/v1/nothing",
    "/v1",
    "/console/api/nothing",
    "/console/x",
    "/assets/gone-2.js",
    "/gone.png",
  ]) {
    const reply = await get(url);
    assert.equal(reply.statusCode, 404, url);
    assert.equal(reply.json().code, "not_found", url);
  }
  for (const accept of ["application/json", "*/*", ""]) {
    assert.equal((await get("/personas", { accept })).statusCode, 404, accept);
  }
  assert.equal(
    (await app.inject({ method: "POST", url: "/personas", headers: html })).statusCode,
    404,
  );
  assert.deepEqual((await get("/v1/things")).json(), { things: [] });
});

test("nothing outside of the folder, and none of the bundler's notes, can be asked for", async () => {
  const urls = [
    "/../package.json",
    "/..%2f..%2fetc/passwd",
    "/assets/../../x.js",
    "/.vite/manifest.json",
    "/assets/%00.js",
  ];
  for (const url of urls) {
    const reply = await get(url, {});
    assert.equal(reply.statusCode, 404, url);
  }
});

test("a file comes packed as the browser takes it, is kept for good, and is not sent twice", async () => {
  const of = (encoding: string) => get("/assets/a-1.js", { "accept-encoding": encoding });
  const [br, gzip, plain, refusing] = await Promise.all([
    of("gzip, deflate, br"),
    of("gzip"),
    of(""),
    of("br;q=0, gzip;q=0.0"),
  ]);
  assert.equal(br.headers["content-encoding"], "br");
  assert.equal(brotliDecompressSync(br.rawPayload).toString(), script);
  assert.equal(gunzipSync(gzip.rawPayload).toString(), script);
  assert.equal(plain.body, script);
  assert.equal(refusing.body, script);
  assert.match(`${br.headers["cache-control"]}`, /immutable/u);
  const etag = `${br.headers.etag}`;
  assert.equal((await get("/assets/a-1.js", { "if-none-match": etag })).statusCode, 304);
  assert.equal((await get("/theme.js", {})).headers["cache-control"], "public, no-cache");
  const head = await app.inject({ method: "HEAD", url: "/assets/a-1.js" });
  assert.equal(head.headers["content-length"], `${Buffer.byteLength(script)}`);
});

test("without a built console / says how to build it", async () => {
  const bare = await open(join(folder, "absent"));
  const reply = await bare.inject({ url: "/", headers: html });
  assert.equal(reply.statusCode, 200);
  assert.match(reply.body, /packages\/console/u);
  await bare.close();
});
