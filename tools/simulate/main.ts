import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { stopTestCluster } from "../../packages/server/src/testkit/database.ts";
import { simulate } from "./simulate.ts";

/**
 * `npm run simulate -- --seed N`: one seed, with the sum of its trace; `--trace` shows the trace. `--from N --seeds M`: many,
 * until one breaks a promise, `--lanes` of them at once. `--steps`: how long trouble lasts in each. `--counts <file>`: the outcome
 * as numbers.
 */
const { values } = parseArgs({
  options: {
    seed: { type: "string" },
    from: { type: "string", default: "1" },
    seeds: { type: "string", default: "300" },
    steps: { type: "string", default: "250" },
    lanes: { type: "string", default: "1" },
    counts: { type: "string" },
    trace: { type: "boolean", default: false },
  },
});
const count = values.seed === undefined ? Number(values.seeds) : 1;
const from = Number(values.seed ?? values.from);
const options = { from, count, steps: Number(values.steps), lanes: Number(values.lanes) };
const { kept, failed } = await simulate(options, {
  say: console.log,
  onLine: values.trace ? console.log : undefined,
});
await stopTestCluster();
if (values.counts) writeFileSync(values.counts, JSON.stringify({ passed: kept, failed }));
process.exitCode = failed === 0 ? 0 : 1;
