import type { OfficialNumber } from "../../store/numbers.ts";
import type { Template, TemplateButton } from "../../store/templates.ts";
import type { MetaParts } from "../meta/meta-parts.ts";
import { isRefusal } from "../meta/refusal.ts";
import {
  createTemplate as createMetaTemplate,
  editTemplate as editMetaTemplate,
} from "../meta/templates.ts";
import { answerJson, type GupshupAnswer, refuse } from "./answers.ts";
import { findByGupshupId, toGupshupId } from "./template-id.ts";

const pageSizeMax = 1_000;

/** `GET /wa/app/{appId}/template`: all, or a page counted from 0 (fact sheet 3.3). */
export function listTemplates(
  parts: MetaParts,
  number: OfficialNumber,
  query: { pageNo?: string; pageSize?: string; templateStatus?: string; languageCode?: string },
): GupshupAnswer {
  const all = parts.templates
    .listOfWaba(number.wabaId)
    .filter((one) => query.templateStatus === undefined || one.status === query.templateStatus)
    .filter((one) => query.languageCode === undefined || one.language === query.languageCode);
  const size = Math.min(pageSizeMax, Number(query.pageSize) || all.length);
  const start = (Number(query.pageNo) || 0) * size;
  const templates = all.slice(start, start + size).map((one) => formatTemplate(one, number));
  return answerJson(200, { status: "success", templates });
}

/** `GET /wa/app/{appId}/template/{templateId}`. */
export function getTemplate(parts: MetaParts, number: OfficialNumber, id: string): GupshupAnswer {
  const template = findByGupshupId(parts.templates.listOfWaba(number.wabaId), id);
  if (template === undefined) return refuse(400, "Template Does Not Exist");
  return answerJson(200, { status: "success", template: formatTemplate(template, number) });
}

/** `POST /wa/app/{appId}/template` (3.4): kept as PENDING, decided by `POST /sim/templates/<id>`. */
export async function createTemplate(
  parts: MetaParts,
  number: OfficialNumber,
  form: URLSearchParams,
): Promise<GupshupAnswer> {
  const name = form.get("elementName") ?? "";
  const language = form.get("languageCode") ?? "en_US";
  const category = form.get("category") ?? "";
  if (!/^[a-z0-9_]{1,180}$/.test(name)) return refuse(400, "Invalid element name provided");
  if (!["AUTHENTICATION", "MARKETING", "UTILITY"].includes(category)) {
    const rest = "AUTHENTICATION, MARKETING, UTILITY";
    return refuse(400, `Invalid category provided, kindly use category from these option ${rest}`);
  }
  if (parts.templates.findByName(number.wabaId, name, language) !== undefined) {
    const sentence = "Template Already exists with same namespace and elementName and languageCode";
    return refuse(400, sentence);
  }
  const definition = toMetaDefinition(form, category);
  if (definition === null) return refuse(400, "Invalid buttons provided");
  const made = await createMetaTemplate(parts, number.wabaId, {
    name,
    language,
    category,
    ...definition,
  });
  if (isRefusal(made)) return refuse(400, made.userMessage ?? made.details ?? made.message);
  const template = parts.templates.find(String(made.id));
  if (template === undefined) return refuse(500, "Cannot Process Request Now");
  return answerJson(200, { status: "success", template: formatTemplate(template, number) });
}

/** `PUT /wa/app/{appId}/template/{templateId}` (3.4): the whole content anew, reviewed again. */
export async function editTemplate(
  parts: MetaParts,
  number: OfficialNumber,
  { id, form }: { id: string; form: URLSearchParams },
): Promise<GupshupAnswer> {
  const template = findByGupshupId(parts.templates.listOfWaba(number.wabaId), id);
  if (template === undefined) return refuse(400, "Template Does Not Exist");
  const category = form.get("category") ?? template.category;
  const definition = toMetaDefinition(form, category);
  if (definition === null) return refuse(400, "Invalid buttons provided");
  const made = await editMetaTemplate(parts, template, { category, ...definition });
  if (isRefusal(made)) return refuse(400, made.userMessage ?? made.details ?? made.message);
  const edited = parts.templates.find(template.id) ?? template;
  return answerJson(200, { status: "success", template: formatTemplate(edited, number) });
}

/** `DELETE /wa/app/{appId}/template/{elementName}`: every language of the name. */
export async function deleteTemplates(
  parts: MetaParts,
  number: OfficialNumber,
  name: string,
): Promise<GupshupAnswer> {
  const chosen = parts.templates.listOfWaba(number.wabaId).filter((one) => one.name === name);
  if (chosen.length === 0) return refuse(400, "Template Does Not Exist");
  for (const template of chosen) await parts.templates.remove(template, parts.clock());
  return answerJson(200, { status: "success" });
}

/** The form as Meta's components; null when the buttons cannot be read. */
function toMetaDefinition(form: URLSearchParams, category: string): Record<string, unknown> | null {
  const buttons = parseButtons(form.get("buttons"));
  if (buttons === null) return null;
  const buttonsPart = buttons.length === 0 ? [] : [{ type: "BUTTONS", buttons }];
  const footer = form.get("footer");
  if (category === "AUTHENTICATION") {
    const minutes = /\d+/.exec(footer ?? "")?.[0];
    const footerPart =
      minutes === undefined ? [] : [{ type: "FOOTER", code_expiration_minutes: Number(minutes) }];
    const body = {
      type: "BODY",
      add_security_recommendation: form.get("addSecurityRecommendation") === "true",
    };
    return { components: [body, ...footerPart, ...buttonsPart] };
  }
  const text = form.get("content") ?? "";
  return {
    parameter_format: /\{\{[a-z_]/.test(text) ? "NAMED" : "POSITIONAL",
    components: [
      ...headerPart(form),
      { type: "BODY", text, ...exampleOf(text, "body") },
      ...(footer === null ? [] : [{ type: "FOOTER", text: footer }]),
      ...buttonsPart,
    ],
  };
}

function headerPart(form: URLSearchParams): object[] {
  const format = (form.get("templateType") ?? "TEXT").toUpperCase();
  const text = form.get("header");
  if (format !== "TEXT") {
    // A file of the self-serve API is named by id and address (3.5); Meta's side gets a handle of it.
    const mediaId = form.get("mediaId");
    const isWhole = mediaId !== null && URL.canParse(form.get("mediaUrl") ?? "");
    const handle = form.get("exampleMedia") ?? (isWhole ? `4::${mediaId}` : null);
    const example = handle === null ? {} : { example: { header_handle: [handle] } };
    return [{ type: "HEADER", format, ...example }];
  }
  return text === null ? [] : [{ type: "HEADER", format, text, ...exampleOf(text, "header") }];
}

/** Gupshup takes the samples as a finished sentence; Meta wants one for each variable. */
function exampleOf(text: string, part: "header" | "body"): object {
  const names = [...new Set([...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map((one) => one[1]))];
  if (names.length === 0) return {};
  if (names.some((name) => !/^\d+$/.test(name ?? ""))) {
    const named = names.map((name) => ({ param_name: name, example: "x" }));
    return { example: { [`${part}_text_named_params`]: named } };
  }
  const values = names.map(() => "x");
  return { example: part === "body" ? { body_text: [values] } : { header_text: values } };
}

function parseButtons(text: string | null): TemplateButton[] | null {
  if (text === null) return [];
  try {
    const buttons: unknown = JSON.parse(text);
    return Array.isArray(buttons) ? buttons : null;
  } catch {
    return null;
  }
}

/** A template as Gupshup shows it (3.3); parts of it are JSON in a text. */
function formatTemplate(template: Template, number: OfficialNumber): Record<string, unknown> {
  const part = (type: string) => template.components.find((one) => one.type.toUpperCase() === type);
  const header = part("HEADER");
  const body = part("BODY")?.text ?? "";
  const footer = part("FOOTER")?.text;
  const buttons = part("BUTTONS")?.buttons ?? [];
  const isMedia = header !== undefined && (header.format ?? "TEXT").toUpperCase() !== "TEXT";
  const title = isMedia ? undefined : header?.text;
  const labels = buttons.map((button) => `| [${labelOf(button)}]`);
  return {
    id: toGupshupId(template.id),
    appId: number.id,
    wabaId: template.wabaId,
    namespace: `simulated_${template.wabaId}`,
    elementName: template.name,
    externalId: template.id,
    languageCode: template.language,
    languagePolicy: "deterministic",
    category: template.category,
    templateType: isMedia ? String(header?.format).toUpperCase() : "TEXT",
    status: template.status,
    quality: template.quality,
    ...(template.rejectedReason === null ? {} : { reason: template.rejectedReason }),
    data: [title, body, footer].filter(Boolean).join("\n").concat(" ", labels.join(" ")).trim(),
    meta: JSON.stringify({ example: body }),
    containerMeta: JSON.stringify({
      appId: number.id,
      data: body,
      ...(title === undefined ? {} : { header: title }),
      ...(footer === undefined ? {} : { footer }),
      ...(buttons.length === 0 ? {} : { buttons: buttons.map(formatButton) }),
      enableSample: true,
    }),
    vertical: template.name,
    stage: "NONE",
    createdOn: template.updatedAt,
    modifiedOn: template.updatedAt,
  };
}

/** A code's button is Meta's own URL, which Gupshup shows as what it is. */
function formatButton(button: TemplateButton): TemplateButton {
  const isCode = /^https:\/\/www\.whatsapp\.com\/otp\//.test(button.url ?? "");
  return isCode ? { type: "OTP", otp_type: "COPY_CODE", text: button.text ?? "" } : button;
}

function labelOf(button: TemplateButton): string {
  const target = button.url ?? button.phone_number;
  return target === undefined ? (button.text ?? "") : `${button.text ?? ""},${target}`;
}
