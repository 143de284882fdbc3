import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, test } from "node:test";
import { createRecadoClient, dataOf, RecadoProblem } from "./create-client.ts";

/** What came, and what is answered: null cuts the connection. */
let calls: { method: string; path: string; key: string | undefined; body: string }[] = [];
let answers: ({ status: number; body?: unknown; retryAfter?: string } | null)[] = [];
let server: Server;
let baseUrl = "";

beforeEach(async () => {
  calls = [];
  answers = [];
  server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const key = request.headers["idempotency-key"] as string | undefined;
    calls.push({ method: request.method ?? "", path: request.url ?? "", key, body });
    const answer = answers.shift();
    if (!answer) return void request.socket.destroy();
    const headers = answer.retryAfter ? { "retry-after": answer.retryAfter } : {};
    response.writeHead(answer.status, { "content-type": "application/json", ...headers });
    response.end(JSON.stringify(answer.body ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const newClient = (retriesMax = 2) =>
  createRecadoClient({ baseUrl, token: "rcd_api_x", retriesMax });
const body = { mobile: "573001112233", text: "Hola" };

test("a send that got no answer is repeated under one key, with the same body", async () => {
  answers = [null, { status: 503, retryAfter: "0" }, { status: 202, body: { id: "m" } }];
  const message = dataOf(await newClient().POST("/v1/messages", { body }));
  assert.equal(message.id, "m");
  assert.equal(calls.length, 3);
  assert.deepEqual(new Set(calls.map((call) => call.body)), new Set([JSON.stringify(body)]));
  assert.match(calls[0]?.key ?? "", /^[0-9a-f-]{36}$/u);
  assert.equal(new Set(calls.map((call) => call.key)).size, 1);
});

test("the caller's own key is kept", async () => {
  answers = [{ status: 202, body: { id: "m" } }];
  const params = { header: { "Idempotency-Key": "order-7" } };
  await newClient().POST("/v1/messages", { body, params });
  assert.equal(calls[0]?.key, "order-7");
});

test("a refusal is not repeated, and comes back as a problem", async () => {
  answers = [{ status: 422, body: { type: "about:blank", title: "No", status: 422 } }];
  const result = await newClient().POST("/v1/messages", { body });
  assert.throws(() => dataOf(result), RecadoProblem);
  assert.equal(calls.length, 1);
});

test("what is not safe to repeat is called once", async () => {
  answers = [{ status: 503, retryAfter: "0" }];
  const params = { path: { id: "0197a7c0-0000-7000-8000-000000000000" } };
  await newClient().POST("/v1/messages/{id}/cancel", { params });
  assert.equal(calls.length, 1);
});

test("no more than the retries that were asked for", async () => {
  answers = [null, null, null, null];
  await assert.rejects(newClient(1).GET("/v1/wallet"));
  assert.equal(calls.length, 2);
});
