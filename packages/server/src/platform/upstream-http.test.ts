import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer as createHttpServer, type RequestListener } from "node:http";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { Readable } from "node:stream";
import { afterEach, describe, test } from "node:test";
import { createUpstreamHttp, REPLY_BYTES_MAX, type UpstreamRequest } from "./upstream-http.ts";

const ends: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

function openClient() {
  const http = createUpstreamHttp({ connectionsMax: 2, connectTimeoutMs: 2_000 });
  ends.push(() => http.close());
  return http;
}

async function listen(server: Server): Promise<string> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket.on("error", () => {}));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  ends.push(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, "close");
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function serve(listener: RequestListener): Promise<string> {
  return listen(createHttpServer(listener));
}

function post(url: string, more: Partial<UpstreamRequest> = {}): UpstreamRequest {
  return { method: "POST", url, headers: {}, body: "{}", timeoutMs: 5_000, ...more };
}

describe("an upstream call", () => {
  test("gives back status, headers and body of a reply, whatever the status", async () => {
    const url = await serve((_request, response) => {
      response.writeHead(503, { "Retry-After": "7" }).end('{"error":1}');
    });
    const reply = await openClient().request(post(url));
    assert.deepEqual(
      reply.kind === "reply" && [reply.status, reply.headers["retry-after"], reply.body],
      [503, "7", '{"error":1}'],
    );
  });

  test("cuts a reply that is too long", async () => {
    const url = await serve((_request, response) => {
      response.end(Buffer.alloc(REPLY_BYTES_MAX + 100_000, "x"));
    });
    const reply = await openClient().request(post(url));
    assert.equal(reply.kind === "reply" && reply.body.length, REPLY_BYTES_MAX);
  });

  test("that finds nobody listening is certainly not sent, and is not marked", async () => {
    const server = createServer();
    const url = await listen(server);
    server.close();
    await once(server, "close");
    ends.pop();
    let marks = 0;
    const reply = await openClient().request(post(url, { beforeWrite: () => (marks += 1) }));
    assert.deepEqual([reply.kind, marks], ["not-sent", 0]);
  });

  test("to an address that is none, or with a header that cannot be, is certainly not sent", async () => {
    const url = await serve((_request, response) => response.end());
    const client = openClient();
    assert.equal((await client.request(post("no address"))).kind, "not-sent");
    const reply = await client.request(post(url, { headers: { authorization: "a\r\nb: c" } }));
    assert.equal(reply.kind, "not-sent");
  });

  test("cut after the request was written is lost, with the mark made before a byte arrived", async () => {
    let marks = 0;
    const marksAtArrival: number[] = [];
    const url = await listen(
      createServer((socket) => {
        socket.once("data", () => {
          marksAtArrival.push(marks);
          socket.destroy();
        });
      }),
    );
    const reply = await openClient().request(post(url, { beforeWrite: () => (marks += 1) }));
    assert.equal(reply.kind, "lost");
    assert.deepEqual(marksAtArrival, [1], "one connection, one request, marked before");
  });

  test("cut in the middle of the reply is lost", async () => {
    const url = await listen(
      createServer((socket) => {
        socket.once("data", () => socket.end("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"));
      }),
    );
    assert.equal((await openClient().request(post(url))).kind, "lost");
  });

  test("that is never answered is lost after its time, counted from the writing", async () => {
    const url = await serve(() => {});
    const reply = await openClient().request(post(url, { timeoutMs: 50 }));
    assert.equal(reply.kind, "lost");
    assert.match(reply.kind === "lost" ? reply.why : "", /no whole answer within 50 ms/u);
  });

  test("whose answer drips past its time is lost", async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write("x"), 10);
      response.on("close", () => clearInterval(drip));
    });
    assert.equal((await openClient().request(post(url, { timeoutMs: 80 }))).kind, "lost");
  });

  test("whose mark cannot be made is certainly not sent: not one byte of it arrives", async () => {
    let bytes = 0;
    const url = await listen(
      createServer((socket) => {
        socket.on("data", (chunk) => {
          bytes += chunk.length;
          socket.end("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        });
      }),
    );
    const client = openClient();
    const beforeWrite = () => {
      throw new Error("no space left");
    };
    const refused = await client.request(post(url, { beforeWrite }));
    assert.deepEqual(refused, { kind: "not-sent", why: "no space left" });
    assert.equal((await client.request(post(url))).kind, "reply");
    assert.ok(bytes > 0 && bytes < 400, "the second request alone");
  });

  test("is made once, though the server closes every kept connection under it", async () => {
    let arrived = 0;
    const url = await serve((request, response) => {
      arrived += 1;
      response.end("{}", () => request.socket.destroy());
    });
    const client = openClient();
    let marks = 0;
    for (let call = 0; call < 20; call += 1) {
      await client.request(post(url, { beforeWrite: () => (marks += 1) }));
    }
    assert.equal(marks, 20, "no request is marked, or written, twice");
    assert.ok(arrived <= 20);
  });

  test("waits for a free connection unmarked, and for its answer alone", async () => {
    const waiting: (() => void)[] = [];
    const url = await serve((_request, response) => {
      waiting.push(() => response.end("{}"));
      if (waiting.length === 2) for (const answer of waiting) answer();
      if (waiting.length > 2) response.end("{}");
    });
    const client = openClient();
    const marks: number[] = [];
    const calls = [0, 1, 2].map((call) =>
      client.request(post(url, { beforeWrite: () => marks.push(call) })),
    );
    const replies = await Promise.all(calls);
    assert.ok(replies.every((reply) => reply.kind === "reply"));
    assert.deepEqual(marks.toSorted(), [0, 1, 2]);
  });

  test("with a body that breaks off on our side is lost, not repeated", async () => {
    let arrived = 0;
    const url = await serve((request) => {
      arrived += 1;
      request.resume();
    });
    const body = Readable.from(
      (async function* () {
        yield Buffer.from("half");
        throw new Error("the file is gone");
      })(),
    );
    const reply = await openClient().request(
      post(url, { body, headers: { "content-length": "100" } }),
    );
    assert.equal(reply.kind, "lost");
    assert.ok(arrived <= 1);
  });
});
