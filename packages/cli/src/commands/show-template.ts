import type { lintFinding, template } from "@recado/contract/v1/templates";
import type { z } from "zod";
import type { Shell } from "../shell.ts";

/** Shows a template as a thing with its most important facts, and a guard in words. */
export function showTemplate(shell: Shell, row: z.infer<typeof template>): void {
  const { id, name, language, category, status, quality, rejected_reason, edit } = row;
  shell.showThing(
    {
      ...{ id_template: id, name, language, category, status, quality },
      reason: rejected_reason,
      unsubmitted: edit === null ? "" : "yes",
      verified: row.last_verified_at,
    },
    row,
  );
  if (row.guard === null) return;
  const { before, now, currency, prices, state } = row.guard;
  shell.say(`Category guard (${state}): ${before} became ${now}, which costs more.`);
  for (const price of prices) {
    shell.say(`  ${price.country}: ${price.before} before, ${price.now} ${currency} now`);
  }
  shell.say(`Decide: recado template accept-category ${id}, or reject-category ${id}`);
}

/** Shows what the linter found, Spanish first. */
export function showFindings(shell: Shell, findings: readonly z.infer<typeof lintFinding>[]): void {
  for (const { severity, path, what, fix, source, rule } of findings) {
    shell.say(`${severity} ${path} (${rule}; ${source})`);
    shell.say(`  ${what.es} ${fix.es}`);
    shell.say(`  ${what.en} ${fix.en}`);
  }
}
