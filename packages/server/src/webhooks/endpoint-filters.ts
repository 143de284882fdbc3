import {
  EVENT_FILTERS,
  type EventFilter,
  FILTER_ENTRIES_MAX,
  RATE_PER_SECOND_MAX,
} from "@recado/contract/webhook-payloads";
import { AppError } from "../platform/app-error.ts";
import type { Queryable } from "../storage/connect.ts";
import { findFilterNumbers, findFilterTemplates } from "../storage/endpoint-filters.ts";
import type { ProjectKey } from "../storage/endpoints.ts";

/** The events that an endpoint wants, each once; null: the five of messages. Refuses unknown ones, and none. */
export function checkEvents(
  events: readonly string[] | null,
  path = "events",
): EventFilter[] | null {
  if (events === null) return null;
  const known = EVENT_FILTERS.filter((event) => events.includes(event));
  if (known.length === 0 || events.some((event) => !known.some((each) => each === event))) {
    throw refuseField(path, `one or more of ${EVENT_FILTERS.join(", ")}`);
  }
  return known;
}

/**
 * The official numbers that an endpoint wants, given as such or as ids of channels; null: all. Refuses
 * what is not the account's: a number that was mistyped would be silence for ever.
 */
export async function checkNumbers(
  sql: Queryable,
  place: ProjectKey,
  wanted: readonly string[] | null,
): Promise<string[] | null> {
  if (wanted === null) return null;
  checkLength("numbers", wanted);
  const found = await findFilterNumbers(sql, place.accountId, wanted);
  const numbers = wanted.map((each) => {
    const number = found.get(each);
    if (number === undefined) throw refuseField("numbers", `the account has no number ${each}`);
    return number;
  });
  return [...new Set(numbers)];
}

/**
 * The templates that an endpoint wants, by name (in all languages) or `id_template`; null: all. Refuses
 * what is no template of the project.
 */
export async function checkTemplates(
  sql: Queryable,
  place: ProjectKey,
  wanted: readonly string[] | null,
): Promise<string[] | null> {
  if (wanted === null) return null;
  checkLength("templates", wanted);
  const known = await findFilterTemplates(sql, place, wanted);
  const unknown = wanted.find((each) => !known.has(each));
  if (unknown !== undefined) {
    throw refuseField("templates", `the project has no template ${unknown}`);
  }
  return [...new Set(wanted)];
}

/** Calls that may begin in any second; null: no limit. Refuses what is not whole or out of bounds. */
export function checkRate(rate: number | null): number | null {
  if (rate === null || (Number.isInteger(rate) && rate >= 1 && rate <= RATE_PER_SECOND_MAX)) {
    return rate;
  }
  throw refuseField("rate_per_second", `a whole number from 1 to ${RATE_PER_SECOND_MAX}`);
}

/** An `invalid_request` that names its field. */
export function refuseField(path: string, message: string): AppError {
  return new AppError("invalid_request", {
    message: `${path}: ${message}`,
    errors: [{ path, message }],
  });
}

function checkLength(path: string, wanted: readonly string[]): void {
  if (wanted.length >= 1 && wanted.length <= FILTER_ENTRIES_MAX) return;
  throw refuseField(path, `from 1 to ${FILTER_ENTRIES_MAX}; null for all`);
}
