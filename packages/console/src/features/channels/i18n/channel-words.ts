import { defineWords } from "../../../i18n/define-words.ts";
import type { es } from "./es.ts";

/** The words of the numbers' page. */
export const channelWords = defineWords<typeof es>("channels", {
  es: () => import("./es.ts"),
  en: () => import("./en.ts"),
});
