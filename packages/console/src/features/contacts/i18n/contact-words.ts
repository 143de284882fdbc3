import { defineWords } from "../../../i18n/define-words.ts";
import type { es } from "./es.ts";

/** The words of the contacts' pages. */
export const contactWords = defineWords<typeof es>("contacts", {
  es: () => import("./es.ts"),
  en: () => import("./en.ts"),
});
