import { done } from "@recado/contract/admin-limits-api";
import type { Command } from "commander";
import type { OpenShell } from "../open-shell.ts";

/** `opt-out remove`. */
export function addOptOutRemove(noun: Command, open: OpenShell): void {
  noun
    .command("remove")
    .description("Send a person marketing again, who asked for it")
    .argument("<project>", "its id")
    .argument("<mobile>", "digits, country code first")
    .action(async (...[id, mobile, , command]: [string, string, object, Command]) => {
      const shell = open(command);
      await shell.call({
        method: "POST",
        path: `/projects/${encodeURIComponent(id)}/opt-outs/remove`,
        body: { mobile },
        answer: done,
      });
      shell.say("Removed.");
    });
}
