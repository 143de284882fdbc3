import { pageOf } from "@recado/contract/admin-fields";
import { settlement } from "@recado/contract/admin-operator-api";
import type { Command } from "commander";
import { addPageOptions, type OpenShell, type PageOptions } from "../open-shell.ts";
import { formatMoment } from "../table.ts";

/** `settlement list`. */
export function addSettlementList(noun: Command, open: OpenShell): void {
  addPageOptions(
    noun
      .command("list")
      .description("List a reseller's settled days, newest first")
      .argument("<account>", "the reseller's id"),
  ).action(async (id: string, query: PageOptions, command: Command) => {
    const shell = open(command);
    const page = await shell.call({
      method: "GET",
      path: `/accounts/${encodeURIComponent(id)}/settlements`,
      query: { limit: query.limit, cursor: query.cursor },
      answer: pageOf(settlement),
    });
    shell.showPage(page, [
      ["DAY", (row) => row.day],
      ["MESSAGES", (row) => row.messages],
      ["CUSTOMERS PAID", (row) => row.resale],
      ["OWED", (row) => row.wholesale],
      ["MARGIN", (row) => row.margin],
      ["POSTED", (row) => formatMoment(row.postedAt)],
    ]);
  });
}
