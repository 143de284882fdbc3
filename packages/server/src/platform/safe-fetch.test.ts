import assert from "node:assert/strict";
import { createServer, type RequestListener, type Server } from "node:http";
import { type AddressInfo, createServer as createTcpServer } from "node:net";
import { after, describe, test } from "node:test";
import { createAddressGuard } from "./address-guard.ts";
import { createSafeFetch, EXCERPT_BYTES, type SafeFetchOptions } from "./safe-fetch.ts";

const closers: (() => unknown)[] = [];
after(async () => {
  for (const close of closers.reverse()) await close();
});

async function serve(listener: RequestListener): Promise<{ port: number; server: Server }> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, server };
}

function open(allow: string[], resolve?: (name: string) => Promise<string[]>) {
  const guard = createAddressGuard({ allow, ...(resolve && { resolve }) });
  const options: SafeFetchOptions = { guard, connectionsMax: 1, connectTimeoutMs: 2_000 };
  const client = createSafeFetch(options);
  closers.push(() => client.close());
  return client;
}

const post = (url: string, timeoutMs = 5_000) => ({
  method: "POST" as const,
  url,
  headers: { "content-type": "application/json" },
  body: "{}",
  timeoutMs,
});

describe("send", () => {
  test("gives status, headers and text of a reply", async () => {
    const { port } = await serve((request, reply) => {
      reply.writeHead(201, { "X-Seen": request.headers["content-type"] }).end("hecho\0");
    });
    const answer = await open([`127.0.0.1:${port}`]).send(post(`http://127.0.0.1:${port}/a?b=1`));
    assert.ok(answer.kind === "reply");
    assert.deepEqual([answer.status, answer.excerpt], [201, "hecho"]);
    assert.equal(answer.headers["x-seen"], "application/json");
  });

  test("refuses a literal address and a name that resolves to one, and sends nothing", async () => {
    let calls = 0;
    const { port } = await serve((_request, reply) => {
      calls += 1;
      reply.end();
    });
    const client = open([], async () => ["127.0.0.1"]);
    for (const host of ["127.0.0.1", "[::ffff:127.0.0.1]", "2130706433", "hooks.example.org"]) {
      assert.equal((await client.send(post(`http://${host}:${port}/`))).kind, "refused", host);
    }
    assert.equal(calls, 0);
  });

  test("connects to the address that was checked, though the name changes its mind", async () => {
    const { port } = await serve((request, reply) => reply.end(request.headers.host));
    const answers = [["127.0.0.7"], ["127.0.0.1"]];
    let asked = 0;
    // 127.0.0.7 stands for the public address: allowed, and nobody listens there.
    const client = open(["127.0.0.7"], async () => answers[asked++] ?? []);
    assert.equal((await client.send(post(`http://rebind.example:${port}/`))).kind, "failed");
    assert.equal((await client.send(post(`http://rebind.example:${port}/`))).kind, "refused");
    assert.equal(asked, 2, "each connection asks once and uses that answer");
  });

  test("a connection goes to the checked address and keeps the name in Host", async () => {
    const { port } = await serve((request, reply) => reply.end(request.headers.host));
    const answers = [["127.0.0.1"], ["10.0.0.1"]];
    const client = open(["127.0.0.1"], async () => answers.shift() ?? []);
    for (const _ of [1, 2]) {
      const reply = await client.send(post(`http://name.example:${port}/`));
      assert.ok(reply.kind === "reply", "the second call goes over the checked connection");
      assert.equal(reply.excerpt, `name.example:${port}`);
    }
    assert.equal(answers.length, 1);
  });

  test("tries the next address when one does not answer", async () => {
    const { port } = await serve((_request, reply) => reply.end("here"));
    const client = open(["127.0.0.0/8"], async () => ["127.0.0.9", "127.0.0.1"]);
    assert.equal((await client.send(post(`http://two.example:${port}/`))).kind, "reply");
  });

  test("does not follow a redirect", async () => {
    const { port } = await serve((_request, reply) => {
      reply.writeHead(302, { location: "http://127.0.0.1:1/" }).end();
    });
    const answer = await open([`127.0.0.1:${port}`]).send(post(`http://127.0.0.1:${port}/`));
    assert.ok(answer.kind === "reply");
    assert.equal(answer.status, 302);
  });

  test("gives up on a body that drips, when the whole time is over", async () => {
    const { port } = await serve((_request, reply) => {
      reply.writeHead(200);
      const drip = setInterval(() => reply.write("."), 20);
      reply.on("close", () => clearInterval(drip));
    });
    const answer = await open([`127.0.0.1:${port}`]).send(post(`http://127.0.0.1:${port}/`, 200));
    assert.deepEqual(answer, { kind: "failed", why: "no whole answer within 0.2 s" });
  });

  test("gives up on a name that never resolves, when the whole time is over", async () => {
    const client = open([], () => new Promise(() => {}));
    const answer = await client.send(post("http://slow.example/", 100));
    assert.equal(answer.kind, "failed");
  });

  test("cuts a huge body and keeps its beginning", async () => {
    let written = 0;
    const { port } = await serve((_request, reply) => {
      reply.writeHead(200);
      const pour = () => {
        while (!reply.destroyed && reply.write("x".repeat(65_536))) written += 65_536;
        if (!reply.destroyed) reply.once("drain", pour);
      };
      pour();
    });
    const answer = await open([`127.0.0.1:${port}`]).send(post(`http://127.0.0.1:${port}/`));
    assert.ok(answer.kind === "reply");
    assert.equal(answer.excerpt, "x".repeat(EXCERPT_BYTES));
    assert.ok(written < 64 * 1_048_576, `${written} bytes were taken`);
  });

  test("does not unpack what comes packed", async () => {
    const packed = Buffer.from("1f8b0800000000000003", "hex");
    const { port } = await serve((_request, reply) => {
      reply.writeHead(200, { "content-encoding": "gzip" }).end(packed);
    });
    const answer = await open([`127.0.0.1:${port}`]).send(post(`http://127.0.0.1:${port}/`));
    assert.ok(answer.kind === "reply");
    assert.equal(answer.excerpt, packed.toString("utf8").replaceAll("\0", ""));
  });

  test("a refused, a cut and a senseless connection are values", async () => {
    const { port: shut, server } = await serve(() => {});
    await new Promise((resolve) => server.close(resolve));
    const { port: cuts } = await serve((request) => request.socket.destroy());
    const babbler = createTcpServer((socket) =>
      socket.on("error", () => {}).end("hello there\r\n"),
    );
    await new Promise<void>((resolve) => babbler.listen(0, "127.0.0.1", resolve));
    closers.push(() => babbler.close());
    const client = open(["127.0.0.1"]);
    for (const port of [shut, cuts, (babbler.address() as AddressInfo).port]) {
      const answer = await client.send(post(`http://127.0.0.1:${port}/`));
      assert.equal(answer.kind, "failed");
    }
    assert.equal(
      (await client.send({ ...post(`http://127.0.0.1:${cuts}/`), headers: { "a\n": "b" } })).kind,
      "failed",
    );
  });
});
