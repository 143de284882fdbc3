import type {
  HeaderFormat,
  TemplateButton,
  TemplateCategory,
  TemplateDefinition,
} from "../../domain/template.ts";
import type { ProviderTemplate } from "../provider.ts";
import { foldCategory, foldQuality, foldStatus } from "./template-words.ts";
import { type JsonRecord, listOf, recordOf, textOf } from "./untrusted-json.ts";

/** A template of the list, or why we cannot send its kind. */
export type ReadTemplate =
  | { kind: "template"; template: ProviderTemplate }
  | { kind: "skipped"; name: string; why: string };

/** A reading that may end in a reason not to. */
type Reading<T> = { value: T } | { why: string };

/** Reads one element of the list of templates (fact sheet §5.2). */
export function readTemplate(item: unknown): ReadTemplate {
  const record = recordOf(item);
  const name = textOf(record?.name) ?? "(no name)";
  const providerTemplateId = textOf(record?.id);
  const language = textOf(record?.language);
  const category = foldCategory(record?.category);
  if (record === null || providerTemplateId === null || language === null || category === null) {
    return { kind: "skipped", name, why: "without id, language or known category" };
  }
  const definition = readDefinition(record, category);
  if ("why" in definition) return { kind: "skipped", name, why: definition.why };
  const reason = textOf(record.rejected_reason);
  return {
    kind: "template",
    template: {
      providerTemplateId,
      name,
      language,
      category,
      // A state that Meta invented since sends nothing until we know better.
      status: foldStatus(record.status) ?? "pending",
      rejectedReason: reason === "NONE" ? null : reason,
      definition: definition.value,
      quality: foldQuality(recordOf(record.quality_score)?.score),
    },
  };
}

function readDefinition(
  record: JsonRecord,
  category: TemplateCategory,
): Reading<TemplateDefinition> {
  const definition: TemplateDefinition = {
    header: null,
    body: "",
    footer: null,
    buttons: [],
    parameterFormat:
      textOf(record.parameter_format)?.toUpperCase() === "NAMED" ? "named" : "positional",
  };
  for (const item of listOf(record.components)) {
    const component = recordOf(item);
    const why =
      component === null ? "with a component of no kind" : apply(component, definition, category);
    if (why !== null) return { why };
  }
  // The text of a code's template is WhatsApp's own and may be left out.
  if (definition.body === "" && category === "authentication") definition.body = "{{1}}";
  return definition.body === "" ? { why: "without a body" } : { value: definition };
}

/** Puts the component into the definition; a reason when it is of a kind that we cannot send. */
function apply(
  component: JsonRecord,
  definition: TemplateDefinition,
  category: TemplateCategory,
): string | null {
  const type = textOf(component.type)?.toUpperCase() ?? "";
  if (type === "HEADER") {
    const format = readHeaderFormat(component.format);
    if (format === null) return `header of format ${textOf(component.format)}`;
    definition.header = { format, text: format === "text" ? textOf(component.text) : null };
    return null;
  }
  if (type === "BODY") definition.body = textOf(component.text) ?? "";
  else if (type === "FOOTER") definition.footer = textOf(component.text);
  else if (type === "BUTTONS") {
    for (const item of listOf(component.buttons)) {
      const button = readButton(recordOf(item), category);
      if ("why" in button) return button.why;
      definition.buttons.push(button.value);
    }
  } else return `component ${type}`;
  return null;
}

function readHeaderFormat(value: unknown): HeaderFormat | null {
  const format = textOf(value)?.toLowerCase();
  const known: readonly HeaderFormat[] = ["text", "image", "video", "document", "location"];
  return known.find((one) => one === format) ?? null;
}

function readButton(
  button: JsonRecord | null,
  category: TemplateCategory,
): Reading<TemplateButton> {
  const type = textOf(button?.type)?.toUpperCase() ?? "";
  const text = textOf(button?.text) ?? "";
  switch (type) {
    case "QUICK_REPLY":
      return { value: { kind: "quick_reply", text, target: null } };
    case "URL":
      // The button of a code is stored as a URL button of WhatsApp's own (§1.5).
      if (category === "authentication") return { value: { kind: "otp", text, target: null } };
      return { value: { kind: "url", text, target: textOf(button?.url) } };
    case "PHONE_NUMBER":
      return { value: { kind: "phone_number", text, target: textOf(button?.phone_number) } };
    case "COPY_CODE":
      return { value: { kind: "copy_code", text, target: null } };
    case "OTP":
      return { value: { kind: "otp", text, target: null } };
    default:
      return { why: `button of type ${type}` };
  }
}
