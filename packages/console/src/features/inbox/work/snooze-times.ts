/** When a conversation may come back. */
export interface SnoozeTime {
  name: "hour" | "evening" | "tomorrow" | "week";
  at: Date;
}

const EVENING = 18;
const MORNING = 8;

/** The usual moments from now on, by this machine's clock; the evening only while it is some time away, Monday not as tomorrow again. */
export function snoozeTimes(now: Date): SnoozeTime[] {
  const times: SnoozeTime[] = [
    { name: "hour", at: new Date(now.getTime() + 3_600_000) },
    { name: "evening", at: atHour(now, 0, EVENING) },
    { name: "tomorrow", at: atHour(now, 1, MORNING) },
    { name: "week", at: atHour(now, (8 - now.getDay()) % 7 || 7, MORNING) },
  ];
  const isSunday = now.getDay() === 0;
  return times.filter(({ name, at }) => {
    if (name === "week") return !isSunday;
    return name !== "evening" || at.getTime() - now.getTime() > 3_600_000;
  });
}

function atHour(now: Date, days: number, hour: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour);
}
