/** What a project calls an opt-out, and what it answers. */
export interface OptOutRules {
  /** Null: {@link OUT_WORDS}. */
  outWords: readonly string[] | null;
  /** Null: {@link IN_WORDS}. */
  inWords: readonly string[] | null;
  /** What is answered to whoever opts out, or in again; null: nothing. */
  outReply: string | null;
  inReply: string | null;
}

/** The limits of an account, as far as they must be known before the database is asked. */
export interface LimitsView {
  /** Whether the account or one of its projects has a cap by day. */
  capped: boolean;
  /** Balances at which an alert fires, or is armed again; 1/10,000 units. */
  alertLevels: readonly bigint[];
  /** By project; one that is absent has the usual words and answers nothing. */
  optOutRules: ReadonlyMap<string, OptOutRules>;
}

/** An account without any. */
export const NO_LIMITS: LimitsView = { capped: false, alertLevels: [], optOutRules: new Map() };

/** A cap that a send would break. */
export interface CapReached {
  scope: "account" | "project" | "campaign";
  /** The campaign's name; "" otherwise. */
  name: string;
  counts: "messages" | "money";
  /** The cap and what of it is used: messages, or 1/10,000 units. */
  max: bigint;
  used: bigint;
  /** The next midnight of the cap; null for a campaign, whose cap has no end. */
  freesAt: Date | null;
}

/** What opts a person out of marketing when nothing else is set. */
export const OUT_WORDS: readonly string[] = [
  ...["STOP", "BAJA", "CANCELAR", "NO MAS", "NO MÁS MENSAJES", "SALIR", "UNSUBSCRIBE"],
  ...["DARME DE BAJA", "NO MOLESTAR", "CANCELAR SUSCRIPCION", "STOP PROMOTIONS"],
];

/** What opts a person in again. */
export const IN_WORDS: readonly string[] = ["ALTA", "START", "SUSCRIBIR", "SUBSCRIBE", "UNSTOP"];

/**
 * What a person's text says about marketing: the whole of it must be one of the words, whatever its case, accents,
 * blanks and punctuation. "Quiero la baja del precio" says nothing.
 */
export function readWish(text: string, rules: OptOutRules | undefined): "out" | "in" | null {
  if (text.length > WISH_LENGTH_MAX) return null;
  const said = normaliseWish(text);
  if (said === "") return null;
  if ((rules?.outWords ?? OUT_WORDS).some((word) => normaliseWish(word) === said)) return "out";
  if ((rules?.inWords ?? IN_WORDS).some((word) => normaliseWish(word) === said)) return "in";
  return null;
}

/** A word is at most 50 characters; punctuation and blanks may make the text a little longer. */
const WISH_LENGTH_MAX = 100;

/** Two texts that say the same are equal in this form. */
export function normaliseWish(text: string): string {
  return text
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim()
    .toUpperCase();
}
