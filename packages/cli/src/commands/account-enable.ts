import { account } from "@recado/contract/admin-api";
import type { Command } from "commander";
import type { OpenShell } from "../open-shell.ts";

/** `account enable`. */
export function addAccountEnable(noun: Command, open: OpenShell): void {
  noun
    .command("enable")
    .description("Let a disabled account work again")
    .argument("<account>", "its id")
    .action(async (id: string, _options: object, command: Command) => {
      const shell = open(command);
      const changed = await shell.call({
        method: "PATCH",
        path: `/accounts/${encodeURIComponent(id)}`,
        body: { state: "active" },
        answer: account,
      });
      shell.showThing(changed);
    });
}
