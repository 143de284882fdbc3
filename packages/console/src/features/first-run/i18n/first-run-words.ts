import { defineWords } from "../../../i18n/define-words.ts";
import type { es } from "./es.ts";

/** The words of the page of first steps. */
export const firstRunWords = defineWords<typeof es>("first-run", {
  es: () => import("./es.ts"),
  en: () => import("./en.ts"),
});
