import { tellFailure } from "@recado/contract/plain/tell-failure";
import { currentLanguage } from "../../i18n/language.ts";

/**
 * Why a message, a call to WhatsApp or a number's rest came about, in the language of the page. `reason` is what is stored,
 * which is in Spanish or in the provider's English. Never empty.
 */
export function sayFailure(failure: { code: string | null; reason: string | null }): string {
  return tellFailure(failure, currentLanguage());
}
