import { balance } from "@recado/contract/admin-activity-api";
import type { Command } from "commander";
import type { OpenShell } from "../open-shell.ts";

/** `balance`. */
export function addBalance(program: Command, open: OpenShell): void {
  program
    .command("balance")
    .description("Show what an account's wallet holds")
    .argument("<account>", "its id")
    .action(async (id: string, _options: object, command: Command) => {
      const shell = open(command);
      const path = `/accounts/${encodeURIComponent(id)}/balance`;
      shell.showThing(await shell.call({ method: "GET", path, answer: balance }));
    });
}
