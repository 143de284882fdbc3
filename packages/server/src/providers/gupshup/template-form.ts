import { renderText, type TemplateButton, templateSlots } from "../../domain/template.ts";
import type { CreateTemplateCall } from "../provider.ts";

type NewTemplate = CreateTemplateCall["template"];

/** The form of a new template (fact sheet §3.4), with an example for every variable. */
export function formatTemplateForm(template: NewTemplate): Record<string, string> {
  const { definition, category } = template;
  const slots = templateSlots(definition, category);
  const examplesOf = (part: "header" | "body") =>
    template.examples.filter((_example, index) => slots[index]?.part === part);
  const format = definition.header?.format ?? "text";
  const header = definition.header?.text ?? null;
  return {
    elementName: template.name,
    languageCode: template.language,
    category: category.toUpperCase(),
    templateType: format.toUpperCase(),
    // A label of the page's own; nothing depends on it.
    vertical: template.name.slice(0, 180),
    content: definition.body,
    example: renderText(definition.body, examplesOf("body")),
    enableSample: "true",
    allowTemplateCategoryChange: "false",
    ...(header === null ? {} : { header, exampleHeader: renderText(header, examplesOf("header")) }),
    ...(definition.footer === null ? {} : { footer: definition.footer }),
    ...formatSample(template),
    ...(category === "authentication" ? { addSecurityRecommendation: "true" } : {}),
    ...formatButtons(template, slots),
  };
}

/** A file of the self-serve API is named by id and address, a handle of the partners' by itself (§3.4, §3.5). */
function formatSample({ headerHandle, headerUrl }: NewTemplate): Record<string, string> {
  if (headerHandle === null) return {};
  return headerUrl
    ? { mediaId: headerHandle, mediaUrl: headerUrl }
    : { exampleMedia: headerHandle };
}

function formatButtons(
  { definition, examples, category }: NewTemplate,
  slots: ReturnType<typeof templateSlots>,
): Record<string, string> {
  if (definition.buttons.length === 0) return {};
  const exampleOf = (button: number) => {
    const slot = slots.findIndex((one) => one.part === "button" && one.index === button);
    return slot < 0 ? undefined : examples[slot];
  };
  const buttons = definition.buttons.map((button, index) =>
    category === "authentication"
      ? { type: "OTP", otp_type: "COPY_CODE", text: button.text }
      : formatButton(button, exampleOf(index)),
  );
  return { buttons: JSON.stringify(buttons) };
}

function formatButton(button: TemplateButton, example: string | undefined): unknown {
  const { kind, text, target } = button;
  if (kind === "phone_number") return { type: "PHONE_NUMBER", text, phone_number: target ?? "" };
  if (kind === "copy_code") return { type: "COPY_CODE", text, example: example ?? "" };
  if (kind !== "url") return { type: "QUICK_REPLY", text };
  const url = target ?? "";
  if (example === undefined) return { type: "URL", text, url };
  // The example is the whole address, not the suffix.
  return { type: "URL", text, url, example: [url.replace(/\{\{.*?\}\}/u, () => example)] };
}
