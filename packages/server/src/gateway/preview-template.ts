import { refuseField } from "../accounts/check-fields.ts";
import { findPrice } from "../domain/account-snapshot.ts";
import { slotNames, type TemplateCategory } from "../domain/template.ts";
import { previewTemplate, type TemplatePreview } from "../domain/template-preview.ts";
import type { Clock } from "../platform/clock.ts";
import type { Database } from "../storage/connect.ts";
import { findSnapshot } from "../storage/snapshots.ts";
import type { TemplateRow } from "../storage/templates.ts";
import { contentOf } from "./template-drafts.ts";

/** What is asked of a preview. */
export interface PreviewWish {
  /** In order, or by name; absent: the examples. */
  variables?: readonly string[] | Readonly<Record<string, string>> | undefined;
  /** As WhatsApp has it, or as it was written last; absent: the latter, if there is any. */
  version?: "live" | "edit" | undefined;
}

/** A template filled in, and its price in each of the account's countries; null: there is none. */
export interface PricedPreview extends TemplatePreview {
  sampleMediaId: string | null;
  currency: string;
  prices: { country: string; category: TemplateCategory; amount: bigint | null }[];
}

/** Renders a template. Refuses variables that it does not have. */
export async function renderTemplate(
  deps: { pool: Database; clock: Clock },
  row: TemplateRow,
  wish: PreviewWish,
): Promise<PricedPreview> {
  const { definition, category, examples, sampleMediaId } =
    wish.version === "live" ? row : contentOf(row);
  const values = readValues(slotNames(definition, category), wish.variables ?? []);
  const preview = previewTemplate({ definition, category }, { values, examples });
  const snapshot = await findSnapshot(deps.pool, row.accountId);
  const nowMs = deps.clock.now();
  const prices = (snapshot?.countries ?? []).map((country) => ({
    ...{ country, category },
    amount: snapshot && findPrice(snapshot, { country, category }, nowMs),
  }));
  return { ...preview, sampleMediaId, currency: snapshot?.currency ?? "", prices };
}

function readValues(
  names: readonly string[],
  given: readonly string[] | Readonly<Record<string, string>>,
): (string | undefined)[] {
  if (Array.isArray(given)) {
    if (given.length > names.length) refuseField("variables", `there are ${names.length}`);
    return [...given];
  }
  const byName = new Map(Object.entries(given));
  const unknown = [...byName.keys()].find((name) => !names.includes(name));
  if (unknown !== undefined) refuseField(`variables.${unknown}`, "is not of this template");
  return names.map((name) => byName.get(name));
}
