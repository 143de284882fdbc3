import { done } from "@recado/contract/admin-limits-api";
import type { Command } from "commander";
import type { OpenShell } from "../open-shell.ts";

/** `alert remove`. */
export function addAlertRemove(noun: Command, open: OpenShell): void {
  noun
    .command("remove")
    .description("Remove a balance alert")
    .argument("<account>", "the account's id")
    .argument("<alert>", "its id")
    .action(async (...[id, alertId, , command]: [string, string, object, Command]) => {
      const shell = open(command);
      await shell.call({
        method: "POST",
        path: `/accounts/${encodeURIComponent(id)}/balance-alerts/remove`,
        body: { alertId },
        answer: done,
      });
      shell.say("Removed.");
    });
}
