import { pageOf } from "@recado/contract/admin-fields";
import { reseller } from "@recado/contract/admin-resale-api";
import type { Command } from "commander";
import { addPageOptions, type OpenShell, type PageOptions } from "../open-shell.ts";

interface Options extends PageOptions {
  from?: string;
  to?: string;
}

/** `reseller list`. */
export function addResellerList(noun: Command, open: OpenShell): void {
  addPageOptions(
    noun
      .command("list")
      .description("List resellers with what was settled, newest first")
      .option("--from <day>", "first day (UTC; default the first of the month)")
      .option("--to <day>", "last day (default today)"),
  ).action(async (query: Options, command: Command) => {
    const shell = open(command);
    const { limit, cursor, from, to } = query;
    const page = await shell.call({
      method: "GET",
      path: "/resellers",
      query: { limit, cursor, from, to },
      answer: pageOf(reseller),
    });
    shell.showPage(page, [
      ["ID", (row) => row.id],
      ["NAME", (row) => row.name],
      ["BALANCE", (row) => row.balance],
      ["CUSTOMERS", (row) => row.customers],
      ["MESSAGES", (row) => row.messages],
      ["CUSTOMERS PAID", (row) => row.resale],
      ["OWED", (row) => row.wholesale],
      ["MARGIN", (row) => row.margin],
      ["CURRENCY", (row) => row.currency],
      ["SETTLED UNTIL", (row) => row.settledUntil],
    ]);
  });
}
