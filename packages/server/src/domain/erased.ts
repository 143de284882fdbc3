import { findCountry } from "./phone.ts";

/** What stands for a person once its data were erased: no number, and nobody's address. */
export const ERASED_MOBILE = "erased";

/** What stands in a webhook's body then. */
export const ERASED_BODY = '{"type":"erased"}';

/** What stands in `messages.mobile` then, such as `erased-CO`: the country stays, since what is owed for a message hangs on it. */
export function eraseMobile(mobile: string): string {
  const country = findCountry(mobile);
  return country === "*" ? ERASED_MOBILE : `${ERASED_MOBILE}-${country}`;
}

/** Whether the person's data were erased. */
export function isErasedMobile(mobile: string): boolean {
  return mobile === ERASED_MOBILE || mobile.startsWith(`${ERASED_MOBILE}-`);
}

/** As {@link findCountry}, of a message whose person's data may have been erased. */
export function findMessageCountry(mobile: string): string {
  if (!isErasedMobile(mobile)) return findCountry(mobile);
  return mobile.slice(ERASED_MOBILE.length + 1) || "*";
}
