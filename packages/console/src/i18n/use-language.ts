import { useTranslation } from "react-i18next";
import { chooseLanguage, currentLanguage, type Language } from "./language.ts";

/** The language of the page, the other one, and the way there. */
export function useLanguage(): { language: Language; other: Language; switchLanguage(): void } {
  useTranslation();
  const language = currentLanguage();
  const other = language === "es" ? "en" : "es";
  return { language, other, switchLanguage: () => void chooseLanguage(other) };
}
