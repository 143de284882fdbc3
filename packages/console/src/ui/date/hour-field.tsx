import "@mantine/dates/styles.layer.css";
import { TimePicker } from "@mantine/dates";
import { shellWords } from "../../i18n/shell-words.ts";

/** A field for an hour of the day, `HH:MM` of 24 hours whatever the browser speaks; `""` while it is not whole. */
export function HourField(props: { label: string; value: string; onHour(hour: string): void }) {
  const { label, value, onHour } = props;
  const say = shellWords.useWords();
  return (
    <TimePicker
      format="24h"
      hoursInputLabel={`${label}, ${say("date.hours")}`}
      minutesInputLabel={`${label}, ${say("date.minutes")}`}
      value={value}
      onChange={onHour}
    />
  );
}
