import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { say } from "./parts/figures.ts";
import { ROOT } from "./parts/programs.ts";
import { formatNeeds, readCosts, writePage } from "./parts/scale-page.ts";

/*
 * node bench/scale.ts [--server-ms N] [--postgres-ms N] [--wal-kb N] [--disk-kb N] [--rate 80] [--load 0.6] [--cores-max 32] [--write]
 *
 * What numbers at full rate need, computed from what a message costs. The costs are those that docs/scale.md names, or those given
 * here: CPU from `bench/life.ts` (per cent of a core at a sustained rate, divided by that rate), log and disk from
 * `bench/ten-million.ts`. With --write the page gets the costs and the table.
 */

const { values: options } = parseArgs({
  options: {
    "server-ms": { type: "string" },
    "postgres-ms": { type: "string" },
    "wal-kb": { type: "string" },
    "disk-kb": { type: "string" },
    rate: { type: "string", default: "80" },
    load: { type: "string", default: "0.6" },
    "cores-max": { type: "string", default: "32" },
    write: { type: "boolean", default: false },
  },
});

const path = join(ROOT, "docs", "scale.md");
const page = readFileSync(path, "utf8");
const known = readCosts(page);
const costs = {
  serverMs: Number(options["server-ms"] ?? known.serverMs),
  postgresMs: Number(options["postgres-ms"] ?? known.postgresMs),
  walKb: Number(options["wal-kb"] ?? known.walKb),
  diskKb: Number(options["disk-kb"] ?? known.diskKb),
};
const terms = {
  rate: Number(options.rate),
  load: Number(options.load),
  coresMax: Number(options["cores-max"]),
};
say(formatNeeds(costs, terms));
if (options.write) {
  writeFileSync(path, writePage(page, costs, terms));
  say(`written to ${path}`);
}
