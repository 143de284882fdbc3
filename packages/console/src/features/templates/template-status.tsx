import { StatusTag } from "../../ui/status-tag.tsx";
import { templateWords } from "./i18n/template-words.ts";
import type { Template } from "./template-calls.ts";

const STANDINGS = {
  draft: "mute",
  approved: "good",
  pending: "wait",
  rejected: "bad",
  paused: "wait",
  disabled: "bad",
} as const;

/** Whether it can be sent, in a word. */
export function TemplateStatus({ status }: { status: Template["status"] }) {
  const say = templateWords.useWords();
  return <StatusTag kind={STANDINGS[status]}>{say(`status.${status}`)}</StatusTag>;
}
