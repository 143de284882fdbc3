import { findPrice } from "../domain/account-snapshot.ts";
import {
  describeGuard,
  judgeCategoryMove,
  showGuard,
  type TemplateGuard,
} from "../domain/category-guard.ts";
import type { IdMaker } from "../platform/ids.ts";
import { type NewAccountEvent, prepareAccountEvents } from "../storage/account-events.ts";
import type { Transaction } from "../storage/connect.ts";
import { findSnapshot } from "../storage/snapshots.ts";
import {
  hasTemplateEvent,
  insertTemplateChanges,
  type TemplateChangeRow,
} from "../storage/template-changes.ts";
import { resetGuardCount } from "../storage/template-guards.ts";
import { type TemplateRow, updateTemplate } from "../storage/templates.ts";
import { type Revision, reviseTemplate, type ToldFacts } from "./revise-template.ts";

/*
 * The only place where a template that is known changes by what the provider says: new state, history, the guard against
 * dearer categories, and what is told to integrators, all in the caller's transaction.
 */

/** What applying facts needs. */
export interface FactsDeps {
  ids: IdMaker;
}

/** A template, held by the transaction, as it was and as it is now; and what is to be told of it. */
export interface AppliedFacts {
  row: TemplateRow;
  changed: boolean;
  events: NewAccountEvent[];
}

/**
 * Applies what is told of a template that the transaction holds (`lockTemplate`). An event that was told before does nothing.
 * Lock the account's wallet before, if at all: nothing here waits for it.
 */
export async function applyTemplateFacts(
  sql: Transaction,
  deps: FactsDeps,
  given: { row: TemplateRow; told: ToldFacts; nowMs: number },
): Promise<AppliedFacts> {
  const { row, told, nowMs } = given;
  const { next, revisions } = reviseTemplate(row, told);
  for (const revision of revisions) {
    if (await isRepeated(sql, row, { revision, told })) return { row, changed: false, events: [] };
  }
  const applied = revisions.filter((revision) => revision.applied);
  const moved = applied.some((revision) => revision.kind === "category");
  // A person who brings a file has decided already.
  const guarded =
    moved && told.source !== "person" ? await guardTemplate(sql, { row, next, told }) : next;
  const lines: Line[] = revisions.map((revision) => ({ ...revision, at: told.at }));
  if (guarded.guard !== row.guard) {
    await resetGuardCount(sql, row);
    lines.push(guardLine(row.guard, guarded.guard, told.at));
  }
  const changed = applied.length > 0 || !isSameRow(row, guarded);
  if (changed) await updateTemplate(sql, guarded, new Date(nowMs));
  await insertTemplateChanges(
    sql,
    lines.map((line) => formatLine(deps, row, { ...line, source: told.source, nowMs })),
  );
  return { row: guarded, changed, events: formatEvents(guarded, applied, told.at) };
}

/** Tells what happened to templates of one account; `finish` sends it and must be last (see `account-events.ts`). */
export function tellTemplates(
  sql: Transaction,
  deps: FactsDeps,
  wanted: { accountId: string; nowMs: number; events: readonly NewAccountEvent[] },
): ReturnType<typeof prepareAccountEvents> {
  return prepareAccountEvents(sql, deps, { ...wanted, events: [...wanted.events] });
}

/** A line of history, ready to be stored. */
export function formatLine(
  deps: FactsDeps,
  row: Pick<TemplateRow, "accountId" | "id">,
  line: Pick<TemplateChangeRow, "kind" | "from" | "to" | "reason" | "applied" | "source" | "at"> & {
    nowMs: number;
  },
): TemplateChangeRow {
  const { nowMs, ...rest } = line;
  const id = deps.ids.next(nowMs);
  const reason = rest.reason?.slice(0, 1_000) ?? null;
  return {
    ...rest,
    ...{ accountId: row.accountId, templateId: row.id, id, reason },
    notedAt: new Date(nowMs),
  };
}

async function isRepeated(
  sql: Transaction,
  row: TemplateRow,
  { revision, told }: { revision: Revision; told: ToldFacts },
): Promise<boolean> {
  if (told.source !== "event" || revision.to === null) return false;
  const { kind, to } = revision;
  const event = { accountId: row.accountId, templateId: row.id, kind, to, at: told.at };
  return hasTemplateEvent(sql, event);
}

async function guardTemplate(
  sql: Transaction,
  { row, next, told }: { row: TemplateRow; next: TemplateRow; told: ToldFacts },
): Promise<TemplateRow> {
  const snapshot = await findSnapshot(sql, row.accountId);
  if (!snapshot) return next;
  const verdict = judgeCategoryMove({
    from: row.category,
    to: next.category,
    guard: row.guard,
    currency: snapshot.currency,
    countries: snapshot.countries,
    priceOf: (country, category) => findPrice(snapshot, { country, category }, told.at.getTime()),
    at: told.at,
  });
  if (verdict.kind === "none") return next;
  return { ...next, guard: verdict.kind === "guard" ? verdict.guard : null };
}

type Line = Pick<TemplateChangeRow, "kind" | "from" | "to" | "reason" | "applied" | "at">;

function guardLine(before: TemplateGuard | null, now: TemplateGuard | null, at: Date): Line {
  const reason = now && describeGuard(now);
  return {
    ...{ kind: "guard", from: before?.state ?? null, to: now?.state ?? null },
    ...{ reason, applied: true, at },
  };
}

function isSameRow(before: TemplateRow, now: TemplateRow): boolean {
  return JSON.stringify(before) === JSON.stringify(now);
}

const TOLD: ReadonlySet<string> = new Set(["approved", "rejected", "paused", "disabled"]);

function formatEvents(row: TemplateRow, revisions: readonly Revision[], at: Date) {
  return revisions.flatMap((revision): NewAccountEvent[] => {
    const type =
      revision.kind === "status"
        ? TOLD.has(revision.to ?? "")
          ? (`template.${revision.to}` as NewAccountEvent["type"])
          : null
        : (`template.${revision.kind}` as NewAccountEvent["type"]);
    return type === null ? [] : [formatEvent(row, { type, revision, at })];
  });
}

function formatEvent(
  row: TemplateRow,
  of: { type: NewAccountEvent["type"]; revision: Revision; at: Date },
): NewAccountEvent {
  const { revision, at, type } = of;
  return {
    type,
    subject: row.id,
    projectId: row.projectId,
    template: { number: row.number, name: row.name },
    at,
    data: {
      ...{ id_template: row.number, name: row.name, language: row.language },
      ...{ category: row.category, status: row.status, quality: row.quality },
      ...{ from: revision.from, to: revision.to, reason: revision.reason, at: at.toISOString() },
      ...(revision.kind === "category" && row.guard ? { guard: showGuard(row.guard) } : null),
    },
  };
}
