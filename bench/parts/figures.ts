import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";

/** The value below which `share` (0 to 1) of the values lie; NaN of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** The middle one. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Writes a line of the benchmark's result. */
export function say(line = ""): void {
  process.stdout.write(`${line}\n`);
}

/** Columns under each other; the first row is the heading. */
export function sayTable(rows: readonly (readonly (string | number)[])[]): void {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => String(row[column] ?? "").length)),
  );
  for (const row of rows) {
    say(`  ${row.map((cell, column) => String(cell).padStart(widths[column] ?? 0)).join("  ")}`);
  }
}

/** What the figures depend on besides the code: on a busy machine they say little. */
export function sayMachine(): void {
  const load = readFileSync("/proc/loadavg", "utf8").split(" ").slice(0, 3).join(" ");
  const at = new Date().toISOString().slice(0, 16);
  say(`${at} · node ${process.version} · ${availableParallelism()} cores · load ${load}`);
}
