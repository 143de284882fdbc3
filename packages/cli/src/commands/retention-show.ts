import { retention } from "@recado/contract/admin-operator-api";
import type { Command } from "commander";
import type { OpenShell } from "../open-shell.ts";

/** `retention show`. */
export function addRetentionShow(noun: Command, open: OpenShell): void {
  noun
    .command("show")
    .description("Show for how many days an account's things are kept; a dash is for ever")
    .argument("<account>", "its id")
    .action(async (id: string, _options: object, command: Command) => {
      const shell = open(command);
      const path = `/accounts/${encodeURIComponent(id)}/retention`;
      shell.showThing(await shell.call({ method: "GET", path, answer: retention }));
    });
}
