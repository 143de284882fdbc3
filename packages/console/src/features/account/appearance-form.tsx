import { SegmentedControl } from "@mantine/core";
import { chooseLanguage } from "../../i18n/language.ts";
import { shellWords } from "../../i18n/shell-words.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { useTheme } from "../../ui/theme/use-theme.ts";
import styles from "./account-page.module.css";
import { accountWords } from "./i18n/account-words.ts";
import { setPreferences } from "./own-calls.ts";

const themes = ["auto", "light", "dark"] as const;

/** Language and theme. This browser changes at once; the account remembers them when it can be reached. */
export function AppearanceForm() {
  const say = accountWords.useWords();
  const shell = shellWords.useWords();
  const { language } = useLanguage();
  const { theme, chooseTheme } = useTheme();
  // Nothing is lost when it cannot be told: this browser has changed already.
  const remember = (wish: Parameters<typeof setPreferences>[0]) =>
    void setPreferences(wish).catch(() => undefined);
  return (
    <div className={styles.form}>
      <SegmentedControl
        aria-label={say("theme")}
        value={theme}
        data={themes.map((value) => ({ value, label: shell(`theme.${value}`) }))}
        onChange={(value) => {
          chooseTheme(value);
          remember({ theme: value });
        }}
      />
      <SegmentedControl
        aria-label={say("language")}
        value={language}
        data={[
          { value: "es", label: "Español" },
          { value: "en", label: "English" },
        ]}
        onChange={(value) => {
          void chooseLanguage(value);
          remember({ locale: value });
        }}
      />
    </div>
  );
}
