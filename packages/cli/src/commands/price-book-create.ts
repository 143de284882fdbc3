import { priceBook } from "@recado/contract/admin-api";
import type { Command } from "commander";
import type { OpenShell } from "../open-shell.ts";

/** `price-book create`. */
export function addPriceBookCreate(noun: Command, open: OpenShell): void {
  noun
    .command("create")
    .description("Create an empty price book")
    .argument("<name>", "what people call it")
    .option("--currency <code>", "ISO code (default COP)")
    .option("--owner <account>", "make it this account's own")
    .action(
      async (name: string, options: { currency?: string; owner?: string }, command: Command) => {
        const shell = open(command);
        const made = await shell.call({
          method: "POST",
          path: "/price-books",
          body: { name, currency: options.currency, ownerAccountId: options.owner },
          answer: priceBook,
        });
        shell.showThing(made);
      },
    );
}
