/** Telephones that always do the same, in the order in which they are offered. Their sentences are in the languages' files. */
export const magicTelephones = [
  "573008000010",
  "573008000001",
  "573008000002",
  "573008000003",
  "573008000004",
  "573008000005",
  "573008000006",
  "573008000007",
  "573008000008",
  "573008000009",
  "573009131048",
  "573009000470",
  "573009001005",
  "573009132015",
] as const;

export type MagicTelephone = (typeof magicTelephones)[number];

/** The same mobile when it is one of the offered magic ones; else null. */
export function findMagicTelephone(mobile: string): MagicTelephone | null {
  return magicTelephones.find((magic) => magic === mobile) ?? null;
}
