import { IN_WORDS, normaliseWish, type OptOutRules, OUT_WORDS } from "../domain/limits.ts";
import type { ListedPerson } from "../domain/opt-out-list.ts";
import { parseMobile } from "../domain/phone.ts";
import { AppError } from "../platform/app-error.ts";
import { emitAccountEvents, type NewAccountEvent } from "../storage/account-events.ts";
import { touchAccount } from "../storage/accounts.ts";
import { withTransaction } from "../storage/connect.ts";
import {
  endOptOut,
  findOptOut,
  findRules,
  insertOptOuts,
  listOptOuts,
  type OptOutRow,
  type Person,
  upsertRules,
} from "../storage/opt-outs.ts";
import { refuseField } from "./check-fields.ts";
import { type Operator, stamp } from "./operator.ts";
import { cutPage, openCursor, type Page, type PageRequest, refuseCursor } from "./page.ts";

/** A person whom a project sends no marketing. */
export type OptOut = OptOutRow;

/** A project with the countries that its account may send to. */
export interface ListOwner {
  accountId: string;
  projectId: string;
  countries: readonly string[];
}

/** What became of a list. */
export interface ListReport {
  added: number;
  already: number;
  refused: number;
  /** The first hundred that were refused. */
  problems: { line: number; mobile: string; message: string }[];
}

const PROBLEMS_MAX = 100;
const PEOPLE_MAX = 10_000;

/** Puts people on a project's list; those whose number cannot be one are named, the others are listed. Safe to repeat. */
export async function addOptOuts(
  operator: Operator,
  owner: ListOwner,
  people: readonly ListedPerson[],
): Promise<ListReport> {
  if (people.length > PEOPLE_MAX) {
    throw new AppError("invalid_request", `At most ${PEOPLE_MAX} people are listed by one call.`);
  }
  const { accountId, projectId, countries } = owner;
  const createdAt = thisSecond(operator);
  const rows: OptOutRow[] = [];
  const problems: ListReport["problems"] = [];
  for (const { line, mobile, note } of people) {
    const parsed = parseMobile(mobile, countries);
    if (parsed.kind === "mobile") {
      const person = { accountId, projectId, mobile: parsed.digits };
      rows.push({ ...person, source: "listed", note, createdAt });
    } else {
      const message = `is no number of ${countries.join(", ")}: digits, country code first`;
      problems.push({ line, mobile, message });
    }
  }
  const nowMs = operator.clock.now();
  const listed = await withTransaction(operator.pool, async (sql) => {
    const added = await insertOptOuts(sql, rows, new Date(nowMs));
    const events = added.map((person) => toEvent(person, "contact.opted_out", createdAt));
    await emitAccountEvents(sql, operator, { accountId, nowMs, events });
    return added.length;
  });
  return {
    added: listed,
    already: rows.length - listed,
    refused: problems.length,
    problems: problems.slice(0, PROBLEMS_MAX),
  };
}

/** Takes a person off the list, whoever put it there; refuses with `not_found` who is not on it. */
export async function removeOptOut(operator: Operator, person: Person): Promise<void> {
  const at = new Date(operator.clock.now());
  await withTransaction(operator.pool, async (sql) => {
    if (!(await endOptOut(sql, person, { at, sources: null }))) {
      throw new AppError("not_found", "This person is not on the list.");
    }
    const events = [toEvent(person, "contact.opted_in", at)];
    const { accountId } = person;
    await emitAccountEvents(sql, operator, { accountId, nowMs: at.getTime(), events });
  });
}

/** How a person came on the list; null: is not on it. */
export function checkOptOut(
  operator: Pick<Operator, "pool">,
  person: Person,
): Promise<OptOut | null> {
  return findOptOut(operator.pool, person);
}

/** A project's list, in the order of the numbers. */
export async function browseOptOuts(
  operator: Pick<Operator, "pool">,
  of: { accountId: string; projectId: string },
  page: PageRequest,
): Promise<Page<OptOut>> {
  const place = page.cursor === undefined ? [null] : openCursor(page.cursor);
  const [after = null] = place;
  if (place.length !== 1 || (after !== null && !/^[\w.-]{1,128}$/u.test(after))) refuseCursor();
  const rows = await listOptOuts(operator.pool, of, { after, limit: page.limit + 1 });
  return cutPage(rows, page.limit, (row) => [row.mobile]);
}

/** The words and answers of a project, the usual ones where it has none of its own. */
export async function readRules(
  operator: Pick<Operator, "pool">,
  of: { accountId: string; projectId: string },
): Promise<OptOutRules & { outWords: readonly string[]; inWords: readonly string[] }> {
  const rules = await findRules(operator.pool, of);
  return {
    outWords: rules?.outWords ?? OUT_WORDS,
    inWords: rules?.inWords ?? IN_WORDS,
    outReply: rules?.outReply ?? null,
    inReply: rules?.inReply ?? null,
  };
}

/** Sets the words and answers of a project, whole. Refuses a word that says nothing, or that says both. */
export async function setRules(
  operator: Operator,
  of: { accountId: string; projectId: string },
  rules: OptOutRules,
): Promise<void> {
  checkWords("out_words", rules.outWords);
  checkWords("in_words", rules.inWords);
  const outWords = new Set((rules.outWords ?? OUT_WORDS).map(normaliseWish));
  const both = (rules.inWords ?? IN_WORDS).find((word) => outWords.has(normaliseWish(word)));
  if (both !== undefined) refuseField("in_words", `${both} opts out already`);
  await withTransaction(operator.pool, async (sql) => {
    await upsertRules(sql, of, { ...rules, at: stamp(operator).at });
    await touchAccount(sql, [of.accountId]);
  });
}

function checkWords(path: string, words: readonly string[] | null): void {
  const at = (words ?? []).findIndex((word) => normaliseWish(word) === "");
  if (at !== -1) refuseField(`${path}.${at}`, "must have a letter or a digit");
}

/** WhatsApp tells its moments in whole seconds: a wish of the same second must not seem to be older. */
function thisSecond(operator: Pick<Operator, "clock">): Date {
  return new Date(Math.floor(operator.clock.now() / 1_000) * 1_000);
}

function toEvent(person: Person, type: NewAccountEvent["type"], at: Date): NewAccountEvent {
  const { mobile, projectId } = person;
  return {
    ...{ type, projectId, at },
    subject: mobile,
    data: { mobile, project_id: projectId, source: "listed", at: at.toISOString() },
  };
}
