import { createRequire } from "node:module";
import type { CountryCode } from "libphonenumber-js/max";

/** What a caller's `mobile` comes to. `invalid` answers 4. */
export type Mobile =
  | {
      kind: "mobile";
      /** Country prefix and number, digits only, as WhatsApp wants it; of whoever hides it, WhatsApp's id. */
      digits: string;
      /** ISO 3166 alpha-2. */
      country: string;
    }
  | { kind: "invalid" };

const COLOMBIA = /^57\d{10}$/u;

/** ITU-T E.164 §6.2.1: at most 15 digits; shorter than 7 is no subscriber anywhere. */
const INTERNATIONAL = /^[1-9]\d{6,14}$/u;

/**
 * Reads a recipient's number. For Colombia it is `57` and ten digits, as the manual says and no more; for
 * any other of the given countries (ISO alpha-2) it must be a valid number there. White space around it is
 * forgiven, anything else besides digits (`+`, dashes, inner blanks) is not.
 */
export function parseMobile(text: string, countries: readonly string[]): Mobile {
  const digits = text.trim();
  if (countries.includes("CO") && COLOMBIA.test(digits)) {
    return { kind: "mobile", digits, country: "CO" };
  }
  const others = countries.filter((country) => country !== "CO");
  if (others.length === 0 || !INTERNATIONAL.test(digits)) return { kind: "invalid" };
  const number = loadPhoneRules().parsePhoneNumberFromString(`+${digits}`);
  const country: CountryCode | undefined = number?.country;
  // A number written with a trunk prefix (54 9 0…) parses to other digits than were given.
  if (!number?.isValid() || country === undefined || number.number !== `+${digits}`) {
    return { kind: "invalid" };
  }
  return others.includes(country) ? { kind: "mobile", digits, country } : { kind: "invalid" };
}

/** Whether this is the ISO 3166 code of a country that telephones have. */
export function isPhoneCountry(code: string): boolean {
  return code === "CO" || loadPhoneRules().isSupportedCountry(code);
}

/** The country of an address that was accepted once; `*` for what is none. */
export function findCountry(digits: string): string {
  // WhatsApp's id of whoever hides the number begins with it.
  if (/^[A-Z]{2}\./u.test(digits)) return digits.slice(0, 2);
  if (COLOMBIA.test(digits)) return "CO";
  if (!INTERNATIONAL.test(digits)) return "*";
  return loadPhoneRules().parsePhoneNumberFromString(`+${digits}`)?.country ?? "*";
}

const require = createRequire(import.meta.url);

/** Loaded when it is needed: the rules of all countries take memory that Colombia alone does not. */
function loadPhoneRules(): typeof import("libphonenumber-js/max") {
  return require("libphonenumber-js/max") as typeof import("libphonenumber-js/max");
}
