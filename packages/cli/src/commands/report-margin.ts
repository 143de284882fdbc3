import { marginReport } from "@recado/contract/admin-operator-api";
import type { Command } from "commander";
import type { OpenShell } from "../open-shell.ts";

interface Options {
  from: string;
  to?: string;
  account?: string;
  by: string;
}

/** `report margin`. */
export function addReportMargin(noun: Command, open: OpenShell): void {
  noun
    .command("margin")
    .description("What messages brought in and what they cost, as charged")
    .requiredOption("--from <day>", "first day (UTC), such as 2026-11-01")
    .option("--to <day>", "last day, up to 92 of them (default the first)")
    .option("--account <id>", "of this account alone")
    .option("--by <parts>", "any of day,account,category,country", "day,account,category,country")
    .action(async (options: Options, command: Command) => {
      const shell = open(command);
      const { from, to = from, account, by } = options;
      const report = await shell.call({
        method: "GET",
        path: "/reports/margin",
        query: { from, to, accountId: account, by },
        answer: marginReport,
      });
      shell.showRows(report.items, [
        ["DAY", (row) => row.day],
        ["ACCOUNT", (row) => row.accountName],
        ["CATEGORY", (row) => row.category],
        ["COUNTRY", (row) => row.country],
        ["CHARGED", (row) => row.charged],
        ["REFUNDED", (row) => row.refunded],
        ["REVERSED", (row) => row.reversed],
        ["REVENUE", (row) => row.revenue],
        ["COST", (row) => row.cost],
        ["MARGIN", (row) => row.margin],
        ["CURRENCY", (row) => row.currency],
      ]);
    });
}
