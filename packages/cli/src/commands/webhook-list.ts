import { endpoint } from "@recado/contract/admin-activity-api";
import { pageOf } from "@recado/contract/admin-fields";
import type { Command } from "commander";
import type { OpenShell } from "../open-shell.ts";
import { formatMoment } from "../table.ts";

/** `webhook list`. */
export function addWebhookList(noun: Command, open: OpenShell): void {
  noun
    .command("list")
    .description("List the endpoints of an account")
    .argument("<account>", "its id")
    .option("--project <id>", "of this project")
    .action(async (id: string, options: { project?: string }, command: Command) => {
      const shell = open(command);
      const page = await shell.call({
        method: "GET",
        path: `/accounts/${encodeURIComponent(id)}/endpoints`,
        query: { projectId: options.project },
        answer: pageOf(endpoint),
      });
      shell.showPage(page, [
        ["ID", (row) => row.id],
        ["URL", (row) => row.url],
        ["STATE", (row) => row.state],
        ["EVENTS", (row) => row.events ?? "all of messages"],
        ["NUMBERS", (row) => row.numbers ?? "all"],
        ["TEMPLATES", (row) => row.templates ?? "all"],
        ["RATE", (row) => row.ratePerSecond],
        ["FAILING SINCE", (row) => formatMoment(row.failingSince)],
        ["REASON", (row) => row.disabledReason],
      ]);
    });
}
