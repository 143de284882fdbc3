import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { after, test } from "node:test";
import { MessageChannel, type MessagePort } from "node:worker_threads";
import { openLiveConnection } from "./live-connection.ts";
import { shareStream, type TabPort } from "./share-stream.ts";
import type { WorkerMessage } from "./shared-messages.ts";

/* Real message ports, a real stream of a real server that has a numbered log. */

const closers: (() => void)[] = [];
after(() => {
  for (const close of closers) close();
});

/** A server whose log grows, and whose streams can be cut. */
async function serveLog() {
  const log: string[] = [];
  const streams = new Set<ServerResponse>();
  let most = 0;
  const server = createServer((request, response) => {
    const from = Number(new URL(request.url ?? "/", "http://h").searchParams.get("after"));
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(`event: beat\ndata: {"seq":${from}}\n\n`);
    response.write(`event: presence\ndata: {"complete":true,"here":["u"],"conversations":[]}\n\n`);
    response.write(log.slice(from).join(""));
    streams.add(response);
    most = Math.max(most, streams.size);
    response.on("close", () => streams.delete(response));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    address: (from: string) => `http://127.0.0.1:${port}/?after=${from}`,
    most: () => most,
    open: () => streams.size,
    cut() {
      for (const stream of streams) stream.destroy();
    },
    happen() {
      const seq = log.length + 1;
      const frame = `id: ${seq}\nevent: change\ndata: {"seq":${seq}}\n\n`;
      log.push(frame);
      for (const stream of streams) stream.write(frame);
      return seq;
    },
  };
}

type Log = Awaited<ReturnType<typeof serveLog>>;

function shareLog(log: Log) {
  return shareStream((from, listener) =>
    openLiveConnection({ address: log.address, after: String(from), listener, chance: () => 0 }),
  );
}

/** A tab that was loaded when the log was at `from`. */
function openTab(takeIn: (port: TabPort) => void, from: number) {
  const { port1, port2 } = new MessageChannel();
  const seen = { events: [] as string[], seqs: [] as number[], to: from };
  port1.on("message", (message: WorkerMessage) => {
    if (message.type !== "messages") return;
    for (const { event, data } of message.messages) {
      seen.events.push(event);
      if (event === "change") seen.seqs.push((data as { seq: number }).seq);
    }
    seen.to = Math.max(seen.to, message.to);
  });
  takeIn(asTabPort(port2));
  port1.postMessage({ type: "join", after: from });
  const close = () => {
    port1.postMessage({ type: "leave" });
  };
  closers.push(() => port1.close());
  return { seen, close };
}

/** The browser's ports have `onmessage` with an event, and so have these; their types differ in what else is in it. */
function asTabPort(port: MessagePort): TabPort {
  return port as unknown as TabPort;
}

async function until(about: string, isTrue: () => boolean): Promise<void> {
  for (let turn = 0; turn < 2_000; turn += 1) {
    if (isTrue()) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  assert.fail(`in vain: ${about}`);
}

test("tabs that come at any moment get every event after their own, in order, over one stream that breaks again and again", async () => {
  const log = await serveLog();
  const takeIn = shareLog(log);
  const tabs = [openTab(takeIn, 0)];
  for (let step = 1; step <= 200; step += 1) {
    const seq = log.happen();
    if (step % 9 === 0) log.cut();
    // Loaded at this moment, while the stream may be behind or broken.
    if (step % 25 === 0) tabs.push(openTab(takeIn, seq));
    if (step % 4 === 0) await new Promise((resolve) => setTimeout(resolve, 3));
  }
  await until("all to have all", () => tabs.every(({ seen }) => seen.to === 200));
  for (const { seen } of tabs) {
    const fresh = [...new Set(seen.seqs)];
    const first = fresh[0] ?? 201;
    assert.deepEqual(
      fresh,
      Array.from({ length: 201 - first }, (_, index) => first + index),
    );
    assert.equal(seen.events.includes("reset"), false);
  }
  assert.deepEqual(
    tabs.map(({ seen }, index) => (seen.seqs[0] ?? 201) <= index * 25 + 1),
    tabs.map(() => true),
    "nobody begins later than behind what was loaded",
  );
  assert.equal(log.most(), 1, "there was never a second stream");
  for (const { close } of tabs) close();
  await until("the stream to end with the last tab", () => log.open() === 0);
});

test("whoever knows less than is kept is told to load anew, and who is where", async () => {
  const log = await serveLog();
  for (let step = 0; step < 10; step += 1) log.happen();
  const takeIn = shareLog(log);
  const first = openTab(takeIn, 10);
  await until("the stream", () => first.seen.events.includes("presence"));
  const late = openTab(takeIn, 3);
  await until("the answer", () => late.seen.events.length > 0);
  assert.deepEqual(late.seen.events, ["reset", "presence"]);
  assert.deepEqual(late.seen.to, 10);
  log.happen();
  await until("what comes then", () => late.seen.seqs.includes(11));
  for (const { close } of [first, late]) close();
});
