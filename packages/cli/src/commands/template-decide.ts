import { template } from "@recado/contract/v1/templates";
import type { Command } from "commander";
import type { OpenShell } from "../open-shell.ts";
import { showTemplate } from "./show-template.ts";

/** `template accept-category`. */
export function addTemplateAcceptCategory(noun: Command, open: OpenShell): void {
  addDecision(noun, open, {
    decision: "accept",
    about: "Pay the dearer category that WhatsApp moved a template to: it is sent again",
  });
}

/** `template reject-category`. */
export function addTemplateRejectCategory(noun: Command, open: OpenShell): void {
  addDecision(noun, open, {
    decision: "reject",
    about: "Stop a template that WhatsApp moved to a dearer category",
  });
}

function addDecision(
  noun: Command,
  open: OpenShell,
  { decision, about }: { decision: "accept" | "reject"; about: string },
): void {
  noun
    .command(`${decision}-category`)
    .description(about)
    .argument("<id_template>", "its number")
    .action(async (id: string, _options: object, command: Command) => {
      const shell = open(command);
      const decided = await shell.call({
        method: "POST",
        path: `/templates/${encodeURIComponent(id)}/category-decision`,
        body: { decision },
        answer: template,
      });
      showTemplate(shell, decided);
    });
}
