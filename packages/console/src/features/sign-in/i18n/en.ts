import type { Words } from "../../../i18n/words.ts";
import type { es } from "./es.ts";

/** In English. */
export const en: Words<typeof es> = {
  title: "Sign in to Recado",
  login: "Login or e-mail",
  password: "Password",
  enter: "Sign in",
};
