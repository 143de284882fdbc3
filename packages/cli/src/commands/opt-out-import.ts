import { readFile } from "node:fs/promises";
import { optOutReport } from "@recado/contract/admin-limits-api";
import type { Command } from "commander";
import { CommandFailure } from "../command-failure.ts";
import type { OpenShell } from "../open-shell.ts";
import { showOptOutReport } from "./show-opt-out-report.ts";

/** `opt-out import`. */
export function addOptOutImport(noun: Command, open: OpenShell): void {
  noun
    .command("import")
    .description("Send up to 10,000 people of a file no marketing any more")
    .argument("<project>", "its id")
    .argument("<file>", "CSV (mobile, note) or a JSON list")
    .action(async (...[id, file, , command]: [string, string, object, Command]) => {
      const shell = open(command);
      const list = await readFile(file, "utf8").catch((error: Error) => {
        throw new CommandFailure(`${file} cannot be read: ${error.message}`);
      });
      const report = await shell.call({
        method: "POST",
        path: `/projects/${encodeURIComponent(id)}/opt-outs`,
        body: { list },
        answer: optOutReport,
      });
      showOptOutReport(shell, report);
    });
}
