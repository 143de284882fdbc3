import {
  IconKeyboard,
  IconLanguage,
  IconLogout,
  IconPalette,
  IconUserCircle,
} from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { shellWords } from "../i18n/shell-words.ts";
import { useLanguage } from "../i18n/use-language.ts";
import { useSession } from "../session/use-session.ts";
import { useSignOut } from "../session/use-sign-out.ts";
import { openPalette } from "../ui/commands/palette-state.ts";
import { useCommands } from "../ui/commands/use-commands.ts";
import { openShortcutSheet } from "../ui/shortcuts/sheet-state.ts";
import { useShortcuts } from "../ui/shortcuts/use-shortcuts.ts";
import { useTheme } from "../ui/theme/use-theme.ts";
import { placesFor } from "./navigation.ts";

/** Registers what can be done anywhere: going places, theme, language, the keys' sheet, the way out. */
export function useShellCommands(): void {
  const say = shellWords.useWords();
  const session = useSession();
  const navigate = useNavigate();
  const { nextTheme, chooseTheme } = useTheme();
  const { switchLanguage } = useLanguage();
  const signOut = useSignOut();
  const going = useMemo(
    () =>
      placesFor(session).map(({ to, word, icon, key }) => ({
        id: `go${to}`,
        title: say(word),
        group: say("palette.go"),
        icon,
        keys: `g ${key}`,
        run: () => void navigate({ to }),
      })),
    [session, say, navigate],
  );
  const general = { group: say("shell.general") };
  useCommands([
    ...going,
    {
      ...general,
      id: "account",
      icon: IconUserCircle,
      title: say("person.account"),
      run: () => void navigate({ to: "/mi-cuenta" }),
    },
    {
      ...general,
      id: "theme",
      icon: IconPalette,
      title: say("theme.next", { theme: say(`theme.${nextTheme}`) }),
      run: () => chooseTheme(nextTheme),
    },
    {
      ...general,
      id: "language",
      icon: IconLanguage,
      title: say("language.switch"),
      run: switchLanguage,
    },
    {
      ...general,
      id: "shortcuts",
      icon: IconKeyboard,
      title: say("shortcuts.title"),
      keys: "?",
      run: openShortcutSheet,
    },
    { ...general, id: "sign-out", icon: IconLogout, title: say("person.signOut"), run: signOut },
  ]);
  useShortcuts([
    ...going,
    {
      ...general,
      keys: "mod+k",
      title: say("palette.open"),
      evenWhileTyping: true,
      run: openPalette,
    },
    { ...general, keys: "?", title: say("shortcuts.title"), run: openShortcutSheet },
  ]);
}
