import { account } from "@recado/contract/admin-api";
import type { Command } from "commander";
import type { OpenShell } from "../open-shell.ts";

/** `account disable`. */
export function addAccountDisable(noun: Command, open: OpenShell): void {
  noun
    .command("disable")
    .description("Stop all tokens of an account; messages that were accepted still go out")
    .argument("<account>", "its id")
    .action(async (id: string, _options: object, command: Command) => {
      const shell = open(command);
      const changed = await shell.call({
        method: "PATCH",
        path: `/accounts/${encodeURIComponent(id)}`,
        body: { state: "disabled" },
        answer: account,
      });
      shell.showThing(changed);
    });
}
