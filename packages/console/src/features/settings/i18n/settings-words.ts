import { defineWords } from "../../../i18n/define-words.ts";
import type { es } from "./es.ts";

/** The words of the settings. */
export const settingsWords = defineWords<typeof es>("settings", {
  es: () => import("./es.ts"),
  en: () => import("./en.ts"),
});
