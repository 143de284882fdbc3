import type { Say } from "../../i18n/words.ts";
import { formatMobile } from "../../ui/format/format-number.ts";
import { formatDay } from "../../ui/format/format-time.ts";
import type { es } from "./i18n/es.ts";

/* The doctor speaks English, for terminals too; these are its sentences about a number, and what changes in each. */
const SENTENCES = [
  [/^Meta refuses the token \((?<code>\d+)\)$/u, "tokenRefused"],
  [/^code (?<code>\d+)$/u, "code"],
  [/^not valid$/u, "notValid"],
  [/^valid, never expires$/u, "neverExpires"],
  [/^valid until (?<day>\d{4}-\d\d-\d\d)$/u, "validUntil"],
  [/^expires on (?<day>\d{4}-\d\d-\d\d)$/u, "expiresOn"],
  [/^(?<what>\S+) is missing$/u, "missing"],
  [/^missing: (?<what>.+)$/u, "missing"],
  [/^whether it has (?<what>\S+) cannot be seen$/u, "cannotSee"],
  [/^the token does not reach (?<what>\S+)$/u, "tokenFalls"],
  [/^(?<id>\S+) is \+(?<number>\d+)$/u, "isOther"],
  [/^\+(?<number>\d+) belongs to (?<business>\S+)$/u, "belongs"],
  [/^(?<business>\S+) has no number (?<id>\S+)$/u, "hasNot"],
  [/^status (?<status>\S+), quality (?<quality>\S+), name (?<name>\S+)$/u, "state"],
  [/^no subscription of our app among (?<count>\d+)$/u, "noSubscription"],
  [/^posts go elsewhere; ours is (?<url>\S+)$/u, "elsewhere"],
  [/^the app is subscribed to the account$/u, "subscribed"],
  [/^Meta knows the app secret$/u, "knowsSecret"],
  [/^Meta does not accept the app secret$/u, "refusesSecret"],
  [/^Meta refuses to tell \(code (?<code>\d+)\)$/u, "refusesToTell"],
  [/^(?<who>Meta|Gupshup) answered HTTP (?<status>\d+)$/u, "answeredHttp"],
  [/^no answer from (?<who>Meta|Gupshup)$/u, "noAnswer"],
  [/^Gupshup knows the apikey$/u, "knowsKey"],
  [/^the app (?<app>\S+) answers$/u, "appAnswers"],
  [/^the key does not reach the app (?<app>\S+)$/u, "keyFalls"],
  [/^Gupshup does not tell this account's balance$/u, "noBalance"],
  [/^the balance is (?<amount>\S+)$/u, "balance"],
  [/^there is no active one; ours is (?<url>\S+)$/u, "noneActive"],
  [/^none leads to (?<url>\S+)$/u, "noneLeads"],
  [/^events are posted to us$/u, "events"],
  [/^what is stored does not open with SECRET_KEY$/u, "unreadable"],
  [/^the subscription check came back changed$/u, "altered"],
  [/^a signed post reaches us by (?<url>\S+)$/u, "postReaches"],
  [/^a signed post got no answer$/u, "postUnanswered"],
  [/^the subscription check got no answer$/u, "checkUnanswered"],
  [/^a signed post was answered HTTP (?<status>\d+)$/u, "postAnswered"],
  [/^the subscription check was answered HTTP (?<status>\d+)$/u, "checkAnswered"],
] as const;

/** What the doctor found of a number, in the reader's language; null for a sentence that is not known or has no words, which stays. */
export function sayChannelFinding(say: Say<typeof es>, sentence: string): string | null {
  for (const [pattern, key] of SENTENCES) {
    const match = pattern.exec(sentence);
    if (match === null) continue;
    // Noon, so that the day is the same in the reader's time.
    const { number, day, ...rest } = match.groups ?? {};
    return say(`numbers.said.${key}`, {
      ...rest,
      ...(number === undefined ? {} : { number: formatMobile(number) }),
      ...(day === undefined ? {} : { day: formatDay(`${day}T12:00:00`) }),
    });
  }
  return null;
}
