/* The table of docs/scale.md, computed from the costs that the page itself names. */

/** What a message costs: milliseconds of CPU, kilobytes of PostgreSQL's log and of disk. */
export interface MessageCosts {
  serverMs: number;
  postgresMs: number;
  walKb: number;
  diskKb: number;
}

/** Under which the needs are computed. */
export interface ScaleTerms {
  /** Messages a second of a number at full rate. */
  rate: number;
  /** Share of each core that is used. */
  load: number;
  /** Of the largest machine for PostgreSQL. */
  coresMax: number;
}

/** How the page calls each cost, at the beginning of its row. */
const ROWS: Readonly<Record<keyof MessageCosts, string>> = {
  serverMs: "CPU of the server",
  postgresMs: "CPU of PostgreSQL",
  walKb: "PostgreSQL's log (WAL)",
  diskKb: "disk",
};
const NUMBERS = [1, 10, 100, 1_000];
const BUSY_HOURS = 10;
const BEGIN = "<!-- node bench/scale.ts --write -->";
const END = "<!-- end -->";

/** The costs that the page names; throws when one is missing. */
export function readCosts(page: string): MessageCosts {
  const read = (name: keyof MessageCosts): number => {
    const [, figure] = rowOf(name).exec(page) ?? [];
    if (figure === undefined) throw new Error(`docs/scale.md names no cost "${ROWS[name]}"`);
    return Number(figure);
  };
  return {
    serverMs: read("serverMs"),
    postgresMs: read("postgresMs"),
    walKb: read("walKb"),
    diskKb: read("diskKb"),
  };
}

/** The page with other costs, and the table that follows from them. */
export function writePage(page: string, costs: MessageCosts, terms: ScaleTerms): string {
  const [head = "", rest] = page.split(BEGIN);
  const [, tail] = rest?.split(END) ?? [];
  if (tail === undefined) throw new Error("docs/scale.md has no place for the table");
  const names = Object.keys(ROWS) as (keyof MessageCosts)[];
  const costed = names.reduce(
    (text, name) =>
      text.replace(rowOf(name), (row, was: string) => row.replace(was, `${costs[name]}`)),
    head,
  );
  return `${costed}${BEGIN}\n\n${formatNeeds(costs, terms)}\n\n${END}${tail}`;
}

/** The table in Markdown, and where one PostgreSQL ends. */
export function formatNeeds(costs: MessageCosts, terms: ScaleTerms): string {
  const heads = [
    ...["numbers", "messages/s", "webhooks/s", "cores for servers", "cores for PostgreSQL"],
    ...["log MB/s", "disk GB a day"],
  ];
  const rows = NUMBERS.map((numbers) => findNeeds(numbers, costs, terms));
  const most = (terms.coresMax * terms.load * 1_000) / costs.postgresMs;
  return [
    ...[heads, heads.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`),
    "",
    `By CPU one PostgreSQL of ${terms.coresMax} cores ends at ${format(most)} messages a second: ${format(most / terms.rate)} numbers.`,
  ].join("\n");
}

function findNeeds(numbers: number, costs: MessageCosts, terms: ScaleTerms): string[] {
  const perSecond = numbers * terms.rate;
  const cores = (ms: number) => format((perSecond * ms) / 1_000 / terms.load);
  const perDay = perSecond * 3_600 * BUSY_HOURS;
  return [
    format(numbers),
    format(perSecond),
    format(perSecond * 3),
    cores(costs.serverMs),
    cores(costs.postgresMs),
    format((perSecond * costs.walKb) / 1_024),
    format((perDay * costs.diskKb) / 1_048_576),
  ];
}

/** Two figures below ten, whole numbers above. */
function format(value: number): string {
  const digits = value < 10 && !Number.isInteger(value) ? 1 : 0;
  return Number(value.toFixed(digits)).toLocaleString("en-US");
}

function rowOf(name: keyof MessageCosts): RegExp {
  const start = ROWS[name].replace(/[()]/gu, "\\$&");
  return new RegExp(`^\\| ${start}[^|]*\\| ([\\d.]+) `, "mu");
}
