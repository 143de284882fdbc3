import { type Command, InvalidArgumentError } from "commander";
import type { Shell } from "./shell.ts";

/** Gives the shell that a command works with, after its options have been read. */
export type OpenShell = (command: Command) => Shell;

/** What the options of every list are read into. */
export interface PageOptions {
  limit?: number;
  cursor?: string;
}

/** Adds `--limit` and `--cursor`. */
export function addPageOptions(command: Command): Command {
  return command
    .option("--limit <rows>", "rows at most, up to 500 (default 50)", parseNumber)
    .option("--cursor <cursor>", "the page after, as the page before named it");
}

/** Reads a whole number of an option. */
export function parseNumber(text: string): number {
  if (!/^\d{1,9}$/u.test(text)) throw new InvalidArgumentError("It must be a whole number.");
  return Number(text);
}

/** Reads a moment of an option: ISO 8601 with its zone, or a plain date (midnight UTC). */
export function parseMoment(text: string): string {
  const whole = /^\d{4}-\d{2}-\d{2}$/u.test(text) ? `${text}T00:00:00Z` : text;
  if (!/T.*(Z|[+-]\d{2}:\d{2})$/u.test(whole) || Number.isNaN(Date.parse(whole))) {
    throw new InvalidArgumentError("It must be like 2026-11-22 or 2026-11-22T15:00:00-05:00.");
  }
  return new Date(whole).toISOString();
}
