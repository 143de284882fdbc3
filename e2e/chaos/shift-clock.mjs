/**
 * Loaded into a server by `node --import`: moves that process's clock of the day by the milliseconds that stand in the
 * file CHAOS_CLOCK_FILE, read again several times a second, as a clock jumps that somebody sets.
 * What counts from the start of the machine (performance.now, timers) does not move, as it would not on a real machine.
 */
import { readFileSync } from "node:fs";

const RealDate = Date;
const file = process.env.CHAOS_CLOCK_FILE ?? "";
const lookEveryMs = 100;
let offsetMs = 0;

function look() {
  try {
    offsetMs = Number(readFileSync(file, "utf8")) || 0;
  } catch {
    offsetMs = 0;
  }
}

class ShiftedDate extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(RealDate.now() + offsetMs);
    else super(...given);
  }
  static now() {
    return RealDate.now() + offsetMs;
  }
}

globalThis.Date = new Proxy(ShiftedDate, {
  // Called as a function it gives text, which a class cannot.
  apply: () => new ShiftedDate().toString(),
});
look();
setInterval(look, lookEveryMs).unref();
