import type { CONSOLE_OPERATIONS } from "@recado/contract/console/operations";
import { useLayoutEffect } from "react";
import { callConsole } from "../api/call.ts";
import type { CallOf } from "../api/operation.ts";
import { chooseLanguage, currentLanguage, type Language } from "../i18n/language.ts";
import { useTheme } from "../ui/theme/use-theme.ts";
import type { Session } from "./session.ts";
import { useSession } from "./use-session.ts";

/*
 * Language and colours are a person's, and a browser remembers the last ones that were used in it. Whoever comes to a new browser
 * finds it as they left theirs; what they change here they find everywhere.
 */

type SetPreferences = typeof CONSOLE_OPERATIONS.setMyPreferences;
type Preferences = CallOf<SetPreferences> extends { body: infer Body } ? Body : never;

let appliedTo = "";

/** Speaks the language that the person chose, before anything is drawn; once for each session, so that a later choice stands. */
export async function applySavedLanguage({ session_id, person }: Session): Promise<void> {
  if (appliedTo === session_id) return;
  appliedTo = session_id;
  if (person.locale === null || person.locale === currentLanguage()) return;
  // Without these words the page is still of use in the language of the browser.
  await chooseLanguage(person.locale).catch(() => undefined);
}

/** Shows the colours that the person chose, once for each session. */
export function useSavedTheme(): void {
  const { session_id, person } = useSession();
  const { chooseTheme } = useTheme();
  const { theme } = person;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is chosen later in this browser must stand.
  useLayoutEffect(() => {
    if (theme !== null) chooseTheme(theme);
  }, [session_id]);
}

/** Changes language and colours: this browser at once, the person's other browsers when they next come. */
export function useLook() {
  const { theme, nextTheme, chooseTheme } = useTheme();
  return {
    theme,
    nextTheme,
    chooseTheme(wish: typeof theme) {
      chooseTheme(wish);
      remember({ theme: wish });
    },
    chooseLanguage(language: Language) {
      void chooseLanguage(language);
      remember({ locale: language });
    },
  };
}

/** Nothing is lost when it cannot be told: this browser has changed already. */
function remember(body: Preferences): void {
  const call = { method: "PATCH", path: "/me/preferences", body } as const;
  void callConsole<SetPreferences>(call).catch(() => undefined);
}
