import { useTranslation } from "react-i18next";
import { isTroubled } from "../behaviour/behaviour-presets.ts";
import { usePageState } from "../state/session-context.ts";
import { classes } from "../ui/classes.ts";
import { Icon } from "../ui/icon.tsx";
import { LanguageSwitch } from "./language-switch.tsx";
import { LiveSign } from "./live-sign.tsx";
import { Logo } from "./logo.tsx";
import { ThemeSwitch } from "./theme-switch.tsx";
import styles from "./top-bar.module.css";

interface TopBarProps {
  /** The webhooks stand beside the telephones; the reader may fold them away on a wide screen. */
  panelShown: boolean;
  onPanel: () => void;
  onHelp: () => void;
  onBehaviour: () => void;
}

/** The page's head: whose it is, whether it is live, and its few switches. */
export function TopBar({ panelShown, onPanel, onHelp, onBehaviour }: TopBarProps) {
  const { t } = useTranslation();
  const { behaviour } = usePageState();
  const troubled = behaviour !== null && isTroubled(behaviour);
  return (
    <header className={styles.bar}>
      <Logo />
      <span className={styles.gap} />
      <LiveSign />
      <button
        type="button"
        className={classes(styles.button, troubled && styles.troubled)}
        disabled={behaviour === null}
        aria-label={troubled ? t("behaviour.changed") : t("behaviour.open")}
        data-testid="behaviour"
        onClick={onBehaviour}
      >
        <Icon name="sliders" />
        <span className={styles.wide}>
          {troubled ? t("behaviour.changed") : t("behaviour.open")}
        </span>
      </button>
      <button
        type="button"
        className={styles.button}
        aria-label={t("help.open")}
        title={t("help.open")}
        onClick={onHelp}
      >
        <Icon name="help" />
      </button>
      <ThemeSwitch />
      <LanguageSwitch />
      <button
        type="button"
        className={classes(styles.button, styles.onlyWide)}
        aria-pressed={panelShown}
        aria-label={panelShown ? t("hooks.hide") : t("hooks.show")}
        title={panelShown ? t("hooks.hide") : t("hooks.show")}
        onClick={onPanel}
      >
        <Icon name="panel" />
      </button>
    </header>
  );
}
