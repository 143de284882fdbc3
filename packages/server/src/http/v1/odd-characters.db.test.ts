import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { buildAccount } from "../../testkit/build-account.ts";
import { startV1Server, type V1Server } from "../../testkit/v1-server.ts";

let server: V1Server;
before(async () => {
  server = await startV1Server();
});
after(() => server.close());

test("a NUL is the caller's mistake wherever it stands, never ours", async () => {
  const { accountId } = await buildAccount(server.database.pool);
  const token = await server.token({ accountId });
  const endpoint = { url: "https://x.example/", numbers: ["\0"] };
  const calls: [method: string, path: string, body?: object][] = [
    ["GET", "/messages?custom_field=%00"],
    ["GET", "/opt-outs/%00"],
    ["PUT", "/opt-out-rules", { out_words: ["a\0b"] }],
    ["POST", "/webhook-endpoints", endpoint],
  ];
  for (const [method, path, body] of calls) {
    const answer = await server.call(method, path, { token, body });
    const what = `${method} ${path} ${answer.text}`;
    assert.deepEqual([answer.status, answer.json.code], [400, "invalid_request"], what);
  }
});
