import type { Foundation } from "./compose-foundation.ts";
import type { Lanes } from "./compose-lanes.ts";
import type { MetricsDeps } from "./http/register-metrics-route.ts";
import { rememberBriefly } from "./platform/remember-briefly.ts";
import { countAlarms } from "./storage/channel-alarms.ts";

/** However often somebody scrapes, the database is asked this rarely. */
const ALARMS_LIFE_MS = 10_000;

/** What `/metrics` tells besides what was counted. */
export function composeMetrics({ config, shared }: Foundation, lanes: Lanes): MetricsDeps {
  const { clock, metrics, pool } = shared;
  return {
    token: config.METRICS_TOKEN,
    metrics,
    sources: {
      lags: lanes.lags,
      connections: () => ({
        busy: pool.totalCount - pool.idleCount,
        idle: pool.idleCount,
        waiting: pool.waitingCount,
      }),
      silentNumbers: rememberBriefly(() => countAlarms(pool), { clock, lifeMs: ALARMS_LIFE_MS }),
    },
  };
}
