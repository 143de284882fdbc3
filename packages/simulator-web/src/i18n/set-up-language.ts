import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { loadSetting, saveSetting } from "../state/local-setting.ts";
import { en } from "./en.ts";
import { es } from "./es.ts";

/** The page's languages, the first one for whoever speaks neither. */
export const languages = ["es", "en"] as const;

export type Language = (typeof languages)[number];

/** Makes the words ready: the reader's earlier choice, else the browser's first language that we speak, else Spanish. */
export function setUpLanguage(): void {
  void i18next.use(initReactI18next).init({
    lng: findLanguage(loadSetting("language"), navigator.languages),
    fallbackLng: "es",
    resources: { es: { translation: es }, en: { translation: en } },
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  announceLanguage(i18next.language);
  i18next.on("languageChanged", announceLanguage);
}

/** Changes the page's language and remembers the choice. */
export function chooseLanguage(language: Language): void {
  saveSetting("language", language);
  void i18next.changeLanguage(language);
}

function findLanguage(saved: string | null, spoken: readonly string[]): Language {
  const wanted = [saved ?? "", ...spoken].map((tag) => tag.slice(0, 2).toLowerCase());
  const known = wanted.flatMap((tag) => languages.filter((language) => language === tag));
  return known[0] ?? "es";
}

function announceLanguage(language: string): void {
  document.documentElement.lang = language;
  document.title = i18next.t("page.title");
}
