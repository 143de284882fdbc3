import type { InboundItem, TemplateItem } from "../../domain/inbound.ts";
import type { Change } from "./change.ts";
import { unsupported } from "./receive-unsupported.ts";
import { foldCategory, foldQuality, foldStatus } from "./template-words.ts";
import { type JsonRecord, recordOf, textOf } from "./untrusted-json.ts";

type TemplateChangeReader = (item: TemplateItem, change: Change) => InboundItem;

/** Fields about templates (fact sheet §3.8). */
export const TEMPLATE_FIELDS: Readonly<Record<string, TemplateChangeReader>> = {
  message_template_status_update: readStatus,
  message_template_quality_update: readQuality,
  // Nothing but the words changed: an item without changes asks for a new listing.
  message_template_components_update: (item) => item,
  template_category_update: readCategory,
};

/** The change as an item; null for other fields. */
export function readTemplateChange(change: Change): InboundItem[] | null {
  const read = Object.hasOwn(TEMPLATE_FIELDS, change.field) ? TEMPLATE_FIELDS[change.field] : null;
  if (!read) return null;
  const item = readTemplate(change);
  return [item === null ? unsupported(`${change.field} without its template`) : read(item, change)];
}

function readTemplate({ businessId, value, at }: Change): TemplateItem | null {
  const providerTemplateId = textOf(value.message_template_id);
  const name = textOf(value.message_template_name);
  // Documents show `en-US`, captures `en_US`; the list of templates has the underscore.
  const language = textOf(value.message_template_language)?.replace("-", "_") ?? null;
  if (businessId === null || providerTemplateId === null || name === null || language === null) {
    return null;
  }
  const unchanged = { status: null, category: null, quality: null, reason: null };
  return { kind: "template", businessId, providerTemplateId, name, language, ...unchanged, at };
}

function readStatus(item: TemplateItem, change: Change): InboundItem {
  const { value } = change;
  const event = textOf(value.event);
  // Meta's own example sends the quality under this field's name.
  if (event === null && value.new_quality_score !== undefined) return readQuality(item, change);
  const status = foldStatus(event);
  if (status === null) return unsupported(`template event ${event}`);
  const category = foldCategory(value.message_template_category);
  return { ...item, status, category, reason: readReason(value) };
}

function readReason(value: JsonRecord): string | null {
  const other = recordOf(value.other_info);
  const rejection = recordOf(value.rejection_info);
  const parts = [
    textOf(value.reason),
    textOf(other?.title),
    textOf(other?.description),
    textOf(rejection?.reason),
    textOf(rejection?.recommendation),
  ].filter((part) => part !== null && part !== "NONE");
  return parts.length === 0 ? null : [...new Set(parts)].join(": ");
}

function readQuality(item: TemplateItem, { value }: Change): InboundItem {
  const quality = foldQuality(value.new_quality_score);
  return quality === null ? unsupported("template quality") : { ...item, quality };
}

/** A day before the change `new_category` is still the present one and `correct_category` the coming one. */
function readCategory(item: TemplateItem, change: Change): InboundItem {
  if (change.value.correct_category !== undefined) return notice(change);
  const category = foldCategory(change.value.new_category);
  return category === null ? unsupported("template category") : { ...item, category };
}

function notice(change: Change): InboundItem {
  return { kind: "notice", businessId: change.businessId, numberId: null, what: change.field };
}
