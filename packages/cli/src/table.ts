/** A column: its title, and what of a row stands in it. */
export type Column<Row> = [title: string, cell: (row: Row) => unknown];

/** Columns side by side, aligned to the left, numbers to the right; two blanks between them. */
export function formatTable<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string {
  const cells = rows.map((row) => columns.map(([, cell]) => formatCell(cell(row))));
  const widths = columns.map(([title], index) =>
    Math.max(title.length, ...cells.map((row) => widthOf(row[index] ?? ""))),
  );
  const right = columns.map(
    (_column, index) =>
      cells.length > 0 && cells.every((row) => /^-?[\d.]+$/u.test(row[index] ?? "")),
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, index) => {
        const blanks = " ".repeat(Math.max(0, (widths[index] ?? 0) - widthOf(cell)));
        return right[index] ? blanks + cell : cell + blanks;
      })
      .join("  ")
      .trimEnd();
  return `${[columns.map(([title]) => title), ...cells].map(line).join("\n")}\n`;
}

/** A name and a value on each line. */
export function formatRecord(fields: Record<string, unknown>): string {
  const names = Object.keys(fields);
  const width = Math.max(...names.map((name) => name.length));
  return names.map((name) => `${name.padEnd(width)}  ${formatCell(fields[name])}\n`).join("");
}

const CELL_CHARACTERS_MAX = 200;

/**
 * A value as people read it. Control characters, and those that turn the direction of writing, become
 * blanks: texts come from strangers, and a terminal obeys them.
 */
export function formatCell(value: unknown): string {
  if (value === null || value === undefined || value === "") return "-";
  if (value === true) return "yes";
  if (value === false) return "no";
  const text = Array.isArray(value)
    ? value.map((item) => String(item)).join(" ") || "-"
    : typeof value === "object"
      ? JSON.stringify(value)
      : String(value);
  const clean = text.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069\u2028\u2029]+/gu, " ");
  return clean.length > CELL_CHARACTERS_MAX ? `${clean.slice(0, CELL_CHARACTERS_MAX)}…` : clean;
}

/** A stranger's text of several lines, as safe for a terminal as {@link formatCell} and not shortened. */
export function formatText(text: string): string {
  return text.replace(/[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069\u2028\u2029]/gu, " ");
}

/** `2026-11-22T15:00:03.120Z` as `2026-11-22 15:00:03Z`; a dash for none. */
export function formatMoment(at: string | null): string {
  return at === null ? "-" : at.replace("T", " ").replace(/\.\d+Z$/u, "Z");
}

/** How many characters people see: marks that stand on others take no room. */
function widthOf(text: string): number {
  return [...text.normalize("NFC")].length;
}
