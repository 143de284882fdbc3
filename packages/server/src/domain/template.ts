/**
 * A template as we keep it: Meta's components, made regular. Variables are numbered across the whole
 * template in the order header text, body, URL buttons (suffix), coupon code; an authentication
 * template's code is one variable although it stands in body and button.
 */

/** Meta's categories; `service` is the category of free-form messages, never of a template. */
export type TemplateCategory = "marketing" | "utility" | "authentication";

/** What the integrator reads; Meta's finer states are folded into these. */
export type TemplateStatus = "approved" | "pending" | "rejected" | "paused" | "disabled";

/** A state as it is kept here: `draft` is not known to the provider yet. */
export type StoredTemplateStatus = TemplateStatus | "draft";

/** WhatsApp's judgement of how people take a template; `unknown` at first. */
export type TemplateQuality = "green" | "yellow" | "red" | "unknown";

/** Kinds of header that carry something. */
export type HeaderFormat = "text" | "image" | "video" | "document" | "location";

/** A button as the template fixes it. */
export interface TemplateButton {
  kind: "quick_reply" | "url" | "phone_number" | "copy_code" | "otp" | "other";
  text: string;
  /** URL (with `{{1}}` at its end when it takes a suffix), telephone number, or null. */
  target: string | null;
}

/** The whole text and make-up of a template. */
export interface TemplateDefinition {
  header: { format: HeaderFormat; text: string | null } | null;
  body: string;
  footer: string | null;
  buttons: TemplateButton[];
  /** `named` templates name their parameters; the order of first appearance numbers them. */
  parameterFormat: "positional" | "named";
}

/** Where a variable goes. `name` is set for named templates. */
export type VariableSlot =
  | { part: "header"; name: string | null }
  | { part: "body"; name: string | null }
  | { part: "button"; index: number; subType: "url" | "copy_code" };

const PLACEHOLDER = /\{\{\s*([a-z0-9_]+)\s*\}\}/giu;

const known = new WeakMap<TemplateDefinition, readonly VariableSlot[]>();

/**
 * The slots that a caller fills, in order; its length is the template's number of variables. Remembered
 * with the definition, which never changes.
 */
export function templateSlots(
  definition: TemplateDefinition,
  category: TemplateCategory,
): readonly VariableSlot[] {
  const slots = known.get(definition) ?? findSlots(definition, category);
  known.set(definition, slots);
  return slots;
}

function findSlots(definition: TemplateDefinition, category: TemplateCategory): VariableSlot[] {
  if (category === "authentication") return [{ part: "body", name: null }];
  const named = definition.parameterFormat === "named";
  const names = (text: string) => placeholders(text).map((name) => (named ? name : null));
  const header = definition.header?.format === "text" ? (definition.header.text ?? "") : "";
  return [
    ...names(header).map((name): VariableSlot => ({ part: "header", name })),
    ...names(definition.body).map((name): VariableSlot => ({ part: "body", name })),
    ...definition.buttons.flatMap(buttonSlots),
  ];
}

/** What a caller may call each slot: its own name, else its place in the list, from `1`. */
export function slotNames(definition: TemplateDefinition, category: TemplateCategory): string[] {
  return templateSlots(definition, category).map(
    (slot, index) => ("name" in slot ? slot.name : null) ?? String(index + 1),
  );
}

/** The body as the telephone shows it. `values` are those of the body's slots, in order. */
export function renderText(text: string, values: readonly string[]): string {
  if (values.length === 0) return text;
  const order = placeholders(text);
  return text.replace(PLACEHOLDER, (whole, name: string) => values[order.indexOf(name)] ?? whole);
}

/** Names (or numbers) of a text's variables: numbers ascending, names by first appearance. */
function placeholders(text: string): string[] {
  const found = [...new Set([...text.matchAll(PLACEHOLDER)].map((match) => match[1] ?? ""))];
  return found.every((name) => /^\d+$/u.test(name))
    ? found.sort((left, right) => Number(left) - Number(right))
    : found;
}

function buttonSlots(button: TemplateButton, index: number): VariableSlot[] {
  if (button.kind === "url" && button.target?.includes("{{")) {
    return [{ part: "button", index, subType: "url" }];
  }
  return button.kind === "copy_code" ? [{ part: "button", index, subType: "copy_code" }] : [];
}
