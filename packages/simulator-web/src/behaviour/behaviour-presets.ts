import type { SimulatorBehaviour } from "@recado/contract/simulator-api";

/** Nothing goes wrong. Delays are left to the simulator's own defaults, so they do not count as trouble. */
const noTrouble = {
  latencyMs: 0,
  failRate: 0,
  duplicateRate: 0,
  reorder: false,
  httpErrorRate: 0,
  timeoutRate: 0,
  webhooks: true,
};

/** Moods that set several values at once; their names are keys in the languages' files. */
export const presets: readonly { name: string; behaviour: Partial<SimulatorBehaviour> }[] = [
  { name: "calm", behaviour: { ...noTrouble, statusDelayMs: 300 } },
  { name: "slow", behaviour: { ...noTrouble, latencyMs: 2000, statusDelayMs: 4000 } },
  {
    name: "rough",
    behaviour: {
      latencyMs: 500,
      statusDelayMs: 1500,
      failRate: 0.15,
      duplicateRate: 0.2,
      reorder: true,
      httpErrorRate: 0.1,
      timeoutRate: 0.05,
      webhooks: true,
    },
  },
];

/** Whether anything goes wrong, by will: what the page warns of, so that nobody hunts a fault that was asked for. */
export function isTroubled(behaviour: SimulatorBehaviour): boolean {
  return (
    behaviour.failRate > 0 ||
    behaviour.duplicateRate > 0 ||
    behaviour.httpErrorRate > 0 ||
    behaviour.timeoutRate > 0 ||
    behaviour.reorder ||
    !behaviour.webhooks ||
    behaviour.latencyMs >= 1000
  );
}
