import { useMemo } from "react";
import { currentLanguage } from "../../i18n/language.ts";
import { shellWords } from "../../i18n/shell-words.ts";

/** What every calendar of the console has in common: its language, the names of its buttons. */
export function useCalendarWords() {
  const say = shellWords.useWords();
  const calendar = useMemo(
    () => ({
      locale: currentLanguage(),
      hideOutsideDates: true,
      ariaLabels: {
        previousMonth: say("date.previousMonth"),
        nextMonth: say("date.nextMonth"),
        previousYear: say("date.previousYear"),
        nextYear: say("date.nextYear"),
        previousDecade: say("date.previousYears"),
        nextDecade: say("date.nextYears"),
      },
    }),
    [say],
  );
  return { say, calendar };
}
