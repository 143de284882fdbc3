import { statement } from "@recado/contract/admin-operator-api";
import type { Command } from "commander";
import type { OpenShell } from "../open-shell.ts";

/** `statement show`. */
export function addStatementShow(noun: Command, open: OpenShell): void {
  noun
    .command("show")
    .description("Show a month of an account's money; a closed month is always the same")
    .argument("<account>", "its id")
    .argument("<month>", "on the account's clocks, such as 2026-11")
    .option("--csv", "as CSV, for a spreadsheet")
    .action(
      async (...[id, month, options, command]: [string, string, { csv?: boolean }, Command]) => {
        const shell = open(command);
        const path = `/accounts/${encodeURIComponent(id)}/statements/${encodeURIComponent(month)}`;
        const told = await shell.call({ method: "GET", path, answer: statement });
        const { document } = told;
        if (options.csv && !shell.json) {
          shell.say(told.csv.trimEnd());
          return;
        }
        if (shell.json) {
          shell.showThing({}, told);
          return;
        }
        const { opening_balance, closing_balance, currency, closed, lines, late_lines } = document;
        shell.showThing({ account: document.account_name, month, currency, closed });
        const late = late_lines.map((line) => ({ ...line, kind: `${line.kind} (late)` }));
        const balance = (kind: string, amount: string) => ({
          kind,
          category: null,
          count: null,
          amount,
        });
        shell.showRows(
          [
            balance("opening balance", opening_balance),
            ...[...lines, ...late],
            balance("closing balance", closing_balance),
          ],
          [
            ["WHAT", (row) => row.kind],
            ["CATEGORY", (row) => row.category],
            ["COUNT", (row) => row.count],
            ["AMOUNT", (row) => row.amount],
          ],
        );
        shell.say(closed ? `Digest: ${told.digest}` : "The month is not closed: this will change.");
      },
    );
}
