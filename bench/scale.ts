import { parseArgs } from "node:util";
import { say, sayTable } from "./parts/figures.ts";

/*
 * node bench/scale.ts [--server-ms 1.28] [--postgres-ms 1.34] [--wal-kb 7] [--disk-kb 4] [--rate 80] [--load 0.6]
 *   [--cores-max 32]
 *
 * What numbers at full rate need, computed from what a message costs: CPU of server and PostgreSQL (`bench/life.ts`: per cent of
 * a core at a sustained rate, divided by that rate), log and disk (`bench/ten-million.ts`). The table of docs/scale.md is
 * what it prints; run it again with new costs when they have changed.
 */

const NUMBERS = [1, 10, 100, 1_000];
const DAY_S = 86_400;
const BUSY_HOURS = 10;

const { values: options } = parseArgs({
  options: {
    // bench/life.ts at 500/s: 485 read/s by 62 and 65 per cent of a core (docs/performance.md, 2026-11-22).
    "server-ms": { type: "string", default: "1.28" },
    "postgres-ms": { type: "string", default: "1.34" },
    "wal-kb": { type: "string", default: "7" },
    "disk-kb": { type: "string", default: "4" },
    rate: { type: "string", default: "80" },
    load: { type: "string", default: "0.6" },
    "cores-max": { type: "string", default: "32" },
  },
});

const number = (name: keyof typeof options) => Number(options[name]);
const load = number("load");

sayTable([
  [
    ...["numbers", "messages/s", "webhooks/s", "cores for servers", "cores for PostgreSQL"],
    ...["machines of PostgreSQL", "log MB/s", "disk GB a day"],
  ],
  ...NUMBERS.map(findNeeds),
]);
const most = (number("cores-max") * load * 1_000) / number("postgres-ms");
say(
  `one PostgreSQL of ${options["cores-max"]} cores at ${load * 100} % load: ${most.toFixed(0)} messages/s, ` +
    `${Math.floor(most / number("rate"))} numbers at full rate`,
);

function findNeeds(numbers: number): (string | number)[] {
  const perSecond = numbers * number("rate");
  const cores = (ms: number) => (perSecond * ms) / 1_000 / load;
  const postgresCores = cores(number("postgres-ms"));
  const perDay = (perSecond * DAY_S * BUSY_HOURS) / 24;
  return [
    numbers,
    perSecond,
    perSecond * 3,
    cores(number("server-ms")).toFixed(1),
    postgresCores.toFixed(1),
    Math.max(1, Math.ceil(postgresCores / number("cores-max"))),
    ((perSecond * number("wal-kb")) / 1_024).toFixed(1),
    ((perDay * number("disk-kb")) / 1_048_576).toFixed(1),
  ];
}
