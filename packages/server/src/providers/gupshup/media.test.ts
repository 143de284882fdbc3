import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { it } from "node:test";
import { createUpstreamHttp } from "../../platform/upstream-http.ts";
import { downloadMedia, mustBeLinked } from "./media.ts";

async function download(providerMediaId: string, baseUrl: string) {
  const http = createUpstreamHttp({ connectionsMax: 1, connectTimeoutMs: 1_000 });
  const channel = {
    baseUrl,
    apiVersion: "v1.0",
    officialNumber: "573009998877",
    numberId: "TiendaDemo",
    businessId: "5b1c7a30-2f44-4d0e-9c31-7f2a6e0d91aa",
    accessToken: "secret-key",
  };
  try {
    return await downloadMedia({ http, channel, providerMediaId });
  } finally {
    await http.close();
  }
}

it("every file goes by link", () => {
  assert.equal(mustBeLinked(), true);
});

it("a file is fetched from the channel's own host without the key, and one that is gone is not tried again", async () => {
  const keys: unknown[] = [];
  const server = createServer((request, response) => {
    keys.push(request.headers.apikey);
    if (request.url === "/a") response.writeHead(200, { "content-type": "image/png" }).end("png");
    else response.writeHead(request.url === "/b" ? 404 : 503).end("x");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    const opened = await download(`${baseUrl}/a`, `${baseUrl}/gupshup`);
    assert.ok(opened.kind === "opened");
    assert.equal(opened.mime, "image/png");
    assert.equal((await buffer(opened.body)).toString(), "png");
    const retries = [];
    for (const path of ["/b", "/c"]) {
      const refused = await download(baseUrl + path, baseUrl);
      assert.ok(refused.kind === "refused");
      retries.push(refused.failure.retry.kind);
    }
    assert.deepEqual(retries, ["never", "soon"]);
    assert.deepEqual(keys, [undefined, undefined, undefined]);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

it("a callback cannot make us call another host", async () => {
  for (const url of [
    "http://127.0.0.1:9/secret",
    "http://169.254.169.254/latest/meta-data",
    "http://filemanager.gupshup.io/a",
    "https://filemanager.gupshup.io:8443/a",
    "https://gupshup.io.evil.example/a",
    "https://evilgupshup.io/a",
    "https://gupshup.io@evil.example/a",
    "file:///etc/passwd",
    "1234567890123456",
    "",
  ]) {
    const refused = await download(url, "https://api.gupshup.io");
    assert.ok(refused.kind === "refused", url);
    assert.equal(refused.failure.retry.kind, "never", url);
    assert.match(refused.failure.reason, /not Gupshup's/u, url);
  }
});
