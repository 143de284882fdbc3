import { pageOf } from "@recado/contract/admin-fields";
import { campaign } from "@recado/contract/admin-limits-api";
import type { Command } from "commander";
import { addPageOptions, type OpenShell, type PageOptions } from "../open-shell.ts";

/** `campaign list`. */
export function addCampaignList(noun: Command, open: OpenShell): void {
  addPageOptions(
    noun
      .command("list")
      .description("List an account's campaigns with their counts, newest first")
      .argument("<account>", "its id"),
  ).action(async (id: string, { limit, cursor }: PageOptions, command: Command) => {
    const shell = open(command);
    const page = await shell.call({
      method: "GET",
      path: `/accounts/${encodeURIComponent(id)}/campaigns`,
      query: { limit, cursor },
      answer: pageOf(campaign),
    });
    shell.showPage(page, [
      ["NAME", (row) => row.name],
      ["ACCEPTED", (row) => String(row.accepted)],
      ["SENT", (row) => String(row.sent)],
      ["OF", (row) => (row.messagesMax === null ? "" : String(row.messagesMax))],
      ["FAILED", (row) => String(row.failed)],
      ["SPENT", (row) => row.spent],
      ["OF", (row) => row.amountMax],
      ["REFUNDED", (row) => row.refunded],
    ]);
  });
}
