import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../ui/icon.tsx";
import { chooseTheme, loadTheme, themes } from "./theme.ts";
import bar from "./top-bar.module.css";

const icons = { system: "system", light: "sun", dark: "moon" } as const;

/** Goes round the themes: the system's, light, dark. */
export function ThemeSwitch() {
  const { t } = useTranslation();
  const [theme, setTheme] = useState(loadTheme);
  const next = themes[(themes.indexOf(theme) + 1) % themes.length] ?? "system";
  return (
    <button
      type="button"
      className={bar.button}
      aria-label={t(`theme.${theme}`)}
      title={t(`theme.${theme}`)}
      data-testid="theme"
      onClick={() => {
        chooseTheme(next);
        setTheme(next);
      }}
    >
      <Icon name={icons[theme]} />
    </button>
  );
}
