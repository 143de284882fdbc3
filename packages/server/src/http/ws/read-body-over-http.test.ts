import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { createServer, request } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { json } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { after, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { createMediaSink, MEDIA_LIMITS } from "../../gateway/media-sink.ts";
import { createAddressGuard } from "../../platform/address-guard.ts";
import { AppError } from "../../platform/app-error.ts";
import { createFolderBlobStore } from "../../storage/blob-store.ts";
import { readWsBody, WS_BODY_LIMITS } from "./read-body.ts";

const MB = 1024 * 1024;
const root = await mkdtemp(join(tmpdir(), "recado-http-"));
const store = createFolderBlobStore({ root });
const options = {
  limits: { ...WS_BODY_LIMITS, bodyBytesMax: 200 * MB },
  newMediaSink: () =>
    createMediaSink({ store, limits: MEDIA_LIMITS, guard: createAddressGuard({ allow: [] }) }),
};

/** What became of each request, in the order in which they ended. */
const ended: string[] = [];

/** Answers with what it read, so that a real server and real connections are in play. */
const server = createServer((incoming, response) => {
  const source = { headers: incoming.headers, stream: incoming, query: {} };
  readWsBody(source, options).then(
    ({ fields, media }) => {
      ended.push(media?.kind ?? "none");
      response.end(JSON.stringify({ fields, media }));
    },
    (error) => {
      ended.push(error instanceof AppError ? error.code : String(error));
      response.writeHead(400).end(JSON.stringify({ code: ended.at(-1) }));
    },
  );
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
const { port } = server.address() as AddressInfo;

after(async () => {
  server.closeAllConnections();
  server.close();
  await rm(root, { recursive: true, force: true });
});

async function filesLeft(): Promise<number> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).length;
}

/** Waits until the server has ended one more request, and says how. */
async function nextEnd(before: number): Promise<string | undefined> {
  while (ended.length === before) await delay(5);
  return ended.at(-1);
}

interface Answer {
  code?: string;
  media?: { kind: string; file?: { bytes: number; storageKey: string } };
}

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;
/** Pieces between two looks at the memory. */
const SAMPLE_EVERY = 16;

/** Posts a body piece by piece and gives the answer, with the most memory taken meanwhile. */
async function post(
  type: string,
  pieces: () => Generator<Buffer>,
): Promise<{ answer: Answer; grownBytes: number }> {
  const outgoing = request({
    port,
    host: "127.0.0.1",
    method: "POST",
    headers: { "content-type": type },
  });
  const responded = once(outgoing, "response");
  const before = memoryBytes();
  let most = before;
  let count = 0;
  const watched = function* () {
    for (const piece of pieces()) {
      count += 1;
      if (count % SAMPLE_EVERY === 0) most = Math.max(most, memoryBytes());
      yield piece;
    }
  };
  await pipeline(Readable.from(watched(), { objectMode: false }), outgoing);
  const [response] = await responded;
  return { answer: (await json(response)) as Answer, grownBytes: most - before };
}

function memoryBytes(): number {
  // What is held, not what waits for the collector: that depends on how busy the machine is.
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** `start`, then so many megabytes of one character, then `end`. */
function* around(start: string, megabytes: number, end: string): Generator<Buffer> {
  yield Buffer.from(start);
  for (let at = 0; at < megabytes * 16; at += 1) yield Buffer.alloc(MB / 16, "A");
  yield Buffer.from(end);
}

const partHead = (rest: string) =>
  `--b\r\nContent-Disposition: form-data; name="media"${rest}\r\n\r\n`;
const partEnd = '\r\n--b\r\nContent-Disposition: form-data; name="login"\r\n\r\na\r\n--b--\r\n';
const multipart = "multipart/form-data; boundary=b";

const HUGE: [what: string, type: string, start: string, end: string][] = [
  ["a form", "application/x-www-form-urlencoded", "media=", "&login=a"],
  ["JSON", "application/json", '{"media":"', '","login":"a"}'],
  ["a text part", multipart, partHead(""), partEnd],
  ["a file part", multipart, partHead('; filename="a.bin"'), partEnd],
];

for (const [what, type, start, end] of HUGE) {
  test(`a field of 120 MB in ${what} is answered as too large, with little memory and no file`, async () => {
    const { answer, grownBytes } = await post(type, () => around(start, 120, end));
    assert.equal(answer.media?.kind, "too-large");
    assert.ok(grownBytes < 64 * MB, `${grownBytes}`);
    assert.equal(await filesLeft(), 0);
  });
}

test("a file part of 60 MB is stored with little memory", async () => {
  const start = `${partHead('; filename="a.pdf"')}%PDF-1.7\n`;
  const { answer, grownBytes } = await post(multipart, () => around(start, 60, partEnd));
  await store.delete(answer.media?.file?.storageKey ?? "");
  assert.equal(answer.media?.file?.bytes, 60 * MB + 9);
  assert.ok(grownBytes < 32 * MB, `${grownBytes}`);
});

test("a base64 of 20 MB in a form is stored with little memory", async () => {
  const start = `media=${encodeURIComponent(Buffer.from("%PDF-1.7\n").toString("base64"))}`;
  const { answer, grownBytes } = await post("application/x-www-form-urlencoded", () =>
    around(start, 27, "&login=a"),
  );
  assert.ok((answer.media?.file?.bytes ?? 0) > 20 * MB);
  assert.ok(grownBytes < 60 * MB, `${grownBytes}`);
  await store.delete(answer.media?.file?.storageKey ?? "");
});

test("other fields of 120 MB are refused, and the connection serves the next request", async () => {
  const form = "application/x-www-form-urlencoded";
  const { answer, grownBytes } = await post(form, () => around("message=", 120, ""));
  assert.equal(answer.code, "body_too_large");
  assert.ok(grownBytes < 64 * MB, `${grownBytes}`);
  const next = await post(form, () => around("login=a", 0, ""));
  assert.deepEqual(next.answer, { fields: { login: "a" }, media: null });
});

test("an upload that the caller gives up leaves no file", async () => {
  for (const [, type, start] of HUGE) {
    const before = ended.length;
    const outgoing = request({
      port,
      host: "127.0.0.1",
      method: "POST",
      headers: { "content-type": type },
    });
    outgoing.on("error", () => {});
    for (const piece of around(start, 2, "")) outgoing.write(piece);
    while ((await filesLeft()) === 0) await delay(5);
    outgoing.destroy();
    assert.equal(await nextEnd(before), "malformed_body");
    assert.equal(await filesLeft(), 0);
  }
});

test("a body shorter than its Content-Length is refused when the connection ends, and leaves no file", async () => {
  for (const [, type, start] of HUGE) {
    const before = ended.length;
    const socket = connect(port, "127.0.0.1");
    socket.on("error", () => {});
    socket.write(
      `POST / HTTP/1.1\r\nHost: x\r\nContent-Type: ${type}\r\nContent-Length: 9000000\r\n\r\n`,
    );
    socket.end(Buffer.concat([...around(start, 1, "")]));
    assert.equal(await nextEnd(before), "malformed_body");
    assert.equal(await filesLeft(), 0);
    socket.destroy();
  }
});
