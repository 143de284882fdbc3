import type { Shown } from "./telephone-preview.tsx";
import type { NewTemplate, Template } from "./template-calls.ts";

/** What the editor holds: every field as text, so that nothing that was typed is lost on the way. */
export interface Draft {
  name: string;
  language: string;
  category: Template["category"];
  /** A place's header is made at WhatsApp: it stays as it is. */
  header: "none" | "text" | "image" | "video" | "document" | "location";
  headerText: string;
  body: string;
  footer: string;
  buttons: DraftButton[];
  /** By the variable's name. */
  examples: Record<string, string>;
  /** The uploaded file that shows WhatsApp's reviewers the header; undefined: what there is stays. */
  sampleMediaId: string | null | undefined;
}

/** What a part of the editor is given. */
export interface DraftFieldProps {
  draft: Draft;
  change(part: Partial<Draft>): void;
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
    sampleMediaId: undefined,
  };
}

/** A draft of what a template says, or of what was last written for it. */
export function draftOf(template: Template): Draft {
  const { edit } = template;
  const header = edit?.header ?? (edit === null ? headerOf(template) : null);
  const draft: Draft = {
    name: template.name,
    language: template.language,
    category: edit?.category ?? template.category,
    header: header?.format ?? "none",
    headerText: header?.text ?? "",
    body: edit?.body ?? template.body,
    footer: (edit === null ? template.footer : edit.footer) ?? "",
    buttons: (edit?.buttons ?? template.buttons).map(({ kind, text, target }, index) => ({
      key: String(index),
      kind: KINDS.find((each) => each === kind) ?? "quick_reply",
      text,
      target: target ?? "",
    })),
    examples: {},
    sampleMediaId: edit?.sample_media_id ?? undefined,
  };
  const names = listVariables(draft);
  const examples = (edit?.examples ?? []).map((value, at) => [names[at] ?? "", value]);
  return { ...draft, examples: Object.fromEntries(examples) };
}

/** What is sent: empty parts are left out, examples stand in the variables' order. */
export function contentOf(draft: Draft): Omit<NewTemplate, "name" | "language"> {
  const names = listVariables(draft);
  const examples = names.map((name) => draft.examples[name] ?? "");
  return {
    category: draft.category,
    ...headerOfDraft(draft),
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

function headerOfDraft({ header, headerText, sampleMediaId }: Draft) {
  if (header === "location") return {};
  if (header === "none") return { header: null };
  if (header === "text") return { header: { format: header, text: headerText } };
  const sample = sampleMediaId === undefined ? {} : { sample_media_id: sampleMediaId };
  return { header: { format: header, text: null }, ...sample };
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
