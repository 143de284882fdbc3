import { walletReport } from "@recado/contract/admin-activity-api";
import type { Command } from "commander";
import type { OpenShell } from "../open-shell.ts";
import type { Shell } from "../shell.ts";

/** `wallet verify`. */
export function addWalletVerify(noun: Command, open: OpenShell): void {
  noun
    .command("verify")
    .description(
      "Prove the books: balances are the sum of their entries, each message's money fits",
    )
    .action(async (_options: object, command: Command) => {
      const shell = open(command);
      const report = await shell.call({
        method: "GET",
        path: "/wallet/verify",
        answer: walletReport,
      });
      if (!report.ok) process.exitCode = 1;
      if (shell.json || report.ok) {
        shell.showThing({ books: "every cent is in its place" }, report);
        return;
      }
      shell.say("The books are not right.");
      const show: Shell["showRows"] = (rows, columns) => {
        if (rows.length === 0) return;
        shell.say("");
        shell.showRows(rows, columns);
      };
      show(report.wallets, [
        ["ACCOUNT", (row) => row.accountId],
        ["BALANCE", (row) => row.balance],
        ["SUM OF ENTRIES", (row) => row.sum],
      ]);
      show(report.messages, [
        ["ACCOUNT", (row) => row.accountId],
        ["MESSAGE", (row) => row.messageId],
        ["WHY", (row) => row.why],
      ]);
      show(report.resale, [
        ["ACCOUNT", (row) => row.accountId],
        ["WHAT", (row) => row.what],
        ["WHY", (row) => row.why],
      ]);
      show(report.statements, [
        ["ACCOUNT", (row) => row.accountId],
        ["STATEMENT", (row) => row.month],
        ["WHY", (row) => row.why],
      ]);
    });
}
