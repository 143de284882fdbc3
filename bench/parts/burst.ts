import { say } from "./figures.ts";
import { offerLoad } from "./offer-load.ts";
import type { LifeWorld } from "./open-life.ts";
import type { Place } from "./programs.ts";

const CONNECTIONS = 100;
/** Faster than is read: what is measured is how fast the rest is worked off. */
const BURST_PER_SECOND = 3_000;
const READ_MS_MAX = 300_000;

/** Messages a second from the first send to the last `read`, of a burst that the places share. */
export async function burst(
  world: LifeWorld,
  places: readonly Place[],
  count: number,
): Promise<number> {
  const startedAt = performance.now();
  const loads = await Promise.all(
    places.map((place) =>
      offerLoad(
        { ...world.target, port: place.port },
        {
          perSecond: BURST_PER_SECOND / places.length,
          durationMs: (count * 1_000) / BURST_PER_SECOND,
          connections: CONNECTIONS,
        },
      ),
    ),
  );
  for (const load of loads) {
    for (const [answer, times] of load.others) say(`  ${times} times: ${answer}`);
    await world.waitForReads(load, READ_MS_MAX);
  }
  const accepted = loads.reduce((sum, load) => sum + load.acceptedAtMs.size, 0);
  return (accepted * 1_000) / (performance.now() - startedAt);
}
