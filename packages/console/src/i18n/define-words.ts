import i18next from "i18next";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { currentLanguage, type Language, loadNamespace } from "./language.ts";
import type { Say, Words } from "./words.ts";

/** The words of one feature. */
export interface FeatureWords<T> {
  /** Fetches them in the current language; a route's `loader` waits for it, so that no page shows keys. */
  load(): Promise<void>;
  /** Gives the words to a component, which is drawn anew when the language changes. */
  useWords(): Say<T>;
  /** The same outside of components. */
  say: Say<T>;
}

/**
 * Declares a feature's words, fetched when they are needed:
 * `defineWords<typeof es>("people", { es: () => import("./es.ts"), en: () => import("./en.ts") })`, where the files export
 * `es` and `en`, and `en` is declared as `Words<typeof es>`.
 */
export function defineWords<T extends object>(
  name: string,
  files: { es(): Promise<{ es: T }>; en(): Promise<{ en: Words<T> }> },
): FeatureWords<T> {
  const fetchWords = async (language: Language) =>
    language === "es" ? (await files.es()).es : (await files.en()).en;
  const say: Say<T> = (key, values) => look(key, { ns: name, ...values });
  return {
    load: () => loadNamespace(name, currentLanguage(), fetchWords),
    useWords() {
      const { language } = useTranslation(name).i18n;
      // A new function with every language, so that what is remembered by it is drawn anew.
      return useCallback(
        (key, values) => look(key, { ns: name, lng: language, ...values }),
        [language, name],
      );
    },
    say,
  };
}

/** The library would type its keys by one global table; ours are typed by feature. */
const look = i18next.t as (key: string, options: object) => string;
