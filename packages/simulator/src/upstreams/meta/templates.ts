import { randomInt } from "node:crypto";
import type { Template } from "../../store/templates.ts";
import { checkDefinition } from "./check-definition.ts";
import type { MetaParts } from "./meta-parts.ts";
import { isRefusal, type Refusal, refuse, refuseParameter } from "./refusal.ts";

const pageSizeDefault = 25;
const pageSizeMax = 1_000;
const dayMs = 24 * 60 * 60 * 1000;
const nameBlockedMs = 30 * dayMs;
const editsOfApproved = [
  { max: 1, days: 1 },
  { max: 10, days: 30 },
];
const templatesPerWabaMax = 6_000;

/** The filters and the page of a list. */
export interface TemplateQuery {
  name?: string;
  status?: string;
  category?: string;
  language?: string;
  limit?: string;
  after?: string;
  fields?: string;
}

/** `GET /{waba_id}/message_templates` (fact sheet 5.2); `url` is the list's own address, for `next`. */
export function listTemplates(
  parts: MetaParts,
  wabaId: string,
  { query, url }: { query: TemplateQuery; url: string },
): Record<string, unknown> | Refusal {
  const matching = parts.templates
    .listOfWaba(wabaId)
    .filter(
      (one) =>
        (query.name === undefined || one.name.includes(query.name)) &&
        isAmong(query.status, one.status) &&
        isAmong(query.category, one.category) &&
        isAmong(query.language, one.language),
    );
  const start = query.after === undefined ? 0 : parseCursor(query.after) + 1;
  if (!Number.isInteger(start)) return refuse(131059, "Invalid pagination cursor");
  const size = Math.min(pageSizeMax, Math.max(1, Number(query.limit ?? pageSizeDefault) || 1));
  const page = matching.slice(start, start + size);
  if (page.length === 0) return { data: [] };
  const cursors = { before: formatCursor(start), after: formatCursor(start + page.length - 1) };
  const next = new URL(url);
  next.searchParams.set("after", cursors.after);
  next.searchParams.set("limit", String(size));
  return {
    data: page.map((one) => formatTemplate(one, query.fields)),
    paging: {
      cursors,
      ...(start + page.length < matching.length ? { next: next.href } : {}),
    },
  };
}

function isAmong(wanted: string | undefined, value: string): boolean {
  if (wanted === undefined) return true;
  return wanted
    .replace(/[[\]"\s]/g, "")
    .split(",")
    .includes(value);
}

function formatCursor(index: number): string {
  return Buffer.from(`template:${index}`).toString("base64url");
}

function parseCursor(cursor: string): number {
  const text = Buffer.from(cursor, "base64url").toString();
  return /^template:[0-9]+$/.test(text) ? Number(text.slice(9)) : Number.NaN;
}

/** A template as Meta shows it: without `fields` the default ones; `id` always. */
export function formatTemplate(template: Template, fields?: string): Record<string, unknown> {
  const all: Record<string, unknown> = {
    name: template.name,
    parameter_format: template.parameterFormat,
    components: template.components,
    language: template.language,
    status: template.status,
    category: template.category,
    sub_category: template.category === "AUTHENTICATION" ? undefined : "CUSTOM",
    id: template.id,
    quality_score: { score: template.quality, date: Math.floor(template.updatedAt / 1000) },
    rejected_reason: template.rejectedReason ?? "NONE",
    message_send_ttl_seconds: template.ttlSeconds ?? undefined,
    last_updated_time: new Date(template.updatedAt).toISOString().replace(/\.\d+Z$/, "+0000"),
  };
  const wanted = fields?.split(",").map((field) => field.trim()) ?? [
    ...["name", "parameter_format", "components", "language", "status", "category"],
    "sub_category",
  ];
  const shown = [...wanted.filter((field) => field !== "id"), "id"];
  return Object.fromEntries(
    shown.filter((field) => Object.hasOwn(all, field)).map((field) => [field, all[field]]),
  );
}

/** `POST /{waba_id}/message_templates` (5.4): kept as PENDING, decided by `POST /sim/templates/<id>`. */
export async function createTemplate(
  parts: MetaParts,
  wabaId: string,
  body: Record<string, unknown>,
): Promise<Record<string, unknown> | Refusal> {
  const { name, language } = body;
  if (typeof name !== "string" || !/^[a-z0-9_]{1,512}$/.test(name)) {
    return refuseParameter(
      "Param name must be 1 to 512 lower-case letters, digits and underscores.",
    );
  }
  if (typeof language !== "string" || !/^[a-z]{2,3}(_[A-Z]{2,3})?$/.test(language)) {
    return refuseParameter("Param language must be a supported language code.");
  }
  const definition = checkDefinition(body, language);
  if (isRefusal(definition)) return definition;
  if (parts.templates.findByName(wabaId, name, language) !== undefined) {
    return refuseDefinition(2388024, "Content in this language already exists");
  }
  const deletedAt = parts.templates.findDeletedAt(wabaId, name);
  if (deletedAt !== undefined && parts.clock() - deletedAt < nameBlockedMs) {
    return refuseDefinition(2388023, "The template name is being deleted");
  }
  if (parts.templates.listOfWaba(wabaId).length >= templatesPerWabaMax) {
    return refuseDefinition(2388019, "Too many templates");
  }
  const template: Template = {
    id: `1${String(randomInt(2 ** 47)).padStart(15, "0")}`,
    wabaId,
    name,
    language,
    ...definition,
    status: "PENDING",
    rejectedReason: null,
    updatedAt: parts.clock(),
    quality: "UNKNOWN",
  };
  await parts.templates.upsert(template);
  return { id: template.id, status: template.status, category: template.category };
}

/** `POST /{template_id}` (5.5): replaces all components; an edited template is reviewed again. */
export async function editTemplate(
  parts: MetaParts,
  template: Template,
  body: Record<string, unknown>,
): Promise<Record<string, unknown> | Refusal> {
  if (!["APPROVED", "REJECTED", "PAUSED"].includes(template.status)) {
    return refuseDefinition(2388039, "A template in this status cannot be edited");
  }
  const merged = {
    category: template.category,
    parameter_format: template.parameterFormat,
    components: template.components,
    ...body,
  };
  const definition = checkDefinition(merged, template.language);
  if (isRefusal(definition)) return definition;
  if (template.status === "APPROVED" && definition.category !== template.category) {
    return refuseDefinition(2388039, "The category of an approved template cannot be changed");
  }
  if (template.status === "APPROVED") {
    const now = parts.clock();
    for (const { max, days } of editsOfApproved) {
      if (parts.templates.countEdits(template.id, now - days * dayMs) < max) continue;
      return refuseDefinition(
        2388039,
        `An approved template is edited ${max} times in ${days} days`,
      );
    }
    await parts.templates.noteEdit(template.id, now);
  }
  const edited = { ...template, ...definition, status: "PENDING", rejectedReason: null };
  await parts.templates.upsert({ ...edited, updatedAt: parts.clock() });
  return { success: true, id: template.id, name: template.name, category: definition.category };
}

/** `DELETE /{waba_id}/message_templates?name=…[&hsm_id=…]`: every language of the name, or one. */
export async function deleteTemplates(
  parts: MetaParts,
  wabaId: string,
  query: { name?: string; hsm_id?: string },
): Promise<Record<string, unknown> | Refusal> {
  if (query.name === undefined) return refuseParameter("The parameter name is required.");
  const chosen = parts.templates
    .listOfWaba(wabaId)
    .filter((one) => one.name === query.name)
    .filter((one) => query.hsm_id === undefined || one.id === query.hsm_id);
  if (chosen.length === 0) return refuseDefinition(2593002, "Message template not found");
  if (chosen.some((one) => one.status === "DISABLED")) {
    return refuseDefinition(2388039, "A disabled template cannot be deleted");
  }
  for (const template of chosen) await parts.templates.remove(template, parts.clock());
  return { success: true };
}

/** A refusal of a definition: code 100 with a subcode and a title for people (2.2). */
export function refuseDefinition(subcode: number, title: string, more?: string): Refusal {
  return refuse(100, more, {
    message: "Invalid parameter",
    subcode,
    isTransient: false,
    userTitle: title,
    userMessage: more ?? title,
  });
}
