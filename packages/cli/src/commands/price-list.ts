import { pricesOfBook } from "@recado/contract/admin-api";
import type { Command } from "commander";
import type { OpenShell } from "../open-shell.ts";
import { formatMoment } from "../table.ts";

/** `price list`. */
export function addPriceList(noun: Command, open: OpenShell): void {
  noun
    .command("list")
    .description("List the prices of a book, past and coming ones too")
    .argument("<price-book>", "its id")
    .action(async (bookId: string, _options: object, command: Command) => {
      const shell = open(command);
      const { prices } = await shell.call({
        method: "GET",
        path: `/price-books/${encodeURIComponent(bookId)}`,
        answer: pricesOfBook,
      });
      shell.showRows(prices, [
        ["COUNTRY", (row) => row.country],
        ["CATEGORY", (row) => row.category],
        ["AMOUNT", (row) => row.amount],
        ["COST", (row) => row.cost],
        ["FROM", (row) => formatMoment(row.validFrom)],
        ["TO", (row) => formatMoment(row.validTo)],
      ]);
    });
}
