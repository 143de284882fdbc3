import { createHash } from "node:crypto";

/** Digits of a `to`: `+`, `-`, brackets and blanks are allowed (fact sheet 1.1); null when it is no number. */
export function parseRecipient(to: string): string | null {
  const digits = to.replace(/[+\-() ]/g, "");
  return /^[1-9][0-9]{7,14}$/.test(digits) ? digits : null;
}

/** The id under which WhatsApp knows the number: Brazil and Mexico are rewritten (1.1), others are kept. */
export function toWaId(digits: string): string {
  const mexico = /^52([2-9][0-9]{9})$/.exec(digits);
  if (mexico) return `521${mexico[1]}`;
  const brazil = /^55([3-9][0-9])9([0-9]{8})$/.exec(digits);
  if (brazil) return `55${brazil[1]}${brazil[2]}`;
  return digits;
}

const countries: [prefix: string, iso: string][] = [
  ["593", "EC"],
  ["57", "CO"],
  ["52", "MX"],
  ["55", "BR"],
  ["54", "AR"],
  ["56", "CL"],
  ["51", "PE"],
  ["34", "ES"],
  ["1", "US"],
];

/** The business-scoped id of a user (3.5): one per user and WABA, always the same. */
export function toBusinessScopedId(mobile: string, wabaId: string): string {
  const iso = countries.find(([prefix]) => mobile.startsWith(prefix))?.[1] ?? "CO";
  const key = `${wabaId}:${mobile}`;
  const known = scopedIds.get(key);
  if (known !== undefined) return known;
  const digest = createHash("sha256").update(key).digest();
  const id = `${iso}.${digest.readBigUInt64BE().toString().padStart(20, "0")}`;
  if (scopedIds.size >= scopedIdsMax) scopedIds.clear();
  scopedIds.set(key, id);
  return id;
}

const scopedIdsMax = 50_000;
const scopedIds = new Map<string, string>();
