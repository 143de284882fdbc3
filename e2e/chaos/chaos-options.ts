import { parseArgs } from "node:util";
import { TROUBLES, type Trouble } from "./troubles.ts";

/** What a run is to be. */
export interface ChaosOptions {
  seed: number;
  /** Sends a second. */
  rate: number;
  /** How long each trouble lasts; as long is calm afterwards. */
  seconds: number;
  troubles: readonly Trouble[];
  /** After all came one by one: so many more, chosen by the seed, one or two at a time. */
  mixed: number;
  /** How long is waited for quiet in the end. */
  settleSeconds: number;
  /** Leaves logs and records where they are. */
  keep: boolean;
  /** Gets `{"passed","failed"}`, a promise each; null: no file. */
  countsPath: string | null;
}

export const USAGE = `npm run chaos -- [--short] [--rate 300] [--seconds 10] [--mixed 10] [--seed N] [--only a,b] [--keep]

troubles: ${TROUBLES.map(({ name }) => name).join(", ")}`;

/** Reads the command line; throws what is wrong with it. */
export function readChaosOptions(args: readonly string[]): ChaosOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      short: { type: "boolean", default: false },
      rate: { type: "string" },
      seconds: { type: "string" },
      mixed: { type: "string" },
      seed: { type: "string", default: `${Date.now() % 1_000_000}` },
      only: { type: "string" },
      settle: { type: "string" },
      keep: { type: "boolean", default: false },
      counts: { type: "string" },
    },
  });
  const short = values.short;
  return {
    seed: readWhole("seed", values.seed),
    rate: readWhole("rate", values.rate ?? (short ? "100" : "300")),
    seconds: readWhole("seconds", values.seconds ?? (short ? "3" : "10")),
    mixed: readWhole("mixed", values.mixed ?? (short ? "2" : "10")),
    settleSeconds: readWhole("settle", values.settle ?? (short ? "150" : "900")),
    troubles: findTroubles(values.only),
    keep: values.keep,
    countsPath: values.counts ?? null,
  };
}

function findTroubles(only: string | undefined): readonly Trouble[] {
  if (only === undefined) return TROUBLES;
  return only.split(",").map((name) => {
    const found = TROUBLES.find((one) => one.name === name.trim());
    if (found === undefined) throw new Error(`there is no trouble called ${name}`);
    return found;
  });
}

function readWhole(name: string, text: string): number {
  if (!/^\d{1,9}$/u.test(text)) throw new Error(`--${name} takes a whole number`);
  return Number(text);
}
