import { defineWords } from "../../../i18n/define-words.ts";
import type { es } from "./es.ts";

/** The words of tokens. */
export const tokenWords = defineWords<typeof es>("tokens", {
  es: () => import("./es.ts"),
  en: () => import("./en.ts"),
});
