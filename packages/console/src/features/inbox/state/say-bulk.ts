import type { es as shellEs } from "../../../i18n/es.ts";
import type { Say } from "../../../i18n/words.ts";
import type { es } from "../i18n/es.ts";
import { personName } from "../text/person-name.ts";
import type { BulkOutcome, BulkRefusal } from "./bulk-actions.ts";

/** People who are named for one reason; the others are counted. They are ticked still. */
const NAMED_MAX = 3;

/** What became of an action on many conversations: how many were done, and who was left out for which reason. */
export function sayBulk(
  { done, refused }: Pick<BulkOutcome, "done" | "refused">,
  say: Say<typeof es>,
  sayProblem: Say<typeof shellEs>,
): string {
  if (refused.length === 0) return say("bulk.done", { count: done });
  const reasons = new Map<BulkRefusal["why"], string[]>();
  for (const { why, conversation } of refused) {
    const name = personName(conversation.contact);
    reasons.set(why, [...(reasons.get(why) ?? []), name]);
  }
  const parts = [...reasons].map(([why, all]) => {
    const names = nameSome(all, say);
    if (why === "wrote") return say("bulk.wrote", { count: all.length, names });
    return say("bulk.refused", { names, why: sayProblem(`problem.${why}`) });
  });
  return [say("bulk.partly", { done, count: refused.length }), ...parts].join(" ");
}

function nameSome(names: readonly string[], say: Say<typeof es>): string {
  const named = names.slice(0, NAMED_MAX).join(", ");
  const rest = names.length - NAMED_MAX;
  return rest > 0 ? say("bulk.andMore", { names: named, count: rest }) : named;
}
