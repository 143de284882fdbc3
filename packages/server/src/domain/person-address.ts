import { type Mobile, parseMobile } from "./phone.ts";

/** Country, and up to 128 letters and digits; `ENT` is the form of a whole portfolio (Cloud API, "Business-scoped user IDs"). */
const USER_ID = /^(?<country>[A-Z]{2})\.(?:ENT\.)?[A-Za-z0-9]{1,128}$/u;

/** Whether this is WhatsApp's business-scoped id of a person who hides the number. */
export function isUserId(address: string): boolean {
  return USER_ID.test(address);
}

/** Whether a provider takes such an id for a number: Meta does (`recipient`), Gupshup's destination is a number. */
export function reachesHidden(provider: string): boolean {
  return provider === "meta-cloud";
}

/**
 * Reads where a person who wrote to us is answered: the number, or WhatsApp's own id of whoever hides it. The id says the
 * country, which decides the price. Integrators name numbers only: see {@link parseMobile}.
 */
export function parseAddress(text: string, countries: readonly string[]): Mobile {
  const country = USER_ID.exec(text)?.groups?.country;
  if (country === undefined) return parseMobile(text, countries);
  return countries.includes(country)
    ? { kind: "mobile", digits: text, country }
    : { kind: "invalid" };
}
