import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { loadSetting, saveSetting } from "../ui/local-setting.ts";

/** The console's languages, the first one for whoever speaks neither. */
export const languages = ["es", "en"] as const;

/** One of {@link languages}. */
export type Language = (typeof languages)[number];

type Loader = (language: Language) => Promise<unknown>;
const loaded = new Map<string, Loader>();

/** Makes the words ready: the reader's earlier choice, else the browser's first language that we speak, else Spanish. */
export async function setUpLanguage(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: findLanguage(loadSetting("language"), navigator.languages),
    fallbackLng: false,
    resources: {},
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  });
  document.documentElement.lang = currentLanguage();
}

/** The language in which the page speaks at this moment. */
export function currentLanguage(): Language {
  return i18next.language === "en" ? "en" : "es";
}

/** Changes the page's language once all words in use are there, and remembers the choice. */
export async function chooseLanguage(language: Language): Promise<void> {
  saveSetting("language", language);
  await Promise.all([...loaded].map(([name, load]) => loadNamespace(name, language, load)));
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

/** Fetches the words of a namespace unless they are there. */
export async function loadNamespace(name: string, language: Language, load: Loader): Promise<void> {
  loaded.set(name, load);
  if (i18next.hasResourceBundle(language, name)) return;
  i18next.addResourceBundle(language, name, await load(language));
}

function findLanguage(saved: string | null, spoken: readonly string[]): Language {
  const wanted = [saved ?? "", ...spoken].map((tag) => tag.slice(0, 2).toLowerCase());
  return wanted.flatMap((tag) => languages.filter((each) => each === tag))[0] ?? "es";
}
