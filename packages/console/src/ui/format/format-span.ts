import { currentLanguage } from "../../i18n/language.ts";

const MINUTE_S = 60;
const HOUR_S = 3_600;

/** An hour to the millisecond, for a series of steps: "15:04:05,120"; or to the whole second. */
export function formatInstant(iso: string, digits: 0 | 3 = 3): string {
  return new Intl.DateTimeFormat(localeOf(), {
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    ...(digits === 3 && { fractionalSecondDigits: 3 as const }),
    hourCycle: "h23",
  }).format(new Date(iso));
}

/** How long something took: "85 ms", "1,4 s", "3 min". */
export function formatSpan(ms: number): string {
  const unit = (value: number, name: string, digits = 0) =>
    new Intl.NumberFormat(localeOf(), {
      style: "unit",
      unit: name,
      unitDisplay: "short",
      maximumFractionDigits: digits,
    }).format(value);
  if (ms < 1_000) return unit(ms, "millisecond");
  if (ms < MINUTE_S * 1_000) return unit(ms / 1_000, "second", 1);
  if (ms < HOUR_S * 1_000) return unit(ms / MINUTE_S / 1_000, "minute");
  return unit(ms / HOUR_S / 1_000, "hour", 1);
}

function localeOf(): string {
  return currentLanguage() === "es" ? "es-CO" : "en-GB";
}
