import { transfer } from "@recado/contract/admin-activity-api";
import { pageOf } from "@recado/contract/admin-fields";
import type { Command } from "commander";
import { addPageOptions, type OpenShell, type PageOptions } from "../open-shell.ts";
import { formatMoment } from "../table.ts";

/** `ledger`. */
export function addLedger(program: Command, open: OpenShell): void {
  addPageOptions(
    program
      .command("ledger")
      .description("List every movement of an account's money, newest first")
      .argument("<account>", "its id"),
  ).action(async (id: string, query: PageOptions, command: Command) => {
    const shell = open(command);
    const page = await shell.call({
      method: "GET",
      path: `/accounts/${encodeURIComponent(id)}/ledger`,
      query: { limit: query.limit, cursor: query.cursor },
      answer: pageOf(transfer),
    });
    shell.showPage(page, [
      ["AT", (row) => formatMoment(row.at)],
      ["KIND", (row) => row.kind],
      ["AMOUNT", (row) => row.signed],
      ["BALANCE", (row) => row.balanceAfter],
      ["REFERENCE", (row) => row.reference],
      ["CAUSE", (row) => row.causeId],
    ]);
  });
}
