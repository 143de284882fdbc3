import { balanceAlertList } from "@recado/contract/admin-limits-api";
import type { Command } from "commander";
import type { OpenShell } from "../open-shell.ts";
import { formatMoment } from "../table.ts";

/** `alert list`. */
export function addAlertList(noun: Command, open: OpenShell): void {
  noun
    .command("list")
    .description("List an account's balance alerts, the lowest first")
    .argument("<account>", "its id")
    .action(async (id: string, _options: object, command: Command) => {
      const shell = open(command);
      const { items } = await shell.call({
        method: "GET",
        path: `/accounts/${encodeURIComponent(id)}/balance-alerts`,
        answer: balanceAlertList,
      });
      shell.showRows(items, [
        ["ID", (row) => row.id],
        ["BELOW", (row) => row.threshold],
        ["REARM", (row) => row.rearmAt],
        ["STATE", (row) => row.state],
        ["FIRED", (row) => formatMoment(row.firedAt)],
        ["TO", (row) => [...(row.webhook ? ["webhook"] : []), ...row.emails].join(", ")],
      ]);
    });
}
