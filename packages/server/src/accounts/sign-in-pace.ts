import { createHash } from "node:crypto";
import { AppError } from "../platform/app-error.ts";
import {
  forgetTries,
  giveTryBack,
  type TryKind,
  type TryPace,
  takeTry,
} from "../storage/sign-in-tries.ts";
import type { Operator } from "./operator.ts";

/*
 * How fast passwords and codes can be guessed. Of a login slowly, whoever asks, but never so slowly that its owner is locked
 * out for long; from an address more slowly still, since whole offices share one but no office errs so often.
 */

const HOUR_MS = 3_600_000;

const PACES: Record<TryKind, TryPace> = {
  login: { freeTries: 5, waitMaxS: 60, forgetAfterMs: 24 * HOUR_MS },
  address: { freeTries: 30, waitMaxS: 300, forgetAfterMs: HOUR_MS },
  password: { freeTries: 5, waitMaxS: 900, forgetAfterMs: 24 * HOUR_MS },
  code: { freeTries: 5, waitMaxS: 900, forgetAfterMs: 24 * HOUR_MS },
  // Mails to one person, who did not ask for those of a stranger: three, then one after five minutes, then one in a quarter of an hour.
  reset: { freeTries: 3, waitMaxS: 900, forgetAfterMs: HOUR_MS, firstWaitS: 300 },
  "reset-address": { freeTries: 20, waitMaxS: 900, forgetAfterMs: HOUR_MS },
};

/** What somebody tries, by what may be guessed at: a login as it was given, an address, a user's id. */
export interface Try {
  kind: TryKind;
  of: string;
}

/** Counts a try before it is made. Refuses it with `too_many_requests` while earlier ones have to be slept off. */
export async function admitTry(
  operator: Pick<Operator, "pool" | "clock">,
  { kind, of }: Try,
): Promise<void> {
  const at = { pace: PACES[kind], now: new Date(operator.clock.now()) };
  const waitMs = await takeTry(operator.pool, keyOf({ kind, of }), at);
  if (waitMs === 0) return;
  throw new AppError("too_many_requests", {
    message: "Too many tries were wrong. Wait a little, then try again.",
    retryAfterS: waitMs / 1000,
  });
}

/** The try was right. An address still owes for its others: whoever has one password may be guessing another. */
export async function settleTry(
  operator: Pick<Operator, "pool">,
  { kind, of }: Try,
): Promise<void> {
  const key = keyOf({ kind, of });
  await (kind === "address" ? giveTryBack(operator.pool, key) : forgetTries(operator.pool, key));
}

function keyOf({ kind, of }: Try): { kind: TryKind; key: Buffer } {
  const isAddress = kind === "address" || kind === "reset-address";
  const text = isAddress ? networkOf(of) : of.trim().toLowerCase();
  return { kind, key: createHash("sha256").update(text, "utf8").digest() };
}

/** Whoever has one IPv6 address has all of its /64: they count as one. An IPv4 address stands for itself, also when it is written as IPv6. */
function networkOf(address: string): string {
  if (!address.includes(":") || address.includes(".")) return address.replace(/^.*:/u, "");
  const [head = "", tail = ""] = address.toLowerCase().split("::");
  const first = head.split(":").filter((group) => group !== "");
  const last = tail.split(":").filter((group) => group !== "");
  const zeros = address.includes("::") ? Math.max(0, 8 - first.length - last.length) : 0;
  const groups = [...first, ...Array.from({ length: zeros }, () => "0"), ...last];
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":");
}
