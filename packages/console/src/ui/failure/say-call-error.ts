import { shellWords } from "../../i18n/shell-words.ts";

/** What went wrong, by what stands in the error of a call to an integrator's address. */
const PATTERNS = [
  ["refused", /ECONNREFUSED/u],
  ["notFound", /ENOTFOUND|EAI_AGAIN/u],
  ["cut", /ECONNRESET|EPIPE|socket hang up|other side closed/u],
  ["late", /ETIMEDOUT|tim(?:e|ed)[ -]?out|no whole answer/iu],
  ["certificate", /certificate|CERT_|self[ -]signed|SSL|TLS/iu],
  ["private", /not public/u],
  ["stopped", /process was stopped/u],
] as const;

/** Why a call to an integrator's address failed, in the reader's language; what nobody foresaw as it is. */
export function sayCallError(error: string): string {
  const status = /^the receiver answered (\d{3})$/u.exec(error)?.[1];
  if (status !== undefined) return shellWords.say("callError.answered", { status });
  const known = PATTERNS.find(([, pattern]) => pattern.test(error));
  return known === undefined ? error : shellWords.say(`callError.${known[0]}`);
}
