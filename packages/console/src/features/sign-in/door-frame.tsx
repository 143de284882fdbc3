import { ActionIcon, Button } from "@mantine/core";
import { IconDeviceDesktop, IconMoon, IconSun } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { shellWords } from "../../i18n/shell-words.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { Logo } from "../../ui/logo.tsx";
import { useTheme } from "../../ui/theme/use-theme.ts";
import { Toasts } from "../../ui/toast/toasts.tsx";
import styles from "./door-frame.module.css";

const themeIcons = { light: IconSun, dark: IconMoon, auto: IconDeviceDesktop } as const;

/** The frame of all pages before the door: the mark, one card's worth of form, and at the foot language and theme. */
export function DoorFrame({ children }: { children: ReactNode }) {
  const say = shellWords.useWords();
  const { other, switchLanguage } = useLanguage();
  const { theme, nextTheme, chooseTheme } = useTheme();
  const Icon = themeIcons[theme];
  return (
    <div className={styles.door}>
      <main className={styles.card}>
        <div className={styles.mark}>
          <Logo named size={30} />
        </div>
        {children}
      </main>
      <footer className={styles.foot}>
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          onClick={switchLanguage}
          lang={other}
          data-testid="language"
        >
          {say("language.other")}
        </Button>
        <ActionIcon
          size={28}
          onClick={() => chooseTheme(nextTheme)}
          aria-label={say("theme.next", { theme: say(`theme.${nextTheme}`) })}
          data-testid="theme"
          data-theme={theme}
        >
          <Icon size={16} stroke={1.6} />
        </ActionIcon>
      </footer>
      <Toasts />
    </div>
  );
}
