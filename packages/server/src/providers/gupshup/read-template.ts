import type { HeaderFormat, TemplateButton, TemplateDefinition } from "../../domain/template.ts";
import { foldCategory, foldQuality } from "../cloud-wire/template-words.ts";
import {
  type JsonRecord,
  listOf,
  parseJson,
  recordOf,
  textOf,
} from "../cloud-wire/untrusted-json.ts";
import type { ProviderTemplate } from "../provider.ts";
import { foldGupshupStatus } from "./template-status.ts";

/** A template of the list, or why we cannot send its kind. */
export type ReadTemplate =
  | { kind: "template"; template: ProviderTemplate }
  | { kind: "skipped"; name: string; why: string };

type Reading<T> = { value: T } | { why: string };

const HEADER_FORMATS: Readonly<Record<string, HeaderFormat | null>> = {
  TEXT: null,
  IMAGE: "image",
  VIDEO: "video",
  DOCUMENT: "document",
  LOCATION: "location",
};

const BUTTON_KINDS: Readonly<Record<string, TemplateButton["kind"]>> = {
  QUICK_REPLY: "quick_reply",
  URL: "url",
  PHONE_NUMBER: "phone_number",
  COPY_CODE: "copy_code",
  OTP: "otp",
};

/** Reads one element of the list of templates (fact sheet §3.3). */
export function readTemplate(item: unknown): ReadTemplate {
  const record = recordOf(item);
  const name = textOf(record?.elementName) ?? "(no name)";
  const providerTemplateId = textOf(record?.id);
  const language = textOf(record?.languageCode);
  const category = foldCategory(record?.category);
  if (record === null || providerTemplateId === null || language === null || category === null) {
    return { kind: "skipped", name, why: "without id, language or known category" };
  }
  const definition = readDefinition(record);
  if ("why" in definition) return { kind: "skipped", name, why: definition.why };
  // The text of a code's template is WhatsApp's own and may be left out.
  if (definition.value.body === "" && category === "authentication") {
    definition.value.body = "{{1}}";
  }
  if (definition.value.body === "") return { kind: "skipped", name, why: "without a body" };
  return {
    kind: "template",
    template: {
      providerTemplateId,
      name,
      language,
      category,
      // A state that came up since sends nothing until we know better.
      status: foldGupshupStatus(record.status) ?? "pending",
      rejectedReason: textOf(record.reason),
      definition: definition.value,
      quality: foldQuality(record.quality),
    },
  };
}

/** `containerMeta` holds the parts; older templates have only `data`, all in one text. */
function readDefinition(record: JsonRecord): Reading<TemplateDefinition> {
  const type = textOf(record.templateType)?.toUpperCase() ?? "TEXT";
  if (!Object.hasOwn(HEADER_FORMATS, type)) return { why: `template of type ${type}` };
  const parts = readParts(record);
  const buttons: TemplateButton[] = [];
  for (const item of listOf(parts.buttons)) {
    const button = readButton(recordOf(item));
    if ("why" in button) return button;
    buttons.push(button.value);
  }
  const format = HEADER_FORMATS[type] ?? null;
  const text = format === null ? textOf(parts.header) : null;
  const header = format === null ? text && { format: "text" as const, text } : { format, text };
  const body = textOf(parts.data) ?? "";
  const named = /\{\{\s*[a-z_]/iu.test(`${text ?? ""}${body}`);
  return {
    value: {
      header: header || null,
      body,
      footer: textOf(parts.footer),
      buttons,
      parameterFormat: named ? "named" : "positional",
    },
  };
}

function readParts(record: JsonRecord): JsonRecord {
  const parts = recordOf(parseJson(textOf(record.containerMeta) ?? "")?.value);
  if (parts !== null && textOf(parts.data) !== null) return parts;
  const [body = "", ...labels] = (textOf(record.data) ?? "").split(" | [");
  return { data: body, buttons: labels.map(readLabel) };
}

/** `[Yes]` is a quick reply, `[Label,https://…]` and `[Label,+55…]` lead somewhere. */
function readLabel(label: string): JsonRecord {
  const [text = "", target] = label.replace(/\]\s*$/u, "").split(/,(?=https?:|\+)/u);
  if (target === undefined) return { type: "QUICK_REPLY", text };
  return target.startsWith("+")
    ? { type: "PHONE_NUMBER", text, phone_number: target }
    : { type: "URL", text, url: target };
}

function readButton(button: JsonRecord | null): Reading<TemplateButton> {
  const type = textOf(button?.type)?.toUpperCase() ?? "";
  const kind = Object.hasOwn(BUTTON_KINDS, type) ? BUTTON_KINDS[type] : undefined;
  if (kind === undefined) return { why: `button of type ${type}` };
  const target = textOf(button?.url) ?? textOf(button?.phone_number);
  const leads = kind === "url" || kind === "phone_number";
  return { value: { kind, text: textOf(button?.text) ?? "", target: leads ? target : null } };
}
