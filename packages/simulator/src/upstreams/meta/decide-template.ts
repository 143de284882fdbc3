import type { Template } from "../../store/templates.ts";
import type { TemplateNews, Upstreams } from "../upstream.ts";
import type { MetaParts } from "./meta-parts.ts";

/** What WhatsApp's people decide about a template; what is absent stays. */
export interface TemplateDecision {
  status?: string | undefined;
  rejectedReason?: string | undefined;
  category?: Template["category"] | undefined;
  quality?: string | undefined;
}

/** Decides about a template and tells it to every callback of its WABA: an event for each thing that changes (Meta's: 3.8). */
export async function decideTemplate(
  parts: MetaParts & { upstreams: Upstreams },
  template: Template,
  decision: TemplateDecision,
): Promise<Template> {
  const now = parts.clock();
  const { status = template.status, category = template.category } = decision;
  const isRejected = status === "REJECTED";
  const reason = isRejected ? (decision.rejectedReason ?? "INVALID_FORMAT") : null;
  const decided = {
    ...template,
    ...{ status, category, quality: decision.quality ?? template.quality },
    ...{ rejectedReason: reason, updatedAt: now },
  };
  await parts.templates.upsert(decided);
  const news: TemplateNews[] = [
    ...(decision.status === undefined ? [] : [{ kind: "status" } as const]),
    ...(decision.category === undefined
      ? []
      : [{ kind: "category", previous: template.category } as const]),
    ...(decision.quality === undefined
      ? []
      : [{ kind: "quality", previous: template.quality } as const]),
  ];
  const told = new Set<string>();
  await parts.store.write(() => {
    for (const number of parts.numbers.listOfWaba(template.wabaId)) {
      const callback = `${number.effectiveCallbackUrl} ${number.appSecret}`;
      if (told.has(callback) || !number.subscribed) continue;
      told.add(callback);
      for (const one of news) {
        parts.events.insertOutbox({
          numberId: number.id,
          orderKey: template.id,
          dueAt: now,
          ...parts.upstreams[number.provider].formatTemplate(decided, number, one),
        });
      }
    }
  });
  parts.wakePosting();
  return decided;
}
