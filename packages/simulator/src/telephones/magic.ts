/** What a telephone that always does the same does. */
export type MagicRole =
  | { kind: "fails"; code: number }
  | {
      kind:
        | "never-delivered"
        | "never-read"
        | "duplicated"
        | "disordered"
        | "http-500"
        | "never-answers"
        | "cuts"
        | "throttled-twice"
        | "failed-then-delivered"
        | "replies";
    };

/** The telephones with a fixed part, by digits; the README's table is compared with this one. */
export const magicTelephones = {
  "573008000001": "never-delivered",
  "573008000002": "never-read",
  "573008000003": "duplicated",
  "573008000004": "disordered",
  "573008000005": "http-500",
  "573008000006": "never-answers",
  "573008000007": "cuts",
  "573008000008": "throttled-twice",
  "573008000009": "failed-then-delivered",
  "573008000010": "replies",
} as const;

/** Numbers that begin so fail with the code of their last six digits. */
export const failingPrefix = "573009";

/** The part that a telephone plays, or undefined for one that is delivered and read. */
export function findMagicRole(mobile: string): MagicRole | undefined {
  if (mobile.length !== 12 || !mobile.startsWith("57300")) return undefined;
  if (mobile.startsWith(failingPrefix)) {
    return { kind: "fails", code: Number(mobile.slice(failingPrefix.length)) };
  }
  const kind = (magicTelephones as Record<string, Exclude<MagicRole["kind"], "fails">>)[mobile];
  return kind === undefined ? undefined : { kind };
}
