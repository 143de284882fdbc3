import assert from "node:assert/strict";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { after, describe, test } from "node:test";
import { gzipSync } from "node:zlib";
import { createAddressGuard } from "./address-guard.ts";
import { createSafeFetch } from "./safe-fetch.ts";

const closers: (() => unknown)[] = [];
after(async () => {
  for (const close of closers.reverse()) await close();
});

async function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

function open(allow: string[]) {
  const guard = createAddressGuard({ allow, resolve: async () => ["127.0.0.1"] });
  const client = createSafeFetch({ guard, connectionsMax: 4, connectTimeoutMs: 2_000 });
  closers.push(() => client.close());
  return client;
}

const limits = { bytesMax: 1_000, timeoutMs: 5_000 };

describe("openGuarded", () => {
  test("streams the bytes as they are", async () => {
    const port = await serve((request, reply) => {
      reply.writeHead(200, { "content-type": "text/plain" });
      reply.end(request.headers["accept-encoding"]);
    });
    const opening = await open([`127.0.0.1:${port}`]).openGuarded(
      `http://127.0.0.1:${port}/f`,
      limits,
    );
    assert.ok(opening.kind === "open");
    assert.deepEqual([opening.status, opening.headers["content-type"]], [200, "text/plain"]);
    assert.equal((await buffer(opening.body)).toString(), "identity");
  });

  test("follows three redirects and no fourth", async () => {
    const port = await serve((request, reply) => {
      const left = Number(request.url?.slice(1));
      if (left === 0) return reply.end("there");
      return reply.writeHead(302, { location: `/${left - 1}` }).end();
    });
    const client = open([`127.0.0.1:${port}`]);
    const third = await client.openGuarded(`http://127.0.0.1:${port}/3`, limits);
    assert.ok(third.kind === "open");
    assert.equal(third.url, `http://127.0.0.1:${port}/0`);
    assert.equal((await buffer(third.body)).toString(), "there");
    assert.equal((await client.openGuarded(`http://127.0.0.1:${port}/4`, limits)).kind, "failed");
  });

  test("checks the address of each redirect: by number, by name, by scheme", async () => {
    let reached = 0;
    const inner = await serve((_request, reply) => {
      reached += 1;
      reply.end();
    });
    for (const target of [
      `http://127.0.0.1:${inner}/`,
      `http://sly.example:${inner}/`,
      "file:///etc/passwd",
    ]) {
      const port = await serve((_request, reply) => {
        reply.writeHead(307, { location: target }).end();
      });
      const opening = await open([`127.0.0.1:${port}`]).openGuarded(
        `http://127.0.0.1:${port}/`,
        limits,
      );
      assert.equal(opening.kind, "refused", target);
    }
    assert.equal(reached, 0);
  });

  test("refuses a file that says it is too large, and ends one that turns out to be", async () => {
    const port = await serve((request, reply) => {
      if (request.url === "/said") reply.writeHead(200, { "content-length": 2_000 });
      reply.write("x".repeat(900));
      reply.end("x".repeat(1_100));
    });
    const client = open([`127.0.0.1:${port}`]);
    const said = await client.openGuarded(`http://127.0.0.1:${port}/said`, limits);
    assert.equal(said.kind, "too-large");
    const silent = await client.openGuarded(`http://127.0.0.1:${port}/silent`, limits);
    assert.ok(silent.kind === "open");
    await assert.rejects(buffer(silent.body), { name: "DownloadError", reason: "too-large" });
  });

  test("refuses a packed file instead of unpacking it", async () => {
    const port = await serve((_request, reply) => {
      reply.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(Buffer.alloc(1_000_000)));
    });
    const opening = await open([`127.0.0.1:${port}`]).openGuarded(
      `http://127.0.0.1:${port}/`,
      limits,
    );
    assert.equal(opening.kind === "failed" || opening.kind === "too-large", true);
  });

  test("ends a body that drips, read or not, when the whole time is over", async () => {
    const port = await serve((_request, reply) => {
      reply.writeHead(200);
      const drip = setInterval(() => reply.write("."), 20);
      reply.on("close", () => clearInterval(drip));
    });
    const client = open([`127.0.0.1:${port}`]);
    const short = { bytesMax: 1_000, timeoutMs: 200 };
    const unread = await client.openGuarded(`http://127.0.0.1:${port}/`, short);
    const read = await client.openGuarded(`http://127.0.0.1:${port}/`, short);
    assert.ok(unread.kind === "open" && read.kind === "open");
    await assert.rejects(buffer(read.body), { reason: "timeout" });
    await assert.rejects(buffer(unread.body), { reason: "timeout" });
  });

  test("names a cut connection", async () => {
    const port = await serve((_request, reply) => {
      reply.writeHead(200, { "content-length": 500 });
      reply.write("x", () => reply.destroy());
    });
    const opening = await open([`127.0.0.1:${port}`]).openGuarded(
      `http://127.0.0.1:${port}/`,
      limits,
    );
    assert.ok(opening.kind === "open");
    await assert.rejects(buffer(opening.body), { reason: "cut" });
  });
});
