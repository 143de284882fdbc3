import { defineWords } from "../../../i18n/define-words.ts";
import type { es } from "./es.ts";

/** The words of the operators' pages. */
export const operatorWords = defineWords<typeof es>("operators", {
  es: () => import("./es.ts"),
  en: () => import("./en.ts"),
});
