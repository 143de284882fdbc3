import { price } from "@recado/contract/admin-api";
import type { Command } from "commander";
import { type OpenShell, parseMoment } from "../open-shell.ts";

interface Options {
  country: string;
  category: string;
  amount: string;
  cost?: string;
  from?: string;
}

/** `price set`. */
export function addPriceSet(noun: Command, open: OpenShell): void {
  noun
    .command("set")
    .description("Set what a category costs in a country from a moment on")
    .argument("<price-book>", "its id")
    .requiredOption("--country <code>", 'ISO code, or "*" for every other country')
    .requiredOption("--category <category>", "marketing, utility, authentication or service")
    .requiredOption("--amount <amount>", "what the account pays, such as 125.50")
    .option("--cost <amount>", "what you pay yourself (default 0)")
    .option("--from <moment>", "since when (default now)", parseMoment)
    .action(async (bookId: string, options: Options, command: Command) => {
      const shell = open(command);
      const { country, category, amount, cost, from } = options;
      const stored = await shell.call({
        method: "POST",
        path: `/price-books/${encodeURIComponent(bookId)}/prices`,
        body: { country, category, amount, cost, validFrom: from },
        answer: price,
      });
      shell.showThing(stored);
    });
}
