import { template } from "@recado/contract/v1/templates";
import type { Command } from "commander";
import type { OpenShell } from "../open-shell.ts";
import { readJsonFile } from "./read-json-file.ts";
import { showTemplate } from "./show-template.ts";

/** `template edit`. */
export function addTemplateEdit(noun: Command, open: OpenShell): void {
  noun
    .command("edit")
    .description("Write another content; what WhatsApp has stays in use until it is submitted")
    .argument("<id_template>", "its number")
    .argument("<file>", "JSON with what changes")
    .action(async (...[id, file, , command]: [string, string, object, Command]) => {
      const shell = open(command);
      const changed = await shell.call({
        method: "PATCH",
        path: `/templates/${encodeURIComponent(id)}`,
        body: await readJsonFile(file),
        answer: template,
      });
      showTemplate(shell, changed);
    });
}
