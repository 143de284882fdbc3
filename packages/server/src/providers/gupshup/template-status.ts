import type { TemplateStatus } from "../../domain/template.ts";
import { foldStatus } from "../cloud-wire/template-words.ts";
import { textOf } from "../cloud-wire/untrusted-json.ts";

/** Gupshup's states of a template beside Meta's (fact sheet §3.3); one of them it spells in two ways. */
const OWN_STATUSES: Readonly<Record<string, TemplateStatus>> = {
  APPEALED: "pending",
  DEACTIVATED: "disabled",
  DESACTIVATED: "disabled",
  FAILED: "rejected",
  IN_REVIEW: "pending",
  SANDBOX_REQUESTED: "pending",
  SUBMITTED: "pending",
};

/** Our word for a state, of any case; null when it is a new one. */
export function foldGupshupStatus(value: unknown): TemplateStatus | null {
  const word = textOf(value)?.toUpperCase() ?? "";
  return (Object.hasOwn(OWN_STATUSES, word) ? OWN_STATUSES[word] : null) ?? foldStatus(value);
}
