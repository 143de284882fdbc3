import type { Report } from "@recado/contract/console/work";
import { refuseField } from "../accounts/check-fields.ts";
import { listDays, nextDay, startOfDay } from "../domain/local-day.ts";
import {
  countScores,
  type Figures,
  findUncounted,
  listNames,
  type ReportLine,
  type ReportScope,
  readReport,
} from "../storage/work-report.ts";
import type { SettingsDeps } from "./work-settings.ts";

/** Which days, of what. */
export interface ReportRequest {
  accountId: string;
  projectId: string | null;
  teamId: string | null;
  /** Days on the clocks of the time zone, both included. */
  from: string;
  to: string;
  timeZone: string;
}

const DAYS_MAX = 400;

/** Reads the request; refuses days in the wrong order and too many. */
export function readScope(request: ReportRequest): ReportScope {
  const { from, to, timeZone, ...of } = request;
  if (to < from) refuseField("to", "must not lie before from");
  if (listDays(from, to).length > DAYS_MAX) refuseField("to", `at most ${DAYS_MAX} days at once`);
  return {
    ...of,
    timeZone,
    from: startOfDay(from, timeZone),
    to: startOfDay(nextDay(to), timeZone),
  };
}

/** What happened on some days. */
export async function loadReport(deps: SettingsDeps, request: ReportRequest): Promise<Report> {
  const scope = readScope(request);
  const { pool } = deps;
  const [lines, scores, uncounted, names] = await Promise.all([
    readReport(pool, scope),
    countScores(pool, scope),
    findUncounted(pool, request.accountId),
    listNames(pool, request.accountId),
  ]);
  const nameOf = new Map(names.map(({ id, name }) => [id, name]));
  const of = (by: ReportLine["by"]) => lines.filter((line) => line.by === by);
  const named = (id: string | null) => (id === null ? "" : (nameOf.get(id) ?? ""));
  const byDay = new Map(of("day").map((line) => [line.day, line]));
  const byHour = new Map(of("hour").map((line) => [line.hour, line]));
  const { from, to, timeZone } = request;
  return {
    ...{ from, to, time_zone: timeZone },
    complete_until: (uncounted ?? new Date(deps.clock.now())).toISOString(),
    totals: formatFigures(of("all")[0]),
    days: listDays(from, to).map((day) => ({ day, ...formatFigures(byDay.get(day)) })),
    hours: HOURS.map((hour) => ({ hour, ...formatFigures(byHour.get(hour)) })),
    agents: of("agent")
      .map((line) => ({ user_id: line.userId, name: named(line.userId), ...formatFigures(line) }))
      .toSorted(byName),
    teams: of("team")
      .map((line) => ({ team_id: line.teamId, name: named(line.teamId), ...formatFigures(line) }))
      .toSorted(byName),
    ratings: [1, 2, 3, 4, 5].map((score) => ({
      score,
      count: scores.find((one) => one.score === score)?.count ?? 0,
    })),
  };
}

/** A report as a table of comma-separated values, in the words of a language. */
export function formatReportCsv(
  report: Report,
  table: { by: "day" | "hour" | "agent" | "team"; language: "es" | "en" },
): string {
  const { by, language } = table;
  const words = WORDS[language];
  const header = [words[by], ...COLUMNS.map((column) => words[column])];
  const rows = listRows(report, by).map(({ first, figures }) => [
    first,
    ...COLUMNS.map((column) => formatCell(figures[column])),
  ]);
  // The mark lets spreadsheets read it as UTF-8.
  return `\uFEFF${[header, ...rows].map((row) => row.map(quote).join(",")).join("\r\n")}\r\n`;
}

type Shown = Report["totals"];

const HOURS = Array.from({ length: 24 }, (_none, hour) => hour);

const COLUMNS = [
  ...["opened", "reopened", "resolved", "received", "sent", "first_answers"],
  ...["first_answer_avg_s", "first_answer_median_s", "resolution_avg_s", "resolution_median_s"],
  ...["assigned", "transferred", "ratings", "rating_avg"],
] as (keyof Shown)[];

type Words = Record<keyof Shown | "day" | "hour" | "agent" | "team", string>;

const WORDS: Record<"es" | "en", Words> = {
  es: {
    ...{ day: "Día", hour: "Hora", agent: "Agente", team: "Equipo" },
    ...{ opened: "Abiertas", reopened: "Reabiertas", resolved: "Resueltas" },
    ...{ received: "Mensajes recibidos", sent: "Respuestas", first_answers: "Primeras respuestas" },
    first_answer_avg_s: "Primera respuesta, promedio (s)",
    first_answer_median_s: "Primera respuesta, mediana (s)",
    resolution_avg_s: "Resolución, promedio (s)",
    resolution_median_s: "Resolución, mediana (s)",
    ...{ assigned: "Asignadas", transferred: "Transferidas" },
    ...{ ratings: "Calificaciones", rating_avg: "Calificación promedio" },
  },
  en: {
    ...{ day: "Day", hour: "Hour", agent: "Agent", team: "Team" },
    ...{ opened: "Opened", reopened: "Reopened", resolved: "Resolved" },
    ...{ received: "Messages received", sent: "Answers", first_answers: "First answers" },
    first_answer_avg_s: "First answer, average (s)",
    first_answer_median_s: "First answer, median (s)",
    resolution_avg_s: "Resolution, average (s)",
    resolution_median_s: "Resolution, median (s)",
    ...{ assigned: "Assigned", transferred: "Transferred" },
    ...{ ratings: "Ratings", rating_avg: "Average rating" },
  },
};

function listRows(report: Report, by: "day" | "hour" | "agent" | "team") {
  switch (by) {
    case "day":
      return report.days.map((figures) => ({ first: figures.day, figures }));
    case "hour":
      return report.hours.map((figures) => ({ first: String(figures.hour), figures }));
    case "agent":
      return report.agents.map((figures) => ({ first: figures.name, figures }));
    case "team":
      return report.teams.map((figures) => ({ first: figures.name, figures }));
  }
}

function formatCell(value: number | null): string {
  if (value === null) return "";
  return Number.isInteger(value) ? String(value) : value.toFixed(2);
}

/** What begins like a formula is text, and must stay so in a spreadsheet. */
function quote(cell: string): string {
  const safe = /^[=+@\t\r-]/u.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function byName(left: { name: string }, right: { name: string }): number {
  return left.name.localeCompare(right.name);
}

const NOTHING: Figures = {
  ...{ opened: 0, reopened: 0, resolved: 0, received: 0, sent: 0, firstAnswers: 0 },
  ...{ firstAnswerAvgS: null, firstAnswerMedianS: null },
  ...{ resolutionAvgS: null, resolutionMedianS: null },
  ...{ assigned: 0, transferred: 0, ratings: 0, ratingAvg: null },
};

function formatFigures(figures: Figures = NOTHING): Shown {
  return {
    opened: figures.opened,
    reopened: figures.reopened,
    resolved: figures.resolved,
    received: figures.received,
    sent: figures.sent,
    first_answers: figures.firstAnswers,
    first_answer_avg_s: figures.firstAnswerAvgS,
    first_answer_median_s: figures.firstAnswerMedianS,
    resolution_avg_s: figures.resolutionAvgS,
    resolution_median_s: figures.resolutionMedianS,
    assigned: figures.assigned,
    transferred: figures.transferred,
    ratings: figures.ratings,
    rating_avg: figures.ratingAvg,
  };
}
