import { defineWords } from "../../../i18n/define-words.ts";
import type { es } from "./es.ts";

/** The words of the templates' pages. */
export const templateWords = defineWords<typeof es>("templates", {
  es: () => import("./es.ts"),
  en: () => import("./en.ts"),
});
