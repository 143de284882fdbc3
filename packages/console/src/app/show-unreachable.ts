import { currentLanguage } from "../i18n/language.ts";

/** The only words that do not come from the server by themselves: they say that it cannot be reached. */
const WORDS = {
  es: {
    title: "No se puede cargar por ahora",
    text: "No hay conexión con el servidor. Revise su red e intente de nuevo.",
    again: "Intentar de nuevo",
  },
  en: {
    title: "It cannot be loaded for now",
    text: "The server cannot be reached. Check your network and try again.",
    again: "Try again",
  },
};

/** Says that the console's files could not be fetched, in the browser's language, with a way to try again. */
export function showUnreachable(root: HTMLElement): void {
  const { title, text, again } = WORDS[currentLanguage()];
  const box = document.createElement("main");
  box.className = "unreachable";
  box.setAttribute("role", "alert");
  const head = document.createElement("h1");
  head.textContent = title;
  const words = document.createElement("p");
  words.textContent = text;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = again;
  button.addEventListener("click", () => location.reload());
  addEventListener("online", () => location.reload());
  box.append(head, words, button);
  root.replaceChildren(box);
}
