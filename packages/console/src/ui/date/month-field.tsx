import "@mantine/dates/styles.layer.css";
import "dayjs/locale/es";
import { MonthPickerInput } from "@mantine/dates";
import { IconCalendar } from "@tabler/icons-react";
import { useCalendarWords } from "./use-calendar-words.ts";

const FIRST = "2020-01-01";
const LAST = "2099-12-01";
const MONTH_LENGTH = "2026-11".length;

/** A field for a month, `YYYY-MM`, in the page's language. */
export function MonthField(props: { label: string; value: string; onMonth(month: string): void }) {
  const { label, value, onMonth } = props;
  const { say, calendar } = useCalendarWords();
  return (
    <MonthPickerInput
      label={label}
      minDate={FIRST}
      maxDate={LAST}
      leftSection={<IconCalendar size={15} stroke={1.7} aria-hidden />}
      leftSectionPointerEvents="none"
      {...calendar}
      valueFormat={say("date.month")}
      value={`${value}-01`}
      onChange={(month) => month !== null && onMonth(month.slice(0, MONTH_LENGTH))}
    />
  );
}
