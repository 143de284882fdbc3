import { defineWords } from "../../../i18n/define-words.ts";
import type { es } from "./es.ts";

/** The words of the audit trail. */
export const auditWords = defineWords<typeof es>("audit", {
  es: () => import("./es.ts"),
  en: () => import("./en.ts"),
});
