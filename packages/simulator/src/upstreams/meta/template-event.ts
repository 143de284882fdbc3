import type { Template } from "../../store/templates.ts";
import { formatMetaJson } from "../../webhooks/meta-json.ts";

/** The change that tells a decision: `message_template_status_update` (fact sheet 3.8). */
export function formatTemplateEvent(template: Template): string {
  const value = {
    event: template.status,
    message_template_id: 0,
    message_template_name: template.name,
    message_template_language: template.language,
    message_template_category: template.category,
    reason: template.rejectedReason ?? "NONE",
    ...(template.status === "PAUSED"
      ? { other_info: { title: "FIRST_PAUSE", description: "Paused for low quality." } }
      : {}),
  };
  // The id is a JSON number in this event (3.8) and may be beyond what a double holds.
  return formatMetaJson({ value, field: "message_template_status_update" }).replace(
    '"message_template_id":0',
    `"message_template_id":${template.id}`,
  );
}
