import { defineWords } from "../../../i18n/define-words.ts";
import type { es } from "./es.ts";

/** The words of the page that organises the inbox. */
export const inboxSettingsWords = defineWords<typeof es>("inbox-settings", {
  es: () => import("./es.ts"),
  en: () => import("./en.ts"),
});
