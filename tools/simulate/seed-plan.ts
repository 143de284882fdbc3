import { type Chance, createChance } from "./chance.ts";

/** A send that an integrator will make. */
export interface PlannedSend {
  afterMs: number;
  account: number;
  door: "ws" | "v1";
  mobile: string;
  content:
    | { kind: "text"; text: string }
    | { kind: "template"; name: "plain" | "promo"; value: string };
  /** Under an idempotency key; by `/v1` only. */
  hasKey: boolean;
  /** Taken back so long after it was accepted; null: never. */
  cancelledAfterMs: number | null;
}

/** What a seed stands for, before anything has happened. */
export interface FaultySeed {
  seed: number;
  accounts: {
    balance: bigint;
    endpoints: number;
    marketingMax: number;
    deadlineS: number | null;
  }[];
  hosts: number;
  /** Processes that somebody keeps running. */
  processes: number;
  sends: PlannedSend[];
  topups: { afterMs: number; account: number; amount: bigint; reference: string }[];
  unknownAfterMs: number;
  /** How often lanes look unasked. Mostly rarer than in earnest: a look that finds nothing shows nothing. */
  lookEveryMs: number;
  /** How long WhatsApp and the receivers have their trouble, at least. */
  othersCalmAfterMs: number;
  /** Of a hundred statements so many go wrong. */
  statementPercent: number;
  /** Of a thousand steps so many are followed by the death of a process. */
  deathPermille: number;
  /** Of a thousand steps so many are followed by a process standing still for a while. */
  stillPermille: number;
  /** Of a thousand steps so many are followed by an outage of the database. */
  outagePermille: number;
}

/** What every message costs, in 1/10,000 units. */
export const PRICE = 2_500_000n;

/** The people who are written to. */
const MOBILES = ["573001110001", "573001110002", "573001110003"];

/** Draws a plan. */
export function planSeed(seed: number): FaultySeed {
  const chance = createChance(seed, 1);
  const accounts = Array.from({ length: chance.percent(70) ? 1 : 2 }, () => ({
    balance: chance.percent(75) ? 10_000_000_000n : PRICE * BigInt(chance.between(1, 4)),
    endpoints: chance.percent(75) ? 1 : 2,
    marketingMax: chance.between(1, 3),
    deadlineS: chance.percent(50) ? null : chance.between(120, 1_200),
  }));
  const variety = chance.pick([1, 3]);
  const mobiles = MOBILES.slice(0, variety);
  const sends = Array.from({ length: chance.pick([1, 2, 2, 3, 4]) }, (): PlannedSend => {
    const door = chance.percent(60) ? "ws" : "v1";
    return {
      afterMs: chance.percent(40) ? 0 : chance.between(0, 8_000),
      account: chance.between(0, accounts.length - 1),
      door,
      mobile: chance.pick(mobiles),
      content: drawContent(chance, variety),
      hasKey: door === "v1" && chance.percent(60),
      cancelledAfterMs: chance.percent(10) ? chance.between(0, 3_000) : null,
    };
  });
  return {
    seed,
    accounts,
    hosts: chance.between(1, 2),
    processes: chance.between(1, 3),
    sends,
    topups: Array.from({ length: chance.pick([0, 0, 1, 2]) }, (_, index) => ({
      afterMs: chance.between(0, 8_000),
      account: chance.between(0, accounts.length - 1),
      amount: PRICE * BigInt(chance.between(1, 3)),
      reference: `bank-${index}`,
    })),
    lookEveryMs: chance.pick([2_500, 15_000, 15_000]),
    unknownAfterMs: chance.pick([60_000, 600_000, 3_600_000]),
    othersCalmAfterMs: chance.pick([0, 60_000, 1_800_000]),
    statementPercent: chance.pick([0, 0.5, 1.5, 4]),
    deathPermille: chance.pick([0, 2, 5, 12]),
    stillPermille: chance.pick([0, 3, 10]),
    outagePermille: chance.pick([0, 0, 1]),
  };
}

function drawContent(chance: Chance, variety: number): PlannedSend["content"] {
  if (chance.percent(40)) return { kind: "text", text: `hola ${chance.between(1, variety)}` };
  const name = chance.pick(["plain", "promo"] as const);
  return { kind: "template", name, value: `valor ${chance.between(1, variety)}` };
}
