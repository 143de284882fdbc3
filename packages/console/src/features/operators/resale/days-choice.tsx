import { SegmentedControl } from "@mantine/core";
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
      <DayField
        label={say("resale.from")}
        value={days.from}
        onDay={(from) => take({ ...days, from })}
      />
      <DayField label={say("resale.to")} value={days.to} onDay={(to) => take({ ...days, to })} />
    </div>
  );
}

function DayField(props: { label: string; value: string; onDay(day: string): void }) {
  const { label, value, onDay } = props;
  return (
    <label className={styles.day}>
      <span>{label}</span>
      <input
        type="date"
        required
        min="2020-01-01"
        max="2099-12-31"
        // Uncontrolled, so that a day can be typed; another one given from outside begins anew.
        key={value}
        defaultValue={value}
        onBlur={(event) => onDay(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter") onDay(event.currentTarget.value);
        }}
      />
    </label>
  );
}
