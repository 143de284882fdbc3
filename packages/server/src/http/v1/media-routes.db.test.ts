import assert from "node:assert/strict";
import { connect } from "node:net";
import { after, before, test } from "node:test";
import { buildAccount } from "../../testkit/build-account.ts";
import { startV1Server, type V1Server } from "../../testkit/v1-server.ts";

const BYTES_MAX = 200_000;

let server: V1Server;
let token = "";

before(async () => {
  server = await startV1Server();
  Object.assign(server.deps.media, {
    limits: { ...server.deps.media.limits, fileBytesMax: BYTES_MAX },
  });
  const { accountId } = await buildAccount(server.database.pool);
  token = await server.token({ accountId });
});
after(() => server.close());

/** Sends a head and then bytes for ever; answers what came back until the server closed the connection. */
async function sendForEver(path: string, header: string): Promise<string> {
  const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
  const head = `POST /v1${path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\n`;
  socket.write(`${head}content-type: application/octet-stream\r\n${header}\r\n\r\n`);
  const chunked = header.startsWith("transfer");
  const block = Buffer.alloc(16_384, 97);
  const send = setInterval(() => {
    if (chunked) socket.write("4000\r\n");
    socket.write(block);
    if (chunked) socket.write("\r\n");
  }, 5);
  let text = "";
  socket.on("data", (chunk) => (text += String(chunk)));
  socket.on("error", () => {});
  const stop = setTimeout(() => socket.destroy(), 20_000);
  // Not `once`: it would take a reset for a failure.
  await new Promise((closed) => socket.on("close", closed));
  clearTimeout(stop);
  clearInterval(send);
  return text;
}

test("an upload over the limit by a sender that never ends is answered 413, and its connection is closed", async () => {
  const headers = ["transfer-encoding: chunked", `content-length: ${2 ** 40}`];
  const tries = headers.flatMap((header) => [
    { path: "/media", header },
    { path: "/opt-outs/import", header },
  ]);
  const answers = tries.map(({ path, header }) => sendForEver(path, header));
  for (const [index, answer] of (await Promise.all(answers)).entries()) {
    assert.match(answer, /^HTTP\/1\.1 413 /u, JSON.stringify(tries[index]));
    assert.match(answer, /"code":"body_too_large"/u);
  }
});

test("an upload over the limit by a sender who stops there leaves the connection to the next call", async () => {
  const body = Buffer.alloc(BYTES_MAX + 1, 97);
  const headers = { "content-type": "application/octet-stream" };
  const answer = await server.call("POST", "/media", { token, body, headers });
  assert.deepEqual([answer.status, answer.json.code], [413, "body_too_large"]);
  assert.equal((await server.call("GET", "/wallet", { token })).status, 200);
});
