import { createHash } from "node:crypto";
import type { Template } from "../../store/templates.ts";

/** Gupshup's id of a template: a UUID, always the same for Meta's number (fact sheet 0.2). */
export function toGupshupId(templateId: string): string {
  const known = ids.get(templateId);
  if (known !== undefined) return known;
  const hex = createHash("sha256").update(`template ${templateId}`).digest("hex");
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
  ];
  const id = [...parts, hex.slice(20, 32)].join("-");
  if (ids.size >= idsMax) ids.clear();
  ids.set(templateId, id);
  return id;
}

/** The template of a Gupshup id among these. */
export function findByGupshupId(templates: Template[], id: string): Template | undefined {
  return templates.find((one) => toGupshupId(one.id) === id);
}

const idsMax = 20_000;
const ids = new Map<string, string>();
