import "@mantine/dates/styles.layer.css";
import "dayjs/locale/es";
import { Input, Popover, TextInput, type TextInputProps } from "@mantine/core";
import { IconCalendar } from "@tabler/icons-react";
import { useId } from "react";
import { shellWords } from "../../i18n/shell-words.ts";
import { DayCalendar } from "./day-calendar.tsx";
import { useDayField } from "./use-day-field.ts";

const FIRST = "2020-01-01";
const LAST = "2099-12-31";
/** Roles and keys are told here, where it is known who has the focus. */
const POPOVER = { position: "bottom-start", withRoles: false, closeOnEscape: false } as const;

type FieldProps = Pick<
  TextInputProps,
  "label" | "description" | "w" | "inputWrapperOrder" | "aria-label"
>;

/**
 * A field for a day, `YYYY-MM-DD`, typed or picked: the browser's own follows the browser's language, so that 04/10 would be two days.
 * Its calendar stands beside it while it is typed in or pointed at; the arrow down leads into it, Escape out of it. Tells of days
 * from `minDate` to `maxDate` only; with `optional` also of none, as `""`.
 */
export function DayField(
  props: FieldProps & {
    value: string;
    optional?: boolean;
    size?: "xs";
    minDate?: string;
    maxDate?: string;
    onDay(day: string): void;
  },
) {
  const { value, optional = false, onDay, minDate = FIRST, maxDate = LAST, ...look } = props;
  const say = shellWords.useWords();
  const dialogId = useId();
  const day = useDayField({ value, optional, minDate, maxDate, onDay });
  const isOpen = day.calendar !== "shut";
  const clear = optional && value !== "" && (
    <Input.ClearButton aria-label={say("date.clear")} onClick={() => day.pick("")} />
  );
  return (
    <Popover {...POPOVER} opened={isOpen} onDismiss={day.shut}>
      <Popover.Target>
        <TextInput
          ref={day.field}
          placeholder={say("date.form")}
          autoComplete="off"
          leftSection={<IconCalendar size={15} stroke={1.7} aria-hidden />}
          leftSectionPointerEvents="none"
          rightSection={clear}
          {...look}
          value={day.text}
          onChange={(event) => day.type(event.currentTarget.value)}
          onClick={day.show}
          onKeyDown={day.press}
          onBlur={day.blur}
          role="combobox"
          aria-haspopup="dialog"
          aria-expanded={isOpen}
          aria-controls={isOpen ? dialogId : undefined}
          // The key that shuts the calendar is not to shut the dialog around it.
          data-mantine-stop-propagation={isOpen || undefined}
        />
      </Popover.Target>
      <Popover.Dropdown
        {...{ ref: day.dialog, id: dialogId, role: "dialog", p: "md" }}
        aria-label={say("date.choose")}
        onBlur={day.blur}
        // Whoever points goes on typing where they were.
        onMouseDown={(event) => event.preventDefault()}
      >
        <DayCalendar
          key={value}
          {...{ value, minDate, maxDate, size: look.size }}
          isEntered={day.calendar === "entered"}
          onPick={day.pick}
          onLeave={day.leave}
        />
      </Popover.Dropdown>
    </Popover>
  );
}
