import type { Chance } from "./chance.ts";

/**
 * How long a process stands still: a moment; so long that others look meanwhile, while its lease lasts and it may
 * go on; or longer than its leases. `least` in milliseconds.
 */
export function drawStillness(chance: Chance, { least }: { least: number }): number {
  const kind = chance.pick(["moment", "look", "look", "lease"] as const);
  if (kind === "moment") return chance.between(least, 2_000);
  if (kind === "look") return chance.between(8_000, 19_500);
  return chance.between(61_000, 130_000);
}
