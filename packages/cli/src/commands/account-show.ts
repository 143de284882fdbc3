import { balance } from "@recado/contract/admin-activity-api";
import { account } from "@recado/contract/admin-api";
import type { Command } from "commander";
import type { OpenShell } from "../open-shell.ts";

/** `account show`. */
export function addAccountShow(noun: Command, open: OpenShell): void {
  noun
    .command("show")
    .description("Show an account and its balance")
    .argument("<account>", "its id")
    .action(async (id: string, _options: object, command: Command) => {
      const shell = open(command);
      const path = `/accounts/${encodeURIComponent(id)}`;
      const found = await shell.call({ method: "GET", path, answer: account });
      const money = await shell.call({ method: "GET", path: `${path}/balance`, answer: balance });
      shell.showThing({ ...found, balance: money.balance });
    });
}
