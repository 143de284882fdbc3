import { account } from "@recado/contract/admin-api";
import type { Command } from "commander";
import type { OpenShell } from "../open-shell.ts";

interface Options {
  currency?: string;
  countries?: string[];
  priceBook?: string;
  parent?: string;
  timeZone?: string;
}

/** `account create`. */
export function addAccountCreate(noun: Command, open: OpenShell): void {
  noun
    .command("create")
    .description("Create an account with an empty wallet")
    .argument("<name>", "who it is")
    .option("--currency <code>", "ISO code; cannot be changed later (default COP)")
    .option("--countries <codes...>", "ISO codes it may send to (default CO)")
    .option("--price-book <id>", "what it pays; without one it cannot send")
    .option("--parent <account>", "the reseller that owns it")
    .option("--time-zone <zone>", "by whose clock its months begin (default America/Bogota)")
    .action(async (name: string, options: Options, command: Command) => {
      const shell = open(command);
      const made = await shell.call({
        method: "POST",
        path: "/accounts",
        body: {
          name,
          currency: options.currency,
          countries: options.countries,
          priceBookId: options.priceBook,
          parentId: options.parent,
          timeZone: options.timeZone,
        },
        answer: account,
      });
      shell.showThing(made);
    });
}
