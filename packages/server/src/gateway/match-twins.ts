import { isDeepStrictEqual } from "node:util";
import type { ProviderTemplate } from "../providers/provider.ts";
import type { TemplateTwin } from "../storage/template-twins.ts";
import type { TemplateRow } from "../storage/templates.ts";

type Own = Pick<TemplateRow, "id" | "name" | "language" | "category" | "definition" | "status">;
type There = Pick<
  ProviderTemplate,
  "name" | "language" | "category" | "definition" | "status" | "providerTemplateId"
>;

/**
 * Which of a project's templates exist at another number: the same name, language, category and content. What differs in
 * any of them is no twin: a person would read something else, or it would cost something else. `missing` names the approved
 * ones that have none there, with the reason; of the others nothing could be sent anyhow.
 */
export function matchTwins(
  own: readonly Own[],
  there: readonly There[],
): { twins: TemplateTwin[]; missing: { name: string; why: string }[] } {
  const named = new Map(there.map((template) => [keyOf(template), template]));
  const twins: TemplateTwin[] = [];
  const missing: { name: string; why: string }[] = [];
  for (const template of own) {
    const found = named.get(keyOf(template));
    if (found && isSame(template, found)) {
      const { providerTemplateId, status } = found;
      twins.push({ templateId: template.id, providerTemplateId, status });
      continue;
    }
    if (template.status !== "approved") continue;
    const why = found
      ? "it has another content or category at the second number"
      : "it does not exist at the second number";
    missing.push({ name: template.name, why });
  }
  return { twins, missing };
}

function keyOf({ language, name }: Pick<Own, "language" | "name">): string {
  return `${language} ${name}`;
}

function isSame(own: Own, twin: There): boolean {
  return (
    own.category === twin.category &&
    isDeepStrictEqual(plain(own.definition), plain(twin.definition))
  );
}

/** As the database gives it back: without what is undefined. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
