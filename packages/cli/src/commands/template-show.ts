import { template } from "@recado/contract/v1/templates";
import type { Command } from "commander";
import type { OpenShell } from "../open-shell.ts";
import { showTemplate } from "./show-template.ts";

/** `template show`. */
export function addTemplateShow(noun: Command, open: OpenShell): void {
  noun
    .command("show")
    .description("Show a template, and the decision that it may wait for")
    .argument("<id_template>", "its number")
    .action(async (id: string, _options: object, command: Command) => {
      const shell = open(command);
      const path = `/templates/${encodeURIComponent(id)}`;
      showTemplate(shell, await shell.call({ method: "GET", path, answer: template }));
    });
}
