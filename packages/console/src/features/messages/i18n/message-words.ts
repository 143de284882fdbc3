import { defineWords } from "../../../i18n/define-words.ts";
import type { es } from "./es.ts";

/** The words of the messages' pages. */
export const messageWords = defineWords<typeof es>("messages", {
  es: () => import("./es.ts"),
  en: () => import("./en.ts"),
});
