import { defineWords } from "../../../i18n/define-words.ts";
import type { es } from "./es.ts";

/** The words of the pages for who is not signed in. */
export const signInWords = defineWords<typeof es>("sign-in", {
  es: () => import("./es.ts"),
  en: () => import("./en.ts"),
});
