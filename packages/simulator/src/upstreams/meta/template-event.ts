import type { Template } from "../../store/templates.ts";
import { formatMetaJson } from "../../webhooks/meta-json.ts";
import type { TemplateNews } from "../upstream.ts";

/** The change that tells what happened to a template (fact sheet 3.8). */
export function formatTemplateEvent(template: Template, news: TemplateNews): string {
  const { field, value } = toTemplateChange(template, news);
  // The id is a JSON number in this event (3.8) and may be beyond what a double holds.
  return formatMetaJson({ value: { message_template_id: 0, ...value }, field }).replace(
    '"message_template_id":0',
    `"message_template_id":${template.id}`,
  );
}

/** Its field, and its value without the id. */
export function toTemplateChange(
  template: Template,
  news: TemplateNews,
): { field: string; value: Record<string, unknown> } {
  const named = {
    message_template_name: template.name,
    message_template_language: template.language,
  };
  if (news.kind === "category") {
    const value = { ...named, previous_category: news.previous, new_category: template.category };
    return { field: "template_category_update", value };
  }
  if (news.kind === "quality") {
    const scores = { previous_quality_score: news.previous, new_quality_score: template.quality };
    return { field: "message_template_quality_update", value: { ...named, ...scores } };
  }
  const value = {
    event: template.status,
    ...named,
    message_template_category: template.category,
    reason: template.rejectedReason ?? "NONE",
    ...(template.status === "PAUSED"
      ? { other_info: { title: "FIRST_PAUSE", description: "Paused for low quality." } }
      : {}),
  };
  return { field: "message_template_status_update", value };
}
