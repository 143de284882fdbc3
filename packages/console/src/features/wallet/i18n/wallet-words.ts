import { defineWords } from "../../../i18n/define-words.ts";
import type { es } from "./es.ts";

/** The words of the wallet's page. */
export const walletWords = defineWords<typeof es>("wallet", {
  es: () => import("./es.ts"),
  en: () => import("./en.ts"),
});
