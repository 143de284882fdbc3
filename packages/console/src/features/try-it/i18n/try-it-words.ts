import { defineWords } from "../../../i18n/define-words.ts";
import type { es } from "./es.ts";

/** The words of the "try it" page. */
export const tryItWords = defineWords<typeof es>("try-it", {
  es: () => import("./es.ts"),
  en: () => import("./en.ts"),
});
