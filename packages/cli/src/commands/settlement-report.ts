import { settlementReport } from "@recado/contract/admin-resale-api";
import type { Command } from "commander";
import type { OpenShell } from "../open-shell.ts";

interface Options {
  from?: string;
  to?: string;
  by: string;
  csv?: boolean;
}

/** `settlement report`. */
export function addSettlementReport(noun: Command, open: OpenShell): void {
  noun
    .command("report")
    .description("Show what was settled with a reseller on some days, and its sum")
    .argument("<account>", "the reseller's id")
    .option("--from <day>", "first day (UTC; default the first of the month)")
    .option("--to <day>", "last day, up to a year of them (default today)")
    .option("--by <period>", "day or month", "day")
    .option("--csv", "as CSV, for a spreadsheet")
    .action(async (id: string, { csv, ...query }: Options, command: Command) => {
      const shell = open(command);
      const report = await shell.call({
        method: "GET",
        path: `/accounts/${encodeURIComponent(id)}/settlements/report`,
        query,
        answer: settlementReport,
      });
      if (shell.json) {
        shell.showThing({}, report);
        return;
      }
      if (csv) {
        shell.say(report.csv.trimEnd());
        return;
      }
      const { items, totals, currency, from, to, settledUntil } = report;
      shell.showThing({ from, to, currency, settledUntil });
      shell.showRows(
        [...items, { period: "total", ...totals }],
        [
          ["PERIOD", (row) => row.period],
          ["MESSAGES", (row) => row.messages],
          ["CUSTOMERS PAID", (row) => row.resale],
          ["OWED", (row) => row.wholesale],
          ["MARGIN", (row) => row.margin],
        ],
      );
    });
}
