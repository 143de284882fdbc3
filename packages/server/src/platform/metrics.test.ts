import assert from "node:assert/strict";
import { test } from "node:test";
import { createMetrics, type MetricSources } from "./metrics.ts";

const SOURCES: MetricSources = {
  lags: async () => [{ lane: "queued", ageMs: 1500 }],
  connections: () => ({ busy: 2, idle: 3, waiting: 0 }),
  silentNumbers: async () => 1,
};

/** Every label that there may be, and what it may say. A new one needs a line here, and a bounded list. */
const LABELS: Record<string, RegExp> = {
  lane: /^(unprepared|queued|unknown|awaiting|fetching|journal|webhooks)$/u,
  outcome: /^(accepted|refused|unknown)$/u,
  provider: /^(meta-cloud|gupshup)$/u,
  result: /^(delivered|failed|gone|interrupted|stored|rejected)$/u,
  code: /^(\d{1,4}|key-reused)$/u,
  movement: /^(charge|refund|refund-reversal)$/u,
  currency: /^([A-Z]{3}|other)$/u,
  state: /^(busy|idle|waiting)$/u,
  le: /^(\+Inf|[\d.e-]+)$/u,
  // Of Node's own metrics.
  type: /^[A-Za-z_]+$/u,
  space: /^[a-z_]+$/u,
  kind: /^[a-z]+$/u,
  version: /^v\d+\.\d+\.\d+$/u,
  major: /^\d+$/u,
  minor: /^\d+$/u,
  patch: /^\d+$/u,
};

function countEverything() {
  const metrics = createMetrics();
  metrics.countSend({ kind: "accepted", provider: "meta-cloud", durationMs: 120 });
  metrics.countSend({ kind: "unknown", provider: "gupshup", durationMs: 12_000 });
  metrics.countWebhook({ result: "delivered", durationMs: 30 });
  metrics.countPosts("stored", 7);
  metrics.countPosts("rejected", 1);
  metrics.countGroup({
    codes: [1, 1, 9, "key-reused"],
    durationMs: 4,
    charged: new Map([["COP", 2_510_000n]]),
  });
  metrics.countMoney({ movement: "refund", currency: "COP", amount: 1_255_000n });
  return metrics;
}

test("what was counted is told in units that people know", async () => {
  const text = await countEverything().expose(SOURCES);
  for (const line of [
    'recado_accept_answers_total{code="1"} 2',
    "recado_accept_group_sends_sum 4",
    'recado_sends_total{outcome="unknown",provider="gupshup"} 1',
    'recado_provider_call_seconds_bucket{le="0.25",provider="meta-cloud"} 1',
    'recado_webhook_calls_total{result="delivered"} 1',
    'recado_journal_posts_total{result="stored"} 7',
    'recado_money_total{movement="charge",currency="COP"} 251',
    'recado_money_total{movement="refund",currency="COP"} 125.5',
    'recado_lane_lag_seconds{lane="queued"} 1.5',
    'recado_database_connections{state="busy"} 2',
    "recado_silent_numbers 1",
    "recado_database_up 1",
  ]) {
    assert.ok(text.includes(line), `${line} is missing in\n${text}`);
  }
});

test("no label takes a value that a caller could choose", async () => {
  const text = await countEverything().expose(SOURCES);
  const labels = [...text.matchAll(/([a-zA-Z_]+)="([^"]*)"/gu)];
  assert.ok(labels.length > 50);
  for (const [, name = "", value = ""] of labels) {
    assert.match(value, LABELS[name] ?? /no such label is allowed/u, `label ${name}`);
  }
});

test("however many currencies there are, a few dozen lines stay", async () => {
  const metrics = createMetrics();
  for (let index = 0; index < 500; index += 1) {
    const currency = `A${String.fromCharCode(65 + (index % 26))}${String.fromCharCode(65 + Math.floor(index / 26))}`;
    metrics.countMoney({ movement: "refund", currency, amount: 10_000n });
  }
  const text = await metrics.expose(SOURCES);
  assert.equal(text.match(/^recado_money_total/gmu)?.length, 31);
  assert.ok(text.includes('recado_money_total{movement="refund",currency="other"} 470'));
});

test("a database that is away costs the lags and nothing else", async () => {
  const metrics = countEverything();
  await metrics.expose(SOURCES);
  const text = await metrics.expose({
    ...SOURCES,
    lags: () => Promise.reject(new Error("no connection")),
  });
  assert.ok(text.includes("recado_database_up 0"));
  assert.ok(!text.includes("recado_lane_lag_seconds{"), "an old lag is no news");
  assert.ok(text.includes('recado_journal_posts_total{result="stored"} 7'));
});
