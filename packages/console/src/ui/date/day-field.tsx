import "@mantine/dates/styles.layer.css";
import "dayjs/locale/es";
import { DateInput, type DateInputProps } from "@mantine/dates";
import { IconCalendar } from "@tabler/icons-react";
import { useState } from "react";
import styles from "./day-field.module.css";
import { readDay, writeDay } from "./read-day.ts";
import { useCalendarWords } from "./use-calendar-words.ts";

const FIRST = "2020-01-01";
const LAST = "2099-12-31";

type FieldProps = Pick<
  DateInputProps,
  | "label"
  | "description"
  | "size"
  | "w"
  | "minDate"
  | "maxDate"
  | "inputWrapperOrder"
  | "aria-label"
>;

/**
 * A field for a day, `YYYY-MM-DD`, typed or picked: the browser's own follows the browser's language, so that 04/10 would be two days.
 * Tells of days only; with `optional` also of none, as `""`.
 */
export function DayField(
  props: FieldProps & { value: string; optional?: boolean; onDay(day: string): void },
) {
  const { value, optional = false, onDay, ...rest } = props;
  const { say, calendar } = useCalendarWords();
  const [isOpen, setOpen] = useState(false);
  return (
    <DateInput
      minDate={FIRST}
      maxDate={LAST}
      placeholder={say("date.form")}
      leftSection={<IconCalendar size={15} stroke={1.7} aria-hidden />}
      leftSectionPointerEvents="none"
      classNames={{ day: styles.day }}
      {...calendar}
      {...rest}
      value={value === "" ? null : value}
      clearable={optional}
      clearButtonProps={{ "aria-label": say("date.clear") }}
      valueFormat={writeDay}
      dateParser={readDay}
      onChange={(day) => {
        if (day !== null || optional) onDay(day ?? "");
      }}
      popoverProps={{ onOpen: () => setOpen(true), onClose: () => setOpen(false) }}
      // The key that shuts the calendar is not to shut the dialog around it.
      data-mantine-stop-propagation={isOpen || undefined}
    />
  );
}
