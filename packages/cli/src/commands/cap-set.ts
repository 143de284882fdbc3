import { capList } from "@recado/contract/admin-limits-api";
import type { Command } from "commander";
import { type OpenShell, parseNumber } from "../open-shell.ts";
import { showCaps } from "./show-caps.ts";

interface Options {
  project?: string;
  messages?: number;
  amount?: string;
  timeZone?: string;
}

/** `cap set`. */
export function addCapSet(noun: Command, open: OpenShell): void {
  noun
    .command("set")
    .description("Set what an account, or one of its projects, may send in a day; no limit: none")
    .argument("<account>", "its id")
    .option("--project <id>", "of this project alone")
    .option("--messages <count>", "messages a day", parseNumber)
    .option("--amount <amount>", "money a day, such as 125000.50")
    .option("--time-zone <zone>", "whose midnight begins the day (default the project's)")
    .action(async (id: string, options: Options, command: Command) => {
      const shell = open(command);
      const { project, messages, amount, timeZone } = options;
      const { items } = await shell.call({
        method: "POST",
        path: `/accounts/${encodeURIComponent(id)}/caps`,
        body: { projectId: project, messagesMax: messages, amountMax: amount, timeZone },
        answer: capList,
      });
      showCaps(shell, items);
    });
}
