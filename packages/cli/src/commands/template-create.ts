import { template } from "@recado/contract/v1/templates";
import type { Command } from "commander";
import type { OpenShell } from "../open-shell.ts";
import { readJsonFile } from "./read-json-file.ts";
import { showTemplate } from "./show-template.ts";

/** `template create`. */
export function addTemplateCreate(noun: Command, open: OpenShell): void {
  noun
    .command("create")
    .description("Write a draft; WhatsApp sees it when it is submitted")
    .argument("<project>", "its id")
    .argument(
      "<file>",
      'JSON: {"name","language","category","header","body","footer","buttons","examples"}',
    )
    .action(async (...[id, file, , command]: [string, string, object, Command]) => {
      const shell = open(command);
      const made = await shell.call({
        method: "POST",
        path: `/projects/${encodeURIComponent(id)}/templates`,
        body: await readJsonFile(file),
        answer: template,
      });
      showTemplate(shell, made);
    });
}
