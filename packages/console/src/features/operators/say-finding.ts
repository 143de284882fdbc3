import type { Say } from "../../i18n/words.ts";
import { formatFull } from "../../ui/format/format-time.ts";
import type { es } from "./i18n/es.ts";

/* The doctor speaks English, for terminals too; these are its sentences, and what changes in each. */
const SENTENCES = [
  [/^(?<done>\d+) of \d+ have run$/u, "migrated"],
  [/^missing: (?<what>.+)$/u, "missing"],
  [/^server and database agree$/u, "clocksAgree"],
  [/^server and database differ by (?<seconds>\d+) s$/u, "clocksDiffer"],
  [/^(?<folder>.+) can be written$/u, "canWrite"],
  [/^\S+ answers for it$/u, "answers"],
  [/^rests until (?<at>\S+): (?<why>.*)$/u, "rests"],
  [/^the last one came at (?<at>\S+)$/u, "lastPost"],
  [/^none has ever come$/u, "noPost"],
  [/^every account with a project has a price book$/u, "allPriced"],
  [/^the account has no price book, so it cannot send$/u, "noPrices"],
  [/^the oldest due item has waited (?<seconds>\d+) s$/u, "waited"],
  [/^See the server's log\.$/u, "seeLog"],
  [/^Use PostgreSQL 15 to 18\.$/u, "usePostgres"],
  [/^Run: (?<command>recado .+)$/u, "run"],
  [/^Let both machines follow a time server \(NTP\)\.$/u, "useNtp"],
  [/^Is a process with the role worker running\?/u, "isWorkerThere"],
  [
    /^Let the server's user write to (?<folder>.+), and see that the disk is not full\.$/u,
    "letWrite",
  ],
  [/^Check base address, business id and token: (?<command>.+)$/u, "checkToken"],
  [/^The provider asked for it; a new access token ends it\.$/u, "newToken"],
  [/^At the provider, subscribe (?<url>\S+) with the app's verify token\.$/u, "subscribe"],
] as const;

/** What the doctor found or advises, in the reader's language; null for a sentence that is not known, which stays English. */
export function sayFinding(say: Say<typeof es>, sentence: string): string | null {
  for (const [pattern, key] of SENTENCES) {
    const match = pattern.exec(sentence);
    if (match === null) continue;
    const { at, ...rest } = match.groups ?? {};
    return say(`health.said.${key}`, {
      ...rest,
      ...(at === undefined ? {} : { at: formatFull(at) }),
    });
  }
  return null;
}
