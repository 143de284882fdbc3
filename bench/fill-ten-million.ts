import { parseArgs } from "node:util";
import { say, sayMachine } from "./parts/figures.ts";
import { fillPlace } from "./parts/fill-place.ts";
import { makePlace } from "./parts/programs.ts";

/*
 * nice -n 19 ionice -c 3 node bench/fill-ten-million.ts --data <folder> [--stored 10000000] [--months 6] [--full-months 2]
 *
 * Fills a folder for `bench/ten-million.ts`, or writes what is missing of it: after an end in the middle, or after retention took a
 * month.
 */

const { values: options } = parseArgs({
  options: {
    data: { type: "string" },
    stored: { type: "string", default: "10000000" },
    months: { type: "string", default: "6" },
    "full-months": { type: "string", default: "2" },
  },
});

if (options.data === undefined) throw new Error("--data <folder> is missing");
sayMachine();
const startedAt = performance.now();
const wish = {
  count: Number(options.stored),
  months: Number(options.months),
  fullMonths: Number(options["full-months"]),
};
await fillPlace(await makePlace(options.data), wish, say);
say(`filled in ${((performance.now() - startedAt) / 60_000).toFixed(1)} minutes`);
sayMachine();
