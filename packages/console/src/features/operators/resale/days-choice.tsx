import { SegmentedControl } from "@mantine/core";
import { DayField } from "../../../ui/date/day-field.tsx";
import { operatorWords } from "../i18n/operator-words.ts";
import styles from "../operators.module.css";
import { countDays, daysOf, NAMED_DAYS, type NamedDays } from "./named-days.ts";
import type { Days } from "./resale-calls.ts";

const DAYS_MAX = 366;
/** No choice of the control. */
const OWN = "";

/** Which days a page tells of: by a name, or from one day to another. What is no span is not taken. */
export function DaysChoice({ days, onDays }: { days: Days; onDays(days: Days): void }) {
  const say = operatorWords.useWords();
  const nowMs = Date.now();
  const named = NAMED_DAYS.find((name) => {
    const known = daysOf(name, nowMs);
    return known.from === days.from && known.to === days.to;
  });
  const take = (wanted: Days) => {
    const count = countDays(wanted);
    if (count >= 1 && count <= DAYS_MAX) onDays(wanted);
  };
  return (
    <div className={styles.bar} data-testid="days">
      <SegmentedControl
        aria-label={say("resale.days")}
        size="xs"
        value={named ?? OWN}
        data={NAMED_DAYS.map((value) => ({ value, label: say(`resale.named.${value}`) }))}
        onChange={(name) => onDays(daysOf(name as NamedDays, nowMs))}
      />
      <Day label={say("resale.from")} value={days.from} onDay={(from) => take({ ...days, from })} />
      <Day label={say("resale.to")} value={days.to} onDay={(to) => take({ ...days, to })} />
    </div>
  );
}

function Day(props: { label: string; value: string; onDay(day: string): void }) {
  const { label, value, onDay } = props;
  return (
    <span className={styles.day}>
      <span aria-hidden="true">{label}</span>
      <DayField aria-label={label} size="xs" w={118} value={value} onDay={onDay} />
    </span>
  );
}
