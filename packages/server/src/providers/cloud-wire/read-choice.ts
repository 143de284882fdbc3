import type { MessageContent } from "@recado/contract/v1/message-content";
import { boundJson } from "./bound-json.ts";
import { shortTextOf } from "./short-text.ts";
import { type JsonRecord, parseJson, recordOf, textOf } from "./untrusted-json.ts";

type Choice = NonNullable<MessageContent["choice"]>;

/** Longest answer of a form that is kept. */
const FORM_CHARS_MAX = 100_000;

const FROM: Readonly<Record<string, Choice["from"]>> = {
  button_reply: "button",
  list_reply: "list",
  nfm_reply: "flow",
};

/** What was pressed, picked or filled in (fact sheet §3.4 `interactive`); null when it does not say. */
export function readInteractive(
  interactive: JsonRecord,
): { text: string; content: MessageContent } | null {
  const type = textOf(interactive.type) ?? "";
  const reply = Object.hasOwn(interactive, type) ? recordOf(interactive[type]) : null;
  if (reply === null) return null;
  const from = Object.hasOwn(FROM, type) ? FROM[type] : undefined;
  const title = shortTextOf(reply.title) ?? shortTextOf(reply.body) ?? shortTextOf(reply.response);
  const choice: Choice = {
    from: from ?? "other",
    id: shortTextOf(reply.id) ?? shortTextOf(reply.name),
    title,
    description: shortTextOf(reply.description),
    form: from === "flow" ? readForm(reply.response_json) : null,
  };
  return { text: title ?? "", content: { choice } };
}

/** A form's answer is JSON inside a text; what is none stays the text that it is. */
function readForm(value: unknown): unknown {
  const text = textOf(value);
  if (text === null || text.length > FORM_CHARS_MAX) return null;
  const parsed = parseJson(text);
  return parsed === null ? text : boundJson(parsed.value);
}
