import { isPhoneCountry } from "../domain/phone.ts";
import { AppError } from "../platform/app-error.ts";

/** Refuses with the field at fault. */
export function refuseField(path: string, message: string): never {
  throw new AppError("invalid_request", {
    message: `${path}: ${message}`,
    errors: [{ path, message }],
  });
}

/** Trims a name; refuses a blank one and one over 200 characters or with control characters. */
export function checkName(path: string, text: string): string {
  const name = text.trim();
  if (name === "" || name.length > 200 || /\p{Cc}/u.test(name)) {
    refuseField(path, "must have 1 to 200 printable characters");
  }
  return name;
}

/** Refuses what is not an ISO 3166 code of a country that telephones have, such as `CO`. */
export function checkCountry(path: string, code: string): string {
  if (!isPhoneCountry(code)) refuseField(path, `${code} is no ISO code of a country, such as CO`);
  return code;
}

/** Refuses what is not an ISO 4217 code by its shape, such as `COP`. */
export function checkCurrency(path: string, code: string): string {
  if (!/^[A-Z]{3}$/u.test(code)) refuseField(path, "must be an ISO code of three capitals: COP");
  return code;
}

/** Refuses a time zone that this machine's tables do not have, and bare offsets, which know no summer. */
export function checkTimeZone(path: string, zone: string): string {
  try {
    if (!/^[A-Za-z]/u.test(zone)) throw new RangeError("an offset");
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return zone;
  } catch {
    return refuseField(path, `${zone} is no time zone, such as America/Bogota`);
  }
}

/** Refuses what is not a whole number between two bounds, both included. */
export function checkBetween(
  path: string,
  value: number,
  bounds: { min: number; max: number },
): number {
  if (!Number.isInteger(value) || value < bounds.min || value > bounds.max) {
    refuseField(path, `must be a whole number from ${bounds.min} to ${bounds.max}`);
  }
  return value;
}
