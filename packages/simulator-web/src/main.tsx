import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { setUpTheme } from "./chrome/theme.ts";
import { setUpLanguage } from "./i18n/set-up-language.ts";
import "./theme.css";

setUpTheme();
setUpLanguage();

const root = document.getElementById("root");
if (root === null) {
  throw new Error("the page has no root");
}
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
