import { defineWords } from "../../../i18n/define-words.ts";
import type { es } from "./es.ts";

/** The words of the webhooks' pages. */
export const webhookWords = defineWords<typeof es>("webhooks", {
  es: () => import("./es.ts"),
  en: () => import("./en.ts"),
});
