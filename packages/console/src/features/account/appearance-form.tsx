import { SegmentedControl } from "@mantine/core";
import { shellWords } from "../../i18n/shell-words.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { useLook } from "../../session/saved-look.ts";
import styles from "./account-page.module.css";
import { accountWords } from "./i18n/account-words.ts";

const themes = ["auto", "light", "dark"] as const;

/** Language and theme. This browser changes at once; the account remembers them when it can be reached. */
export function AppearanceForm() {
  const say = accountWords.useWords();
  const shell = shellWords.useWords();
  const { language } = useLanguage();
  const { theme, chooseTheme, chooseLanguage } = useLook();
  return (
    <div className={styles.form}>
      <SegmentedControl
        aria-label={say("theme")}
        value={theme}
        data={themes.map((value) => ({ value, label: shell(`theme.${value}`) }))}
        onChange={chooseTheme}
      />
      <SegmentedControl
        aria-label={say("language")}
        value={language}
        data={[
          { value: "es", label: "Español" },
          { value: "en", label: "English" },
        ]}
        onChange={chooseLanguage}
      />
    </div>
  );
}
