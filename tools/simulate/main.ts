import { parseArgs } from "node:util";
import { stopTestCluster } from "../../packages/server/src/testkit/database.ts";
import { simulate } from "./simulate.ts";

/** `npm run simulate -- --seed N`: one seed with its trace's sum; `--from N --seeds M`: many, in order. */
const { values } = parseArgs({
  options: {
    seed: { type: "string" },
    from: { type: "string", default: "1" },
    seeds: { type: "string", default: "300" },
    steps: { type: "string", default: "200" },
    trace: { type: "boolean", default: false },
  },
});
const count = values.seed === undefined ? Number(values.seeds) : 1;
const from = Number(values.seed ?? values.from);
const options = { from, count, steps: Number(values.steps) };
const isGood = await simulate(options, {
  say: console.log,
  onLine: values.trace ? console.log : undefined,
});
await stopTestCluster();
process.exitCode = isGood ? 0 : 1;
