import assert from "node:assert/strict";
import { test } from "node:test";
import Fastify from "fastify";
import { createMetrics } from "../platform/metrics.ts";
import { registerProblems } from "./problem.ts";
import { registerMetricsRoute } from "./register-metrics-route.ts";

const TOKEN = "metrics-token-of-the-test";
const SOURCES = {
  lags: async () => [],
  connections: () => ({ busy: 0, idle: 0, waiting: 0 }),
  silentNumbers: async () => 0,
};

async function ask(token: string, authorization: string | undefined) {
  const app = Fastify();
  registerProblems(app);
  registerMetricsRoute(app, { token, metrics: createMetrics(), sources: SOURCES });
  const headers = authorization === undefined ? {} : { authorization };
  const reply = await app.inject({ method: "GET", url: "/metrics", headers });
  await app.close();
  return reply;
}

test("whoever shows the token reads the metrics", async () => {
  const reply = await ask(TOKEN, `Bearer ${TOKEN}`);
  assert.equal(reply.statusCode, 200);
  assert.match(String(reply.headers["content-type"]), /^text\/plain; version=0\.0\.4/u);
  assert.match(reply.body, /^recado_database_up 1$/mu);
});

test("nobody else reads a line of them", async () => {
  for (const shown of [undefined, "", "Bearer", "Bearer ", `Bearer ${TOKEN}x`, `Basic ${TOKEN}`]) {
    const reply = await ask(TOKEN, shown);
    assert.equal(reply.statusCode, 401, String(shown));
    assert.doesNotMatch(reply.body, /recado_database_up/u);
  }
});

test("without a token in the settings there is no such address, whatever is shown", async () => {
  for (const shown of [undefined, "Bearer ", "Bearer undefined"]) {
    assert.equal((await ask("", shown)).statusCode, 404);
  }
});
