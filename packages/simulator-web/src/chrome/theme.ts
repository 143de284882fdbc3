import { loadSetting, saveSetting } from "../state/local-setting.ts";

/** What the reader can choose; `system` follows the machine. */
export const themes = ["system", "light", "dark"] as const;

export type Theme = (typeof themes)[number];

/** The reader's choice, or `system`. */
export function loadTheme(): Theme {
  return themes.find((theme) => theme === loadSetting("theme")) ?? "system";
}

/** Applies the remembered choice before anything is drawn. */
export function setUpTheme(): void {
  applyTheme(loadTheme());
}

/** Changes the theme and remembers the choice. */
export function chooseTheme(theme: Theme): void {
  saveSetting("theme", theme);
  applyTheme(theme);
}

function applyTheme(theme: Theme): void {
  if (theme === "system") {
    delete document.documentElement.dataset.theme;
  } else {
    document.documentElement.dataset.theme = theme;
  }
}
