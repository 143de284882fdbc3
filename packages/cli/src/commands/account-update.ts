import { account } from "@recado/contract/admin-api";
import type { Command } from "commander";
import type { OpenShell } from "../open-shell.ts";

interface Options {
  name?: string;
  priceBook?: string;
  timeZone?: string;
}

/** `account update`. */
export function addAccountUpdate(noun: Command, open: OpenShell): void {
  noun
    .command("update")
    .description("Change an account's name, price book or time zone")
    .argument("<account>", "its id")
    .option("--name <name>", "who it is")
    .option("--price-book <id>", "what it pays from now on")
    .option("--time-zone <zone>", "by whose clock its months begin and end")
    .action(async (id: string, options: Options, command: Command) => {
      const shell = open(command);
      const changed = await shell.call({
        method: "PATCH",
        path: `/accounts/${encodeURIComponent(id)}`,
        body: {
          name: options.name,
          priceBookId: options.priceBook,
          timeZone: options.timeZone,
        },
        answer: account,
      });
      shell.showThing(changed);
    });
}
