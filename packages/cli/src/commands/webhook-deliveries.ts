import { delivery } from "@recado/contract/admin-activity-api";
import { pageOf } from "@recado/contract/admin-fields";
import type { Command } from "commander";
import { addPageOptions, type OpenShell, type PageOptions } from "../open-shell.ts";
import { formatMoment } from "../table.ts";

/** `webhook deliveries`. */
export function addWebhookDeliveries(noun: Command, open: OpenShell): void {
  addPageOptions(
    noun
      .command("deliveries")
      .description("List what was or will be posted to an endpoint, newest first")
      .argument("<endpoint>", "its id")
      .option("--state <state>", "pending, calling, delivered, exhausted or parked"),
  ).action(async (id: string, options: PageOptions & { state?: string }, command: Command) => {
    const shell = open(command);
    const page = await shell.call({
      method: "GET",
      path: `/endpoints/${encodeURIComponent(id)}/deliveries`,
      query: { state: options.state, limit: options.limit, cursor: options.cursor },
      answer: pageOf(delivery),
    });
    shell.showPage(page, [
      ["ID", (row) => row.id],
      ["KIND", (row) => row.kind],
      ["STATE", (row) => row.state],
      ["CALLS", (row) => row.attempts],
      ["CREATED", (row) => formatMoment(row.createdAt)],
      ["NEXT", (row) => formatMoment(row.dueAt)],
      ["MESSAGE", (row) => row.messageId],
    ]);
  });
}
