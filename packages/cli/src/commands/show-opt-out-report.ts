import type { optOutReport } from "@recado/contract/admin-limits-api";
import type { z } from "zod";
import type { Shell } from "../shell.ts";

/** Shows what became of a list of people. */
export function showOptOutReport(shell: Shell, report: z.infer<typeof optOutReport>): void {
  const { added, already, refused, problems } = report;
  shell.showThing({ added, already, refused }, report);
  for (const { line, mobile, message } of problems) {
    shell.say(`line ${line}: ${mobile} ${message}`);
  }
}
