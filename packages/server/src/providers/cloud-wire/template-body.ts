import {
  type TemplateButton,
  type TemplateDefinition,
  templateSlots,
  type VariableSlot,
} from "../../domain/template.ts";
import type { CreateTemplateCall } from "../provider.ts";

type NewTemplate = CreateTemplateCall["template"];

/** Minutes that a code is good for when the footer does not say. */
const CODE_EXPIRATION_MINUTES = 10;

/** The JSON body of a new template (fact sheet §5.4), with an example for every variable. */
export function formatTemplateBody(template: NewTemplate): Record<string, unknown> {
  const { definition } = template;
  return {
    name: template.name,
    language: template.language,
    category: template.category.toUpperCase(),
    parameter_format: definition.parameterFormat.toUpperCase(),
    components:
      template.category === "authentication"
        ? authenticationComponents(definition)
        : [
            ...headerComponent(template),
            { type: "BODY", text: definition.body, ...textExample(template, "body") },
            ...(definition.footer === null ? [] : [{ type: "FOOTER", text: definition.footer }]),
            ...buttonsComponent(template),
          ],
  };
}

/** WhatsApp writes the text of a code's template itself (§5.4). */
function authenticationComponents(definition: TemplateDefinition): unknown[] {
  const minutes = Number(/\d+/u.exec(definition.footer ?? "")?.[0] ?? CODE_EXPIRATION_MINUTES);
  const text = definition.buttons[0]?.text;
  const button = { type: "OTP", otp_type: "COPY_CODE", ...(text ? { text } : {}) };
  return [
    { type: "BODY", add_security_recommendation: true },
    ...(definition.footer === null ? [] : [{ type: "FOOTER", code_expiration_minutes: minutes }]),
    { type: "BUTTONS", buttons: [button] },
  ];
}

function headerComponent(template: NewTemplate): unknown[] {
  const { header } = template.definition;
  if (header === null) return [];
  const format = header.format.toUpperCase();
  if (header.format === "text") {
    const text = header.text ?? "";
    return [{ type: "HEADER", format, text, ...textExample(template, "header") }];
  }
  const handle = template.headerHandle;
  const example = handle === null ? {} : { example: { header_handle: [handle] } };
  return [{ type: "HEADER", format, ...example }];
}

function textExample(template: NewTemplate, part: "header" | "body"): Record<string, unknown> {
  const filled = examplesOf(template).flatMap(({ slot, example }) =>
    slot.part === part ? [{ name: slot.name, example }] : [],
  );
  if (filled.length === 0) return {};
  const values = filled.map(({ example }) => example);
  if (template.definition.parameterFormat === "positional") {
    // Only the body's examples are a list of lists.
    return { example: part === "body" ? { body_text: [values] } : { header_text: values } };
  }
  const named = filled.map(({ name, example }) => ({ param_name: name, example }));
  return { example: { [`${part}_text_named_params`]: named } };
}

function buttonsComponent(template: NewTemplate): unknown[] {
  const { buttons } = template.definition;
  if (buttons.length === 0) return [];
  const examples = new Map(
    examplesOf(template).flatMap(({ slot, example }) =>
      slot.part === "button" ? [[slot.index, example] as const] : [],
    ),
  );
  const formatted = buttons.map((button, index) => formatButton(button, examples.get(index)));
  return [{ type: "BUTTONS", buttons: formatted }];
}

function formatButton(button: TemplateButton, example: string | undefined): unknown {
  const { text } = button;
  switch (button.kind) {
    case "url": {
      const url = button.target ?? "";
      if (example === undefined) return { type: "URL", text, url };
      // The example is the whole address, not the suffix.
      return { type: "URL", text, url, example: [url.replace(/\{\{.*?\}\}/u, () => example)] };
    }
    case "phone_number":
      return { type: "PHONE_NUMBER", text, phone_number: button.target ?? "" };
    case "copy_code":
      // Its label is WhatsApp's own.
      return { type: "COPY_CODE", example: example ?? "" };
    default:
      return { type: "QUICK_REPLY", text };
  }
}

function examplesOf(template: NewTemplate): { slot: VariableSlot; example: string }[] {
  return templateSlots(template.definition, template.category).map((slot, index) => ({
    slot,
    example: template.examples[index] ?? "",
  }));
}
