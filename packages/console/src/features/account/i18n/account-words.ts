import { defineWords } from "../../../i18n/define-words.ts";
import type { es } from "./es.ts";

/** The words of one's own account. */
export const accountWords = defineWords<typeof es>("account", {
  es: () => import("./es.ts"),
  en: () => import("./en.ts"),
});
