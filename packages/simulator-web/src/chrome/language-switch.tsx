import { useTranslation } from "react-i18next";
import { chooseLanguage, languages } from "../i18n/set-up-language.ts";
import styles from "./language-switch.module.css";

/** Spanish or English, both always in sight. */
export function LanguageSwitch() {
  const { t, i18n } = useTranslation();
  return (
    <fieldset className={styles.switch}>
      <legend className="visually-hidden">{t("language.label")}</legend>
      {languages.map((language) => (
        <button
          key={language}
          type="button"
          lang={language}
          aria-pressed={i18n.language === language}
          onClick={() => chooseLanguage(language)}
        >
          {language.toUpperCase()}
          <span className="visually-hidden"> {t(`language.${language}`)}</span>
        </button>
      ))}
    </fieldset>
  );
}
