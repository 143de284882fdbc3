import { type FocusEvent, type KeyboardEvent, useRef, useState } from "react";
import { readDay, writeDay } from "./read-day.ts";

interface Field {
  /** `YYYY-MM-DD`, or `""`. */
  value: string;
  optional: boolean;
  minDate: string;
  maxDate: string;
  onDay(day: string): void;
}

/** What is typed into a field for a day, and how its calendar stands: `entered` when the keys are in it. */
export function useDayField({ value, optional, minDate, maxDate, onDay }: Field) {
  const field = useRef<HTMLInputElement>(null);
  const dialog = useRef<HTMLDivElement>(null);
  /** As it is being typed; null: as the value is. */
  const [typed, setTyped] = useState<string | null>(null);
  const [calendar, setCalendar] = useState<"shut" | "shown" | "entered">("shut");
  const shut = () => setCalendar("shut");
  const leave = () => {
    shut();
    field.current?.focus();
  };
  return {
    ...{ field, dialog, calendar, shut, leave },
    text: typed ?? (value === "" ? "" : writeDay(value)),
    show: () => setCalendar((before) => (before === "shut" ? "shown" : before)),
    pick(day: string) {
      setTyped(null);
      onDay(day);
      leave();
    },
    type(text: string) {
      setTyped(text);
      setCalendar("shown");
      const day = readDay(text);
      if (text.trim() === "" && optional) onDay("");
      else if (day !== null && day >= minDate && day <= maxDate) onDay(day);
    },
    /** A key in the field. */
    press(event: KeyboardEvent) {
      if (event.key === "Escape") shut();
      if (event.key !== "ArrowDown") return;
      event.preventDefault();
      setCalendar("entered");
    },
    /** Of the field and of its calendar: whoever goes elsewhere leaves both. */
    blur({ relatedTarget }: FocusEvent) {
      setTyped(null);
      const stays = relatedTarget === field.current || dialog.current?.contains(relatedTarget);
      if (!stays) shut();
    },
  };
}
