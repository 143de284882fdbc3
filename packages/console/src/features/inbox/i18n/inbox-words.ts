import { defineWords } from "../../../i18n/define-words.ts";
import type { es } from "./es.ts";

/** The words of the inbox. */
export const inboxWords = defineWords<typeof es>("inbox", {
  es: () => import("./es.ts"),
  en: () => import("./en.ts"),
});
