import {
  IconDeviceDesktop,
  IconKeyboard,
  IconLanguage,
  IconLogout,
  IconMoon,
  IconSun,
  IconUserCircle,
  type TablerIcon,
} from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { shellWords } from "../i18n/shell-words.ts";
import { useLanguage } from "../i18n/use-language.ts";
import { useLook } from "../session/saved-look.ts";
import { useSignOut } from "../session/use-sign-out.ts";
import { openShortcutSheet } from "../ui/shortcuts/sheet-state.ts";

/** Something in the menu of the person who is signed in. */
export interface PersonEntry {
  id: "account" | "theme" | "language" | "shortcuts" | "sign-out";
  icon: TablerIcon;
  title: string;
  /** How it stands now. */
  state?: string;
  /** Choosing it changes how the page looks, and may be done again at once. */
  stays?: boolean;
  run(): void;
}

const themeIcons = { light: IconSun, dark: IconMoon, auto: IconDeviceDesktop } as const;

/** What the person's menu holds, at the rail and in a telephone's drawer. */
export function usePersonEntries(): PersonEntry[] {
  const say = shellWords.useWords();
  const navigate = useNavigate();
  const { theme, nextTheme, chooseTheme, chooseLanguage } = useLook();
  const { other } = useLanguage();
  const signOut = useSignOut();
  return [
    {
      id: "account",
      icon: IconUserCircle,
      title: say("person.account"),
      run: () => void navigate({ to: "/mi-cuenta" }),
    },
    {
      id: "theme",
      icon: themeIcons[theme],
      title: say("theme.title"),
      state: say(`theme.${theme}`),
      stays: true,
      run: () => chooseTheme(nextTheme),
    },
    {
      id: "language",
      icon: IconLanguage,
      title: say("language.title"),
      state: say("language.current"),
      stays: true,
      run: () => chooseLanguage(other),
    },
    {
      id: "shortcuts",
      icon: IconKeyboard,
      title: say("shortcuts.title"),
      state: "?",
      run: openShortcutSheet,
    },
    { id: "sign-out", icon: IconLogout, title: say("person.signOut"), run: signOut },
  ];
}
