import { defineWords } from "../../../i18n/define-words.ts";
import type { es } from "./es.ts";

/** The words of people and roles. */
export const peopleWords = defineWords<typeof es>("people", {
  es: () => import("./es.ts"),
  en: () => import("./en.ts"),
});
