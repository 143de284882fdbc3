import { importReport } from "@recado/contract/admin-api";
import type { Command } from "commander";
import type { OpenShell } from "../open-shell.ts";
import { readJsonFile } from "./read-json-file.ts";
import { showImport } from "./show-import.ts";

/** `template import-file`. */
export function addTemplateImportFile(noun: Command, open: OpenShell): void {
  noun
    .command("import-file")
    .description(
      "Read a project's templates from a JSON file: ours, or Meta's list as it answers it",
    )
    .argument("<project>", "its id")
    .argument("<file>", 'such as {"templates":[{"name",…}]} or {"data":[…]}')
    .action(async (...[id, file, , command]: [string, string, object, Command]) => {
      const shell = open(command);
      const report = await shell.call({
        method: "POST",
        path: `/projects/${encodeURIComponent(id)}/templates/import-file`,
        body: await readJsonFile(file),
        answer: importReport,
      });
      showImport(shell, report);
    });
}
