import { optOutReport } from "@recado/contract/admin-limits-api";
import type { Command } from "commander";
import type { OpenShell } from "../open-shell.ts";
import { showOptOutReport } from "./show-opt-out-report.ts";

/** `opt-out add`. */
export function addOptOutAdd(noun: Command, open: OpenShell): void {
  noun
    .command("add")
    .description("Send people no marketing any more")
    .argument("<project>", "its id")
    .argument("<mobiles...>", "digits, country code first")
    .action(async (...[id, mobiles, , command]: [string, string[], object, Command]) => {
      const shell = open(command);
      const report = await shell.call({
        method: "POST",
        path: `/projects/${encodeURIComponent(id)}/opt-outs`,
        body: { list: mobiles.join("\n") },
        answer: optOutReport,
      });
      showOptOutReport(shell, report);
    });
}
