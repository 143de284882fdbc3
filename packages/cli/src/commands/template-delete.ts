import { deletion } from "@recado/contract/v1/templates";
import type { Command } from "commander";
import type { OpenShell } from "../open-shell.ts";

/** `template delete`. */
export function addTemplateDelete(noun: Command, open: OpenShell): void {
  noun
    .command("delete")
    .description("Delete a template here and at WhatsApp; its name is blocked for 30 days")
    .argument("<id_template>", "its number")
    .option("--all-languages", "every language of its name")
    .action(async (...[id, options, command]: [string, { allLanguages?: boolean }, Command]) => {
      const shell = open(command);
      const done = await shell.call({
        method: "POST",
        path: `/templates/${encodeURIComponent(id)}/delete`,
        body: { allLanguages: options.allLanguages === true },
        answer: deletion,
      });
      shell.showThing(done);
      if (done.name_free_at !== null) {
        shell.say(`WhatsApp takes no new template of this name before ${done.name_free_at}.`);
      }
    });
}
