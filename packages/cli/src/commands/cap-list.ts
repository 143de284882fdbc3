import { capList } from "@recado/contract/admin-limits-api";
import type { Command } from "commander";
import type { OpenShell } from "../open-shell.ts";
import { showCaps } from "./show-caps.ts";

/** `cap list`. */
export function addCapList(noun: Command, open: OpenShell): void {
  noun
    .command("list")
    .description("List an account's caps and what of them is used today")
    .argument("<account>", "its id")
    .action(async (id: string, _options: object, command: Command) => {
      const shell = open(command);
      const { items } = await shell.call({
        method: "GET",
        path: `/accounts/${encodeURIComponent(id)}/caps`,
        answer: capList,
      });
      showCaps(shell, items);
    });
}
