import type { InboundItem, TemplateItem } from "../../domain/inbound.ts";
import { readTime } from "../cloud-wire/receive-time.ts";
import { unsupported } from "../cloud-wire/receive-unsupported.ts";
import { foldCategory, foldQuality } from "../cloud-wire/template-words.ts";
import { type JsonRecord, recordOf, textOf } from "../cloud-wire/untrusted-json.ts";
import type { AppEvent } from "./app-event.ts";
import { foldGupshupStatus } from "./template-status.ts";

type TemplateEventReader = (item: TemplateItem, payload: JsonRecord) => InboundItem;

/** Kinds of `template-event` (fact sheet §4.7). */
export const TEMPLATE_EVENTS: Readonly<Record<string, TemplateEventReader>> = {
  "status-update": readStatus,
  "category-update": readCategory,
  "quality-update": readQuality,
};

/** Reads a `template-event`; one without a kind is of the older shape, a change of state. */
export function readTemplateEvent({ app, payload, timestamp }: AppEvent): InboundItem {
  const kind = textOf(payload.type) ?? "status-update";
  const read = Object.hasOwn(TEMPLATE_EVENTS, kind) ? TEMPLATE_EVENTS[kind] : undefined;
  if (read === undefined) return unsupported(`template-event ${kind}`);
  const providerTemplateId = textOf(payload.id);
  const name = textOf(payload.elementName);
  const language = textOf(payload.languageCode);
  if (providerTemplateId === null || name === null || language === null) {
    return unsupported("template-event without its template");
  }
  const unchanged = { status: null, category: null, quality: null, reason: null };
  const item: TemplateItem = {
    kind: "template",
    businessId: app,
    providerTemplateId,
    name,
    language,
    ...unchanged,
    at: readTime(timestamp),
  };
  return read(item, payload);
}

function readStatus(item: TemplateItem, payload: JsonRecord): InboundItem {
  const status = foldGupshupStatus(payload.status);
  if (status === null) return unsupported(`template status ${textOf(payload.status)}`);
  const reason = textOf(payload.rejectedReason) ?? textOf(payload.description);
  return { ...item, status, reason };
}

/** A month ahead the change is announced as `current` and `correct`, then it comes as `old` and `new`. */
function readCategory(item: TemplateItem, payload: JsonRecord): InboundItem {
  const change = recordOf(payload.category);
  if (change?.correct !== undefined) return notice(item, "category-update");
  const category = foldCategory(change?.new);
  return category === null ? unsupported("template category") : { ...item, category };
}

/** Its fields are not documented (§4.7): a word of Meta's under a name that one would expect is taken. */
function readQuality(item: TemplateItem, payload: JsonRecord): InboundItem {
  const change = recordOf(payload.quality);
  const quality = foldQuality(change?.new ?? change?.current ?? payload.quality);
  return quality === null ? notice(item, "quality-update") : { ...item, quality };
}

function notice(item: TemplateItem, kind: string): InboundItem {
  return {
    kind: "notice",
    businessId: item.businessId,
    numberId: null,
    what: `template-event ${kind}`,
  };
}
