import { Calendar, type CalendarLevel } from "@mantine/dates";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { formatWholeDay } from "../format/format-time.ts";
import { dayAgo } from "./day-ago.ts";
import styles from "./day-field.module.css";
import { keepWithin, stepDay } from "./step-day.ts";
import { useCalendarWords } from "./use-calendar-words.ts";

/** What of the calendar the arrows walk in. */
const GRID = { month: { role: "grid" } };
const MONTH_LENGTH = "2026-11".length;
const YEAR_LENGTH = "2026".length;
const STOPS = "button:not(:disabled, [tabindex='-1'])";

interface CalendarProps {
  /** `YYYY-MM-DD`, or `""`. */
  value: string;
  minDate: string;
  maxDate: string;
  size?: "xs" | undefined;
  /** The keys are in it. */
  isEntered: boolean;
  onPick(day: string): void;
  onLeave(): void;
}

/**
 * The calendar of a field for a day. A pointer uses it beside the field, which keeps the focus; `isEntered` brings the focus to the
 * chosen day. From there keys lead through it ({@link stepDay}), Tab stays within, Enter picks and Escape leaves.
 */
export function DayCalendar(props: CalendarProps) {
  const { value, minDate, maxDate, size, onPick } = props;
  const { calendar } = useCalendarWords();
  const { box, day, setDay, level, setLevel, press } = useWalk(props);
  const isWithin = (span: string, length: number) =>
    value !== "" && span.slice(0, length) === value.slice(0, length);
  return (
    <Calendar
      ref={box}
      {...calendar}
      {...{ minDate, maxDate, level }}
      {...(size === undefined ? {} : { size })}
      classNames={{ day: styles.day }}
      attributes={GRID}
      date={day}
      onDateChange={(shown) => setDay(keepWithin(shown, minDate, maxDate))}
      onLevelChange={setLevel}
      getDayAriaLabel={formatWholeDay}
      getDayProps={(each) => ({
        "data-day": each,
        selected: each === value,
        onClick: () => onPick(each),
        ...(each === value ? { "aria-pressed": true } : {}),
        ...(each === dayAgo(0) ? { "aria-current": "date" } : {}),
      })}
      getMonthControlProps={(month) => ({ selected: isWithin(month, MONTH_LENGTH) })}
      getYearControlProps={(year) => ({ selected: isWithin(year, YEAR_LENGTH) })}
      enableKeyboardNavigation={false}
      onKeyDownCapture={press}
      // The key that shuts the calendar is not to shut the dialog around it.
      __stopPropagation
    />
  );
}

/** What the calendar shows, and how keys lead through it. */
function useWalk({ value, minDate, maxDate, isEntered, onLeave }: CalendarProps) {
  const box = useRef<HTMLDivElement>(null);
  const [day, setDay] = useState(() => keepWithin(value || dayAgo(0), minDate, maxDate));
  const [level, setLevel] = useState<CalendarLevel>("month");
  const focus = (path: string) =>
    box.current?.querySelector<HTMLElement>(path)?.focus({ preventScroll: true });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a month or level that is drawn anew takes the focus away with the old one.
  useEffect(() => {
    if (!isEntered || box.current?.contains(document.activeElement)) return;
    focus(`[data-day="${day}"], [data-picker-control][tabindex="0"]`);
  }, [isEntered, day, level]);
  const walk = (wanted: string) => {
    const next = keepWithin(wanted, minDate, maxDate);
    flushSync(() => setDay(next));
    focus(`[data-day="${next}"]`);
  };
  const press = (event: KeyboardEvent<HTMLDivElement>) => {
    const { key, shiftKey, target, currentTarget } = event;
    const from = target instanceof HTMLElement ? target.dataset.day : undefined;
    const isOther = from === undefined || event.ctrlKey || event.metaKey || event.altKey;
    const next = isOther ? null : stepDay(from, event);
    if (key === "Escape") onLeave();
    else if (key === "Tab") walkStops(currentTarget, { from: target, isBack: shiftKey });
    else if (next !== null) walk(next);
    else return;
    event.preventDefault();
    // The calendar's own arrows know nothing of the months beside the one that is shown.
    event.stopPropagation();
  };
  return { box, day, setDay, level, setLevel, press };
}

/** Brings the focus to the next stop, after the last to the first. Of the days one is a stop, wherever among them the focus is. */
function walkStops(
  within: HTMLElement,
  { from, isBack }: { from: EventTarget; isBack: boolean },
): void {
  const stops = [...within.querySelectorAll<HTMLElement>(STOPS)];
  const isDay = (at: EventTarget) => at instanceof HTMLElement && at.dataset.day !== undefined;
  const at = stops.findIndex((stop) => stop === from || (isDay(stop) && isDay(from)));
  stops.at((at + (isBack ? -1 : 1)) % stops.length)?.focus();
}
