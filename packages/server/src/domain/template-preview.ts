import {
  type HeaderFormat,
  renderText,
  slotNames,
  type TemplateButton,
  type TemplateCategory,
  type TemplateDefinition,
  templateSlots,
} from "./template.ts";

/** A template as a telephone shows it. */
export interface TemplatePreview {
  header: { format: HeaderFormat; text: string | null } | null;
  body: string;
  footer: string | null;
  /** With their addresses whole. */
  buttons: TemplateButton[];
  /** Variables that got neither a value nor an example: their places are shown as they are written. */
  missing: string[];
}

/** Fills a template; a value that is missing or blank is taken from the examples. */
export function previewTemplate(
  { definition, category }: { definition: TemplateDefinition; category: TemplateCategory },
  given: { values: readonly (string | undefined)[]; examples: readonly string[] },
): TemplatePreview {
  const slots = templateSlots(definition, category);
  const names = slotNames(definition, category);
  const filled = slots.map((slot, index) => {
    const value = [given.values[index], given.examples[index]].find((one) => one?.trim());
    return { slot, value, name: names[index] ?? "" };
  });
  const textOf = (part: "header" | "body", text: string) =>
    renderText(
      text,
      filled.flatMap(({ slot, value, name }) =>
        slot.part === part ? [value ?? `{{${name}}}`] : [],
      ),
    );
  const { header, body, footer } = definition;
  const buttons = definition.buttons.map((button, index) => {
    const fill = filled.find(({ slot }) => slot.part === "button" && slot.index === index);
    if (fill?.value === undefined) return button;
    if (button.kind === "copy_code") return { ...button, target: fill.value };
    const { value } = fill;
    return { ...button, target: (button.target ?? "").replace(/\{\{.*?\}\}/u, () => value) };
  });
  return {
    header: header && { ...header, text: header.text && textOf("header", header.text) },
    body: textOf("body", body),
    footer,
    buttons,
    missing: filled.flatMap(({ value, name }) => (value === undefined ? [name] : [])),
  };
}
