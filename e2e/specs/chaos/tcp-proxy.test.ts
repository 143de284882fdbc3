import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import { after, before, describe, test } from "node:test";
import { openTcpProxy, type TcpProxy } from "../../chaos/tcp-proxy.ts";
import { waitUntil } from "../../product/wait-until.ts";

/* What the cable counts is what bounds the unknown outcomes of a run of chaos. */

let server: Server;
let proxy: TcpProxy;
const taken: Socket[] = [];

before(async () => {
  server = createServer((socket) => {
    socket
      .on("error", () => {})
      .on("data", (text) => {
        if (`${text}`.startsWith("ask")) socket.write("answer");
      });
    taken.push(socket);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  proxy = await openTcpProxy([typeof address === "object" && address !== null ? address.port : 0]);
});
after(async () => {
  await proxy.close();
  for (const socket of taken) socket.destroy();
  server.close();
});

async function open(): Promise<Socket> {
  const socket = connect({ port: proxy.port, host: "127.0.0.1" });
  // A cut is an error here, and wanted: only that it is closed is waited for.
  await new Promise((resolve) => socket.once("connect", resolve).on("error", resolve));
  return socket;
}

function closed(socket: Socket): Promise<unknown> {
  return new Promise((resolve) => (socket.closed ? resolve(true) : socket.once("close", resolve)));
}

async function ask(socket: Socket): Promise<void> {
  socket.write("ask");
  await once(socket, "data");
}

const lostBy = async (work: () => Promise<void>, expected: number): Promise<void> => {
  const before = proxy.lost();
  await work();
  await waitUntil("the cable to count", () => proxy.lost() - before >= expected);
  assert.equal(proxy.lost() - before, expected);
};

describe("a cable counts as lost", () => {
  test("a connection that is cut, once, whatever was asked", () =>
    lostBy(async () => {
      const socket = await open();
      await ask(socket);
      assert.equal(
        proxy.cut(1, () => 0),
        1,
      );
      await closed(socket);
    }, 1));

  test("one that its far side ends while an answer is due", () =>
    lostBy(async () => {
      const socket = await open();
      await ask(socket);
      const far = taken.at(-1);
      socket.write("no answer to this");
      await ask(await open());
      far?.destroy();
      await closed(socket);
    }, 1));

  test("none that its far side ends when nothing is due", () =>
    lostBy(async () => {
      const socket = await open();
      await ask(socket);
      taken.at(-1)?.destroy();
      await closed(socket);
    }, 0));

  test("none that is refused: whoever comes hears it before he has asked anything", () =>
    lostBy(async () => {
      const socket = await open();
      await ask(socket);
      proxy.refuse(true);
      const late = await open();
      assert.equal(late.readyState, "closed");
      await ask(socket);
      proxy.refuse(false);
      const back = await open();
      await ask(back);
      for (const one of [socket, back]) one.destroy();
    }, 0));

  test("one whose near side stops waiting for an answer", () =>
    lostBy(async () => {
      const socket = await open();
      const length = taken.length;
      socket.write("no answer to this");
      await waitUntil("the far side", () => taken.length >= length);
      await ask(await open());
      socket.destroy();
    }, 1));

  test("none that its near side ends when it has its answer", () =>
    lostBy(async () => {
      const first = await open();
      await ask(first);
      first.destroy();
      await closed(first);
      const second = await open();
      await ask(second);
      second.destroy();
      const third = await open();
      await ask(third);
    }, 0));
});
