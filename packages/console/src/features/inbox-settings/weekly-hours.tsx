import { Checkbox } from "@mantine/core";
import { HourField } from "../../ui/date/hour-field.tsx";
import { inboxSettingsWords } from "./i18n/inbox-settings-words.ts";
import styles from "./inbox-settings.module.css";
import type { WorkSettings } from "./inbox-settings-calls.ts";

type Weekly = WorkSettings["hours"]["weekly"];

const DAYS = [1, 2, 3, 4, 5, 6, 7] as const;
const USUAL = { opens: "08:00", closes: "18:00" };

/** When it is open, day by day. Further spans of a day that were set by the API are kept. */
export function WeeklyHours(props: { weekly: Weekly; onChange(weekly: Weekly): void }) {
  const { weekly, onChange } = props;
  const say = inboxSettingsWords.useWords();
  return (
    <ul>
      {DAYS.map((day) => {
        const name = say(`hours.day.d${day}`);
        const span = weekly.find((each) => each.day === day);
        const change = (part: Partial<Weekly[number]>) =>
          onChange(weekly.map((each) => (each === span ? { ...each, ...part } : each)));
        return (
          <li key={day} className={styles.day}>
            <Checkbox
              label={name}
              checked={span !== undefined}
              onChange={(event) =>
                onChange(
                  event.currentTarget.checked
                    ? [...weekly, { day, ...USUAL }]
                    : weekly.filter((each) => each.day !== day),
                )
              }
            />
            {span === undefined ? (
              <span className={styles.soft}>{say("hours.closed")}</span>
            ) : (
              <>
                <HourField
                  label={`${name}: ${say("hours.opens")}`}
                  value={span.opens}
                  onHour={(opens) => change({ opens })}
                />
                <HourField
                  label={`${name}: ${say("hours.closes")}`}
                  value={span.closes === "24:00" ? "00:00" : span.closes}
                  onHour={(hour) => change({ closes: hour === "00:00" ? "24:00" : hour })}
                />
              </>
            )}
          </li>
        );
      })}
    </ul>
  );
}
