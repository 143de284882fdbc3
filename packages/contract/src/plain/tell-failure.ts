import { FAILURE_REASONS } from "../failure-codes.ts";
import { FAILURE_WORDS, type TwoTongues } from "./failure-words.ts";
import { FILE_REASONS } from "./file-reasons.ts";
import { OWN_REASONS } from "./own-reasons.ts";

/**
 * Why something failed, in the reader's language. What is stored is the manual's Spanish, our own Spanish or the provider's
 * English, since integrators read it as it is; here the code decides, and what is ours beside it is translated. A code that
 * nobody knows keeps the provider's words, said to be WhatsApp's. Never empty.
 */
export function tellFailure(
  failure: { code: string | null; reason: string | null },
  language: keyof TwoTongues,
): string {
  const own = (failure.reason ?? "").trim();
  const ours = tellOwn(own, language);
  if (ours !== null) return endWithStop(ours);
  const code = findCode(failure.code, own);
  const words = code === null ? undefined : FAILURE_WORDS[code]?.[language];
  if (code === null || words === undefined) return quote(own, language);
  const detail = readDetail(own.slice(manualText(code)?.length ?? own.length), language);
  return detail === "" ? words : `${words.replace(/\.$/u, "")} (${detail}).`;
}

/**
 * The code to go by. A reason alone is looked up among the manual's; a code of the manual with other words than the manual's is
 * another one of the same number (Gupshup passes on codes of WhatsApp's old servers), and counts for nothing.
 */
function findCode(code: string | null, own: string): string | null {
  if (code === null) {
    return Object.keys(FAILURE_REASONS).find((each) => startsAs(own, each)) ?? null;
  }
  return own === "" || manualText(code) === undefined || startsAs(own, code) ? code : null;
}

function startsAs(own: string, code: string): boolean {
  const manual = manualText(code);
  return manual !== undefined && own.startsWith(manual);
}

function manualText(code: string): string | undefined {
  return Object.hasOwn(FAILURE_REASONS, code)
    ? FAILURE_REASONS[code as keyof typeof FAILURE_REASONS]
    : undefined;
}

/** What stands behind the manual's words: `(sin conexión)`, `: la URL respondió 404`. */
function readDetail(rest: string, language: keyof TwoTongues): string {
  const bare = rest.replace(/^(?: \((.*)\)|: (.*))$/su, "$1$2").trim();
  return bare === "sin motivo" ? "" : (tellOwn(bare, language) ?? bare);
}

/** A sentence of ours, whichever of its languages it stands in; null when it is not ours. */
function tellOwn(text: string, language: keyof TwoTongues): string | null {
  if (text === "") return null;
  for (const pair of [...OWN_REASONS, ...Object.values(FILE_REASONS)]) {
    for (const stored of [pair.es, pair.en]) {
      const filled = readFilled(text, stored);
      if (filled !== null) return pair[language].replace("{}", () => filled);
    }
  }
  return null;
}

/** What stands in the place of `{}`; empty where the sentence has none; null when the text is another. */
function readFilled(text: string, sentence: string): string | null {
  const [before = "", after] = sentence.split("{}");
  if (after === undefined) return text === sentence ? "" : null;
  const fits = text.startsWith(before) && text.endsWith(after);
  if (!fits || text.length <= before.length + after.length) return null;
  return text.slice(before.length, text.length - after.length);
}

function quote(own: string, language: keyof TwoTongues): string {
  if (own === "") return language === "es" ? "Sin motivo." : "No reason given.";
  return language === "es" ? `WhatsApp dice: ${own}` : `WhatsApp says: ${own}`;
}

function endWithStop(sentence: string): string {
  const first = sentence.charAt(0).toLocaleUpperCase();
  return `${first}${sentence.slice(1).replace(/\.$/u, "")}.`;
}
