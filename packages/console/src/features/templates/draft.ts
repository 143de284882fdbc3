import type { Shown } from "./telephone-preview.tsx";
import type { NewTemplate, Template } from "./template-calls.ts";

/** What the editor holds: every field as text, so that nothing that was typed is lost on the way. */
export interface Draft {
  name: string;
  language: string;
  category: Template["category"];
  header: "none" | "text" | "image" | "video" | "document";
  headerText: string;
  body: string;
  footer: string;
  buttons: DraftButton[];
  /** By the variable's name. */
  examples: Record<string, string>;
}

/** A button that is being written. `key` keeps it apart from its neighbours while it is. */
export interface DraftButton {
  key: string;
  kind: "quick_reply" | "url" | "phone_number" | "copy_code" | "otp";
  text: string;
  target: string;
}

const KINDS = ["quick_reply", "url", "phone_number", "copy_code", "otp"] as const;
const VARIABLE = /\{\{\s*([A-Za-z0-9_]+)\s*\}\}/gu;

/** An empty draft. */
export function newDraft(): Draft {
  return {
    ...{ name: "", language: "es", category: "utility", header: "none" },
    ...{ headerText: "", body: "", footer: "", buttons: [], examples: {} },
  };
}

/** A draft of what a template says, or of what was last written for it. */
export function draftOf(template: Template): Draft {
  const { edit } = template;
  const header = edit?.header ?? (edit === null ? headerOf(template) : null);
  const format = header?.format ?? "none";
  const names = template.variables.map(({ name }) => name);
  return {
    name: template.name,
    language: template.language,
    category: edit?.category ?? template.category,
    header: format === "location" ? "none" : format,
    headerText: header?.text ?? "",
    body: edit?.body ?? template.body,
    footer: (edit === null ? template.footer : edit.footer) ?? "",
    buttons: (edit?.buttons ?? template.buttons).map(({ kind, text, target }, index) => ({
      key: String(index),
      kind: KINDS.find((each) => each === kind) ?? "quick_reply",
      text,
      target: target ?? "",
    })),
    examples: Object.fromEntries(
      (edit?.examples ?? []).map((value, at) => [names[at] ?? "", value]),
    ),
  };
}

/** What is sent: empty parts are left out, examples stand in the variables' order. */
export function contentOf(draft: Draft): Omit<NewTemplate, "name" | "language"> {
  const names = listVariables(draft);
  const examples = names.map((name) => draft.examples[name] ?? "");
  return {
    category: draft.category,
    header:
      draft.header === "none"
        ? null
        : { format: draft.header, text: draft.header === "text" ? draft.headerText : null },
    body: draft.body,
    footer: draft.footer === "" ? null : draft.footer,
    buttons: draft.buttons.map(({ kind, text, target }) => ({
      kind,
      text,
      target: target === "" ? null : target,
    })),
    ...(examples.some((value) => value !== "") && { examples }),
  };
}

/** The variables in the order in which they are filled: header, body, buttons; each once in its part. */
export function listVariables({ header, headerText, body, buttons }: Draft): string[] {
  const inHeader = header === "text" ? namesIn(headerText) : [];
  const inButtons = buttons.flatMap(({ kind, target }) => (kind === "url" ? namesIn(target) : []));
  return [...new Set([...inHeader, ...namesIn(body), ...inButtons])];
}

/** The draft as a person would see it, examples in place of variables. */
export function showDraft(draft: Draft): Shown {
  const fill = (text: string) =>
    text.replace(VARIABLE, (whole, name: string) => draft.examples[name] || whole);
  return {
    header: draft.header === "none" ? null : { format: draft.header, text: fill(draft.headerText) },
    body: fill(draft.body),
    footer: draft.footer,
    buttons: draft.buttons.map(({ kind, text, target }) => ({ kind, text, target })),
  };
}

function namesIn(text: string): string[] {
  return [...new Set([...text.matchAll(VARIABLE)].map((match) => match[1] ?? ""))];
}

function headerOf(template: Template) {
  return template.header === null ? null : { format: template.header, text: template.header_text };
}
