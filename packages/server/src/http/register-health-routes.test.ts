import assert from "node:assert/strict";
import { test } from "node:test";
import Fastify from "fastify";
import type { HealthFacts } from "../domain/health.ts";
import { registerProblems } from "./problem.ts";
import { type HealthDeps, registerHealthRoutes } from "./register-health-routes.ts";

const WELL: HealthFacts = { lanes: [], liveWorkers: 1, diskFreeBytes: null, clockSkewMs: 0 };

async function ask(path: string, deps: Partial<HealthDeps>) {
  const app = Fastify();
  registerProblems(app);
  registerHealthRoutes(app, {
    phase: () => "ready",
    look: async () => WELL,
    lagMsMax: 1_000,
    ...deps,
  });
  const reply = await app.inject(path);
  await app.close();
  return reply;
}

test("a process that starts or stops is alive and not ready", async () => {
  for (const phase of ["starting", "stopping"] as const) {
    assert.equal((await ask("/health/live", { phase: () => phase })).statusCode, 200);
    const reply = await ask("/health/ready", { phase: () => phase });
    assert.equal(reply.statusCode, 503);
    assert.equal(reply.json().detail, `The server is ${phase}.`);
    assert.equal(reply.headers["retry-after"], "2");
  }
});

test("a database that does not answer is said without the driver's words", async () => {
  const look = () => Promise.reject(new Error("password of recado at 10.0.0.5"));
  const reply = await ask("/health/ready", { look });
  assert.equal(reply.statusCode, 503);
  assert.doesNotMatch(reply.body, /10\.0\.0\.5/u);
});

test("warnings leave it in service, reasons do not", async () => {
  const degraded = await ask("/health/ready", { look: async () => ({ ...WELL, liveWorkers: 0 }) });
  assert.equal(degraded.statusCode, 200);
  assert.equal(degraded.json().status, "degraded");
  assert.equal(degraded.json().warnings.length, 1);
  const lanes = [{ lane: "queued", ageMs: 2_000 }];
  const late = await ask("/health/ready", { look: async () => ({ ...WELL, lanes }) });
  assert.equal(late.statusCode, 503);
  assert.match(late.json().detail, /queued \(2 s\)/u);
});
