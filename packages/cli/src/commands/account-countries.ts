import { account } from "@recado/contract/admin-api";
import type { Command } from "commander";
import type { OpenShell } from "../open-shell.ts";

/** `account countries`. */
export function addAccountCountries(noun: Command, open: OpenShell): void {
  noun
    .command("countries")
    .description("Say to which countries an account may send; replaces the list")
    .argument("<account>", "its id")
    .argument("<codes...>", "ISO codes, such as CO MX")
    .action(async (...[id, countries, , command]: [string, string[], object, Command]) => {
      const shell = open(command);
      const changed = await shell.call({
        method: "PATCH",
        path: `/accounts/${encodeURIComponent(id)}`,
        body: { countries },
        answer: account,
      });
      shell.showThing(changed);
    });
}
