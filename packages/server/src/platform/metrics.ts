import {
  Counter,
  collectDefaultMetrics,
  Gauge,
  Histogram,
  type MetricConfiguration,
  Registry,
} from "prom-client";

/** How a call to a provider ended, as metrics see it. */
export interface MeteredSend {
  kind: "accepted" | "refused" | "unknown";
  provider: string;
  durationMs: number;
}

/** How a call to an integrator's endpoint ended. */
export interface MeteredWebhook {
  result: "delivered" | "failed" | "gone" | "interrupted";
  durationMs: number;
}

/** One transaction of acceptance. */
export interface MeteredGroup {
  /** What each send was answered: the codes of the manual, or `key-reused`. */
  codes: readonly (number | string)[];
  durationMs: number;
  /** Charged, by currency, in 1/10,000 of its unit. */
  charged: ReadonlyMap<string, bigint>;
}

/** Money that moved without a send. */
export interface MeteredMoney {
  movement: "refund" | "refund-reversal";
  currency: string;
  /** In 1/10,000 of the currency's unit. */
  amount: bigint;
}

/** What is asked when somebody looks; it may cost something, and is remembered for a moment by whoever gives it. */
export interface MetricSources {
  /** Rejects when the database is away: the lags are left out then. */
  lags(): Promise<readonly { lane: string; ageMs: number }[]>;
  /** Connections of this process's pool. */
  connections(): { busy: number; idle: number; waiting: number };
  /** Numbers whose silence raised an alarm. */
  silentNumbers(): Promise<number>;
}

/**
 * Counts what this process does, in its memory: a count is an addition, whatever the load. No label can
 * take a value that callers choose: no account, no mobile, no template, no text of an error.
 */
export interface Metrics {
  countSend(send: MeteredSend): void;
  countWebhook(call: MeteredWebhook): void;
  countGroup(group: MeteredGroup): void;
  countPosts(result: "stored" | "rejected", count: number): void;
  countMoney(money: MeteredMoney): void;
  /** Everything in Prometheus' text format (0.0.4). Never rejects: what cannot be had is left out. */
  expose(sources: MetricSources): Promise<string>;
  contentType: string;
}

/** Currencies that get a label of their own; further ones are counted together. */
const CURRENCIES_MAX = 30;
const UNIT = 10_000;
const CALL_BUCKETS_S = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const GROUP_BUCKETS_S = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5];
const GROUP_SIZES = [1, 2, 5, 10, 20, 50, 100, 200];

/** Counters at zero, in a registry of their own. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const counts = createCounts(registry);
  const gauges = createGauges(registry);
  const nameCurrency = createCurrencyLimit();
  return {
    contentType: registry.contentType,
    countSend({ kind, provider, durationMs }) {
      counts.sends.inc({ outcome: kind, provider });
      counts.providerCalls.observe({ provider }, durationMs / 1000);
    },
    countWebhook({ result, durationMs }) {
      counts.webhooks.inc({ result });
      counts.webhookCalls.observe(durationMs / 1000);
    },
    countGroup({ codes, durationMs, charged }) {
      counts.groupSizes.observe(codes.length);
      counts.groups.observe(durationMs / 1000);
      for (const code of codes) counts.answers.inc({ code: String(code) });
      for (const [currency, amount] of charged) {
        counts.money.inc(
          { movement: "charge", currency: nameCurrency(currency) },
          Number(amount) / UNIT,
        );
      }
    },
    countPosts: (result, count) => counts.posts.inc({ result }, count),
    countMoney: ({ movement, currency, amount }) =>
      counts.money.inc({ movement, currency: nameCurrency(currency) }, Number(amount) / UNIT),
    async expose(sources) {
      await gauges.look(sources);
      return registry.metrics();
    },
  };
}

function createCounts(registry: Registry) {
  const registers = [registry];
  const counter = <T extends string>(configuration: MetricConfiguration<T>) =>
    new Counter({ ...configuration, registers });
  const histogram = <T extends string>(
    configuration: MetricConfiguration<T> & { buckets: number[] },
  ) => new Histogram({ ...configuration, registers });
  return {
    answers: counter({
      name: "recado_accept_answers_total",
      help: "Sends that were asked for, by the code that they were answered.",
      labelNames: ["code"],
    }),
    groupSizes: histogram({
      name: "recado_accept_group_sends",
      help: "Sends that shared one transaction of acceptance.",
      buckets: GROUP_SIZES,
    }),
    groups: histogram({
      name: "recado_accept_group_seconds",
      help: "How long a transaction of acceptance took, its commit included.",
      buckets: GROUP_BUCKETS_S,
    }),
    sends: counter({
      name: "recado_sends_total",
      help: "Calls that handed a message to a provider, by how they ended.",
      labelNames: ["outcome", "provider"],
    }),
    providerCalls: histogram({
      name: "recado_provider_call_seconds",
      help: "How long providers took to answer.",
      labelNames: ["provider"],
      buckets: CALL_BUCKETS_S,
    }),
    webhooks: counter({
      name: "recado_webhook_calls_total",
      help: "Calls to integrators' endpoints, by how they ended.",
      labelNames: ["result"],
    }),
    webhookCalls: histogram({
      name: "recado_webhook_call_seconds",
      help: "How long integrators' endpoints took to answer.",
      buckets: CALL_BUCKETS_S,
    }),
    posts: counter({
      name: "recado_journal_posts_total",
      help: "What providers posted: stored, or rejected for its signature.",
      labelNames: ["result"],
    }),
    money: counter({
      name: "recado_money_total",
      help: "Money that moved, in units of the currency. The ledger is the truth; this is for graphs.",
      labelNames: ["movement", "currency"],
    }),
  };
}

function createGauges(registry: Registry) {
  const registers = [registry];
  const lag = new Gauge({
    name: "recado_lane_lag_seconds",
    help: "Age of the oldest due work that nobody looks at. The same from every process.",
    labelNames: ["lane"],
    registers,
  });
  const up = new Gauge({
    name: "recado_database_up",
    help: "1 when the database answered.",
    registers,
  });
  const connections = new Gauge({
    name: "recado_database_connections",
    help: "Connections of this process: busy, idle; and callers that wait for one.",
    labelNames: ["state"],
    registers,
  });
  const silent = new Gauge({
    name: "recado_silent_numbers",
    help: "Numbers that usually receive and have gone silent.",
    registers,
  });
  return {
    async look(sources: MetricSources): Promise<void> {
      for (const [state, count] of Object.entries(sources.connections())) {
        connections.set({ state }, count);
      }
      lag.reset();
      try {
        for (const { lane, ageMs } of await sources.lags()) lag.set({ lane }, ageMs / 1000);
        silent.set(await sources.silentNumbers());
        up.set(1);
      } catch {
        up.set(0);
      }
    },
  };
}

function createCurrencyLimit(): (currency: string) => string {
  const known = new Set<string>();
  return (currency) => {
    if (known.has(currency)) return currency;
    if (known.size >= CURRENCIES_MAX) return "other";
    known.add(currency);
    return currency;
  };
}
