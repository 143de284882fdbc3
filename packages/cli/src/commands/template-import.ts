import { importReport } from "@recado/contract/admin-api";
import type { Command } from "commander";
import type { OpenShell } from "../open-shell.ts";
import { showImport } from "./show-import.ts";

/** `template import`. */
export function addTemplateImport(noun: Command, open: OpenShell): void {
  noun
    .command("import")
    .alias("sync")
    .description("Read a project's templates from the provider; their id_template stay")
    .argument("<project>", "its id")
    .action(async (id: string, _options: object, command: Command) => {
      const shell = open(command);
      const path = `/projects/${encodeURIComponent(id)}/templates/import`;
      showImport(shell, await shell.call({ method: "POST", path, answer: importReport }));
    });
}
