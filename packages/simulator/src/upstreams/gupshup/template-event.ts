import type { OfficialNumber } from "../../store/numbers.ts";
import type { Template } from "../../store/templates.ts";
import type { TemplateNews, UpstreamEvent } from "../upstream.ts";
import { formatOwnEvent } from "./own-event.ts";
import { toGupshupId } from "./template-id.ts";

/** A `template-event` of Gupshup's own (fact sheet 4.7). */
export function formatTemplateEvent(
  template: Template,
  number: OfficialNumber,
  news: TemplateNews,
): UpstreamEvent {
  return formatOwnEvent(number, {
    type: "template-event",
    at: template.updatedAt,
    payload: {
      type: `${news.kind}-update`,
      id: toGupshupId(template.id),
      elementName: template.name,
      languageCode: template.language,
      ...formatNews(template, news),
    },
  });
}

function formatNews(template: Template, news: TemplateNews): Record<string, unknown> {
  const { status } = template;
  if (news.kind === "category") return { category: { old: news.previous, new: template.category } };
  if (news.kind === "quality") return { quality: { old: news.previous, new: template.quality } };
  return {
    status: status.toLowerCase(),
    ...(status === "REJECTED" ? { rejectedReason: template.rejectedReason } : {}),
    ...(status === "PAUSED" ? { description: "Paused for 3 hours: low quality." } : {}),
  };
}
