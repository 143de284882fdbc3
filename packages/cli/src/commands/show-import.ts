import type { importReport } from "@recado/contract/admin-api";
import type { z } from "zod";
import type { Shell } from "../shell.ts";

/** Says what an import did. */
export function showImport(shell: Shell, report: z.infer<typeof importReport>): void {
  shell.showThing(
    {
      inserted: report.inserted,
      updated: report.updated,
      disabled: report.disabled,
      skipped: report.skipped.length,
    },
    report,
  );
  for (const { name, why } of report.skipped) shell.say(`skipped ${name}: ${why}`);
}
