import { defineWords } from "./define-words.ts";
import type { es } from "./es.ts";

/** The words of the shell and of what all pages share. */
export const shellWords = defineWords<typeof es>("shell", {
  es: () => import("./es.ts"),
  en: () => import("./en.ts"),
});
